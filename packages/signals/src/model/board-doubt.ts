import { companyNameKey } from '@penstock/accounts/model/company-name';

export type BoardSight = {
  /** The account whose board it is taken for. */
  accountName: string;
  /** What the board called the company before and calls it now; null where it does not say. */
  knownAs: string | null;
  shownAs: string | null;
  /** Openings that were up, that are shown, and that are both. */
  up: number;
  shown: number;
  shared: number;
  /** Looks in a row that were not believed. */
  strange: number;
};

export type BoardBelief = { as: 'known' | 'begun again' } | { as: 'strange'; because: string };

/** Looks in a row that have to show the same stranger before it is taken for the board. */
const BELIEVED_AFTER = 3;
/** Fewer openings may really be replaced from one look to the next. */
const ENOUGH_UP = 3;

/**
 * Whether a look shows the board that was known. A board's name may have been given to somebody else, and a proxy may answer with another
 * page's board; but the first look may have been the wrong one, and boards do change names.
 */
export function believeBoard(sight: BoardSight): BoardBelief {
  const because = strangeness(sight);
  if (because === null) return { as: 'known' };
  if (sight.strange >= BELIEVED_AFTER && !isNamed(sight.accountName, sight.knownAs))
    return { as: 'begun again' };
  const isOwn = isNamed(sight.accountName, sight.shownAs) && !isNamed(sight.accountName, sight.knownAs);
  return isOwn ? { as: 'begun again' } : { as: 'strange', because };
}

const isNamed = (accountName: string, company: string | null): boolean =>
  company !== null && companyNameKey(company) === companyNameKey(accountName);

function strangeness({ knownAs, shownAs, up, shown, shared }: BoardSight): string | null {
  if (knownAs !== null && shownAs !== null && companyNameKey(knownAs) !== companyNameKey(shownAs))
    return `shows ${shownAs}, not ${knownAs}`;
  return up >= ENOUGH_UP && shown > 0 && shared === 0
    ? `shows none of the ${up} openings that were up`
    : null;
}
