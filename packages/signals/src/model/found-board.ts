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
  /** The link stands on a page of openings, not only somewhere on the start page. */
  isOnCareersPage: boolean;
};

export type BoardVerdict = { take: boolean; because: string };

/**
 * Whether a board that a company's own site leads to is that company's. One that names another company, or a stranger's name among
 * several, is for a person to decide: investors and job portals link boards of others.
 */
export function judgeFoundBoard(found: FoundBoard): BoardVerdict {
  const { accountName, company } = found;
  if (company !== null) {
    return scoreNames(accountName, company).score >= MATCH_SCORE
      ? { take: true, because: `it names ${company}` }
      : { take: false, because: `it names ${company}, not ${accountName}` };
  }
  if (isCalledLike(found)) return { take: true, because: 'its site links it under its own name' };
  if (found.linked > 1)
    return {
      take: false,
      because: `one of ${found.linked} boards that its site links, and called ${found.board}`,
    };
  return found.isOnCareersPage
    ? { take: true, because: 'the only board on its page of openings' }
    : { take: false, because: `only its start page links it, and it is called ${found.board}` };
}

/** Letters that are enough to tell a company. */
const TELLING = 4;

/** `acme`, `acme-inc` and `acmecareers` are called like Acme, Inc. of acme.com. */
function isCalledLike({ accountName, domain, board }: FoundBoard): boolean {
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
