import type { NewsKind } from '@penstock/enrichment/provider-port';

import type { NewsAttributes } from './reply.ts';

export type Claim = { kind: NewsKind; told: string; facts: Record<string, string | number | null> };
type Read = (news: NewsAttributes, isFirst: boolean) => Claim | null;

/** Categories of news that say something to act on; `isFirst` where the company asked about is the one that acts. */
const READERS: Readonly<Record<string, Read>> = {
  receives_financing: (news, isFirst) => (isFirst ? funding(news) : null),
  acquires: (_news, isFirst) =>
    isFirst
      ? { kind: 'acquisition', told: 'acquires another company', facts: { direction: 'acquired' } }
      : { kind: 'acquisition', told: 'is acquired', facts: { direction: 'was_acquired' } },
  decreases_headcount_by: (news, isFirst) =>
    isFirst
      ? { kind: 'budget_cut', told: `cuts ${jobs(news)}`, facts: { people: news.headcount ?? null } }
      : null,
  closes_offices_in: (news, isFirst) =>
    isFirst
      ? { kind: 'budget_cut', told: `closes an office${inPlace(news)}`, facts: { place: place(news) } }
      : null,
  increases_headcount_by: (news, isFirst) =>
    isFirst
      ? { kind: 'hiring_growth', told: `adds ${jobs(news)}`, facts: { people: news.headcount ?? null } }
      : null,
  expands_offices_in: expansion,
  expands_offices_to: expansion,
  opens_new_location: expansion,
  expands_facilities: expansion,
  hires: (news, isFirst) => (isFirst ? executive('executive_hire', news) : null),
  promotes: (news, isFirst) => (isFirst ? executive('executive_hire', news) : null),
  leaves: (news, isFirst) => (isFirst ? executive('leadership_change', news) : null),
  retires_from: (news, isFirst) => (isFirst ? executive('leadership_change', news) : null),
};

export const CATEGORIES: readonly string[] = Object.keys(READERS);

/** What an event says of the company that was asked about; null where it says nothing to act on. */
export function claimOf(news: NewsAttributes, isFirst: boolean): Claim | null {
  const read = Object.hasOwn(READERS, news.category) ? READERS[news.category] : undefined;
  // What is planned has not happened.
  return read === undefined || news.planning === true ? null : read(news, isFirst);
}

function funding({ amount_normalized, financing_type_normalized }: NewsAttributes): Claim {
  const round = financing_type_normalized?.replaceAll('_', ' ') ?? null;
  const size = amount_normalized ? ` $${amount_normalized.toLocaleString('en-US')}` : ' money';
  return {
    kind: 'funding',
    told: `raises${size}${round === null ? '' : ` (${round})`}`,
    facts: { amountUsd: amount_normalized ?? null, round },
  };
}

function expansion(news: NewsAttributes, isFirst: boolean): Claim | null {
  if (!isFirst) return null;
  const country = news.location_data.find((one) => one.country)?.country ?? null;
  return {
    kind: 'expansion',
    told: `expands${inPlace(news)}`,
    facts: { place: place(news), ...(country !== null && { countryName: country }) },
  };
}

/** Offices of the first rank alone; names stay in what is quoted. */
const EXECUTIVE =
  /\bchief\b|\bc[efotmirp]o\b|\bchro\b|\bciso\b|\bpresident\b|\bvp\b|\bhead of\b|\bgeneral counsel\b/i;

function executive(
  kind: 'executive_hire' | 'leadership_change',
  { job_title }: NewsAttributes,
): Claim | null {
  const role = job_title?.trim() ?? '';
  if (!EXECUTIVE.test(role)) return null;
  const told = kind === 'executive_hire' ? `appoints a new ${role}` : `loses its ${role}`;
  return { kind, told, facts: { role } };
}

const jobs = ({ headcount }: NewsAttributes): string =>
  headcount ? `${headcount.toLocaleString('en-US')} jobs` : 'jobs';
const place = ({ location }: NewsAttributes): string | null => location?.trim() || null;
const inPlace = (news: NewsAttributes): string => (place(news) === null ? '' : ` in ${place(news)}`);
