import { companyNameKey } from '@penstock/accounts/model/company-name';
import { MATCH_SCORE, scoreNames } from '@penstock/accounts/model/match-name';

export type FoundBoard = {
  /** The account whose site it is. */
  accountName: string;
  domain: string;
  /** The company's name in the board's addresses. */
  board: string;
  /** What the board calls the company; null where it does not say. */
  company: string | null;
  /** How many boards its site links or embeds. */
  linked: number;
};

export type BoardVerdict = { take: boolean; because: string };

/**
 * Whether a board that a company's own site leads to is that company's. One that names another company, or that names nobody and is called
 * otherwise, is for a person to decide: partners, investors and job portals link boards of others.
 */
export function judgeFoundBoard(found: FoundBoard): BoardVerdict {
  const { accountName, company } = found;
  if (company !== null) {
    return scoreNames(accountName, company).score >= MATCH_SCORE
      ? { take: true, because: `it names ${company}` }
      : { take: false, because: `it names ${company}, not ${accountName}` };
  }
  if (isCalledLike(found)) return { take: true, because: 'its site links it under its own name' };
  const among = found.linked > 1 ? `one of ${found.linked} boards that its site links` : 'its site links it';
  return { take: false, because: `${among}, but it is called ${found.board} and names nobody` };
}

/** Letters that are enough to tell a company. */
const TELLING = 4;

/** `acme`, `acme-inc` and `acmecareers` are called like Acme, Inc. of acme.com. */
function isCalledLike({ accountName, domain, board }: FoundBoard): boolean {
  if (scoreNames(accountName, board.replaceAll(/[-_.]/g, ' ')).score >= MATCH_SCORE) return true;
  const letters = lettersOf(companyNameKey(board.replaceAll(/[-_.]/g, ' ')));
  const own = [lettersOf(companyNameKey(accountName)), lettersOf(domain.split('.')[0] ?? '')];
  return own.some(
    (name) =>
      name !== '' &&
      (letters === name ||
        (name.length >= TELLING && letters.replace(/(careers?|jobs|hq|inc|global)$/, '') === name)),
  );
}

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
