/** Queues as RevOps defines them: which items, how many a day reaches, and how soon each is to be touched. */

import type { Mass } from './intent.ts';

export type QueueFilter = {
  band: 'any' | 'inbound' | 'ranked';
  /** `reactivating`: one stands still for longer than is usual, and its account shows new intent since. */
  deals: 'any' | 'without_open' | 'with_open' | 'reactivating';
  /** Least signal score and least risk, 0–100; null asks for none. */
  minSignal: number | null;
  minRisk: number | null;
  /** At least one signal of these kinds (of any, if empty) within so many days; null: whenever. */
  kinds: string[];
  newWithinDays: number | null;
  /** Owned by one of these people or by somebody of these teams; both empty: by anybody, or nobody. */
  owners: string[];
  teams: string[];
  /** Territory: accounts in these countries; empty: everywhere. */
  countries: string[];
  /** Members of one of these lists of accounts; empty: of any, or of none. */
  lists: string[];
};

/** What stands first, behind requests that wait for a person: the highest priority, the highest signal score, or who entered first. */
export const QUEUE_ORDERS = ['priority', 'signal', 'waiting'] as const;
export type QueueOrder = (typeof QUEUE_ORDERS)[number];

export type QueueDefinition = {
  key: string;
  name: string;
  about: string;
  filter: QueueFilter;
  order: QueueOrder;
  /** Items that a person works in a day. */
  capacity: number;
  /** Minutes from entering to the first touch. */
  serviceLevelMinutes: number;
};

/** A filter that asks for nothing. */
export const ANY_ITEM: QueueFilter = {
  band: 'any',
  deals: 'any',
  minSignal: null,
  minRisk: null,
  kinds: [],
  newWithinDays: null,
  owners: [],
  teams: [],
  countries: [],
  lists: [],
};
const DAY_MINUTES = 24 * 60;
const DAY_MS = 86_400_000;

export const DEFAULT_QUEUES: readonly QueueDefinition[] = [
  {
    key: 'inbound-now',
    name: 'Inbound now',
    about: 'Somebody asked and waits for a person.',
    filter: { ...ANY_ITEM, band: 'inbound' },
    order: 'waiting',
    capacity: 20,
    serviceLevelMinutes: 5,
  },
  {
    key: 'hot-without-deal',
    name: 'Hot accounts without an open deal',
    about: 'Strong signals, and nobody is selling there yet.',
    filter: { ...ANY_ITEM, band: 'ranked', deals: 'without_open', minSignal: 30 },
    order: 'priority',
    capacity: 20,
    serviceLevelMinutes: DAY_MINUTES,
  },
  {
    key: 'stalled-with-intent',
    name: 'Stalled deals with new intent',
    about:
      'A deal has not moved for longer than is usual in its stage, and its account shows new intent since.',
    filter: { ...ANY_ITEM, deals: 'reactivating' },
    order: 'priority',
    capacity: 10,
    serviceLevelMinutes: DAY_MINUTES,
  },
  {
    key: 'champions-moved',
    name: 'Champions who moved',
    about: 'People who know us changed places within the last quarter.',
    filter: {
      ...ANY_ITEM,
      kinds: ['champion_departure', 'leadership_change', 'executive_hire'],
      newWithinDays: 90,
    },
    order: 'priority',
    capacity: 10,
    serviceLevelMinutes: 2 * DAY_MINUTES,
  },
  {
    key: 'deals-at-risk',
    name: 'Open deals at risk',
    about: 'A deal is open, and risk signals speak against it.',
    filter: { ...ANY_ITEM, deals: 'with_open', minRisk: 20 },
    order: 'priority',
    capacity: 10,
    serviceLevelMinutes: DAY_MINUTES,
  },
];

export type Sorted = {
  band: number;
  hasOpenDeal: boolean;
  /** Whether one of those is stalled and its account shows new intent; false where no queue asks for it. */
  reactivates: boolean;
  signal: number;
  risk: number;
  masses: readonly Mass[];
  ownerId: string | null;
  teamId: string | null;
  country: string | null;
  /** Lists that the account is a member of. */
  lists: readonly string[];
};

/** Whether a filter asks for what is looked up beside the order: deals, teams, territories, lists. */
export const looksFurther = (filter: QueueFilter): boolean => filter.deals !== 'any' || asksWhere(filter);

/** Whether a filter asks for teams, territories or lists. */
export const asksWhere = (filter: QueueFilter): boolean =>
  filter.teams.length > 0 || filter.countries.length > 0 || filter.lists.length > 0;

/** Whether an item belongs into a queue at a moment. */
export function belongs(filter: QueueFilter, item: Sorted, at: Date): boolean {
  return (
    (filter.band === 'any' || (filter.band === 'inbound') === (item.band === 0)) &&
    fitsDeals(filter, item) &&
    (filter.minSignal === null || item.signal >= filter.minSignal) &&
    (filter.minRisk === null || item.risk >= filter.minRisk) &&
    (!asksForNews(filter) || newsOf(filter, item.masses, at) !== null) &&
    isTheirs(filter, item) &&
    (filter.countries.length === 0 || (item.country !== null && filter.countries.includes(item.country))) &&
    (filter.lists.length === 0 || item.lists.some((list) => filter.lists.includes(list)))
  );
}

function fitsDeals(
  { deals }: Pick<QueueFilter, 'deals'>,
  { hasOpenDeal, reactivates }: Pick<Sorted, 'hasOpenDeal' | 'reactivates'>,
): boolean {
  if (deals === 'reactivating') return reactivates;
  return deals === 'any' || (deals === 'with_open') === hasOpenDeal;
}

export const asksForNews = ({
  kinds,
  newWithinDays,
}: Pick<QueueFilter, 'kinds' | 'newWithinDays'>): boolean => kinds.length > 0 || newWithinDays !== null;

/** The newest of what happened that a filter asks for; null for none. */
export function newsOf(
  { kinds, newWithinDays }: Pick<QueueFilter, 'kinds' | 'newWithinDays'>,
  masses: readonly Mass[],
  at: Date,
): Mass | null {
  const since = newWithinDays === null ? null : at.getTime() - newWithinDays * DAY_MS;
  const news = masses.filter(
    (mass) =>
      mass.value > 0 &&
      (kinds.length === 0 || kinds.includes(mass.kind)) &&
      (since === null || mass.at.getTime() >= since),
  );
  return news.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null;
}

export function isTheirs(
  { owners, teams }: Pick<QueueFilter, 'owners' | 'teams'>,
  { ownerId, teamId }: Pick<Sorted, 'ownerId' | 'teamId'>,
): boolean {
  if (owners.length === 0 && teams.length === 0) return true;
  return (ownerId !== null && owners.includes(ownerId)) || (teamId !== null && teams.includes(teamId));
}

/** Items that a rep works in a day, where no queue says otherwise. */
const DAY_ITEMS = 20;

/** Items that a person works in a day: queues overlap, so it is the most that one of those open to the person asks. */
export function dayCapacity(
  queues: readonly QueueDefinition[],
  { id, teamId }: { id: string; teamId: string | null },
): number {
  const theirs = queues.filter(({ filter }) => isTheirs(filter, { ownerId: id, teamId }));
  return theirs.length === 0 ? DAY_ITEMS : Math.max(...theirs.map(({ capacity }) => capacity));
}
