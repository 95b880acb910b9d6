import { soughtName } from '@penstock/accounts/item-names';
import { companyNameKey } from '@penstock/accounts/model/company-name';
import type { Common } from '@penstock/store/shared-reads';
import { one, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';

import type { QueueDefinition } from './model/queue-definition.ts';
import {
  accountsNamed,
  rankDefinedQueue,
  rankDefinedQueueOtherwise,
  rankQueue,
  type RankedRow,
} from './queue-statements.ts';

/** Which items of the queue somebody looks at. */
export type QueueView = {
  filter: 'mine' | 'for_me' | 'team' | 'all' | 'inbound' | 'unclaimed' | 'test';
  queue?: string | undefined;
  search?: string | undefined;
  cursor?: string | null | undefined;
  limit: number;
};
/** How it is read. */
type Reading = QueueView & {
  /** Whether open deals, teams, countries and lists are looked up. */
  further: boolean;
  /** Null: everything, by priority. */
  defined: QueueDefinition | null;
  /** Kinds that make up risk. */
  riskKinds: readonly string[];
  /** Whether stored bounds hold for the moment that is asked of. */
  bounded: boolean;
  /** Only these accounts; null: all. */
  among: readonly string[] | null;
};

/** Of a score at least, in the hour for which bounds hold: no half-life is shorter than half a day. */
const KEPT_IN_AN_HOUR = 0.9;
/** Sorts behind every key that begins with the searched text. */
const END_OF_RANGE = '\uFFFF';
/** Accounts of one name up to which they are looked up first. */
const RARE = 500;

/** Filters whose rows tell by themselves who sees them, beside those of a team. */
const TELL_THEMSELVES = ['all', 'for_me', 'unclaimed', 'inbound'];

/**
 * First pages that members read together, whatever each sees of them: of everything, and of a team by its members. What is one's own is
 * too small a part of the whole.
 */
export function sharedBy(view: QueueView, actor: Actor): string | null {
  const { filter, queue, search, cursor, limit } = view;
  if (cursor || !(filter === 'team' || TELL_THEMSELVES.includes(filter))) return null;
  const team = filter === 'team' && (actor.teamId ?? actor.id);
  return JSON.stringify([team, filter === 'inbound', queue, search, limit]);
}

/** What the statement asks of a row, for those that were read for everybody. */
function isSeenBy(actor: Actor, filter: QueueView['filter'], { ownerId, claimedBy }: RankedRow): boolean {
  const owners = actor.visibleOwnerIds;
  if (owners !== null && ownerId !== null && !owners.includes(ownerId)) return false;
  if (filter === 'unclaimed') return claimedBy === null;
  if (filter !== 'for_me' || claimedBy === actor.id) return true;
  return claimedBy === null && (ownerId === null || ownerId === actor.id);
}

/**
 * Reads batches of what ranks the items of a view, down the bound; one without rows is the last. The first is read once for all who share the
 * snapshot, unless some accounts alone are wanted; whoever needs more goes on alone, behind the rows of theirs among it.
 */
export function rowsDownTheBound(
  tx: Tx,
  common: Common,
  actor: Actor,
  view: Reading,
): (offset: number) => Promise<RankedRow[]> {
  // A few more than are wanted: the order at this moment differs from that of the stored bounds. Fewer where each costs a look at its names.
  const few = Math.ceil(view.limit * (view.search ? 1.2 : 1.5)) + 10;
  // By signal score every look sorts all that the filter leaves, and bounds are looser than the sum that priority is.
  const batch = view.defined?.order === 'signal' ? Math.max(few, LOOSE_BATCH) : few;
  const { further, among, defined } = view;
  const [firstBand, lastBand] = bandsOf(view);
  const searched = common.once('search', () => searchFor(tx, view.search ?? ''));
  const read = async (
    whose: Pick<Actor, 'id' | 'visibleOwnerIds'>,
    mode: string,
    offset: number,
    size: number,
  ) => {
    const { key, only } = await searched;
    const asked = [
      lastBand,
      whose.visibleOwnerIds,
      mode,
      whose.id,
      soughtName(key),
      view.filter === 'test',
      offset,
      size,
      among === null ? only : among.filter((id) => only?.includes(id) ?? true),
      firstBand,
      further,
    ] as const;
    if (defined === null) return tx.rows(rankQueue, ...asked);
    const narrowed = [...asked, ...askedOfRows(defined, view)] as const;
    return defined.order === 'priority'
      ? tx.rows(rankDefinedQueue, ...narrowed)
      : tx.rows(rankDefinedQueueOtherwise, ...narrowed, defined.order);
  };
  const own = view.filter === 'inbound' || view.filter === 'test' ? 'all' : view.filter;
  let ended = false;
  return async (offset) => {
    if (ended) return [];
    if (offset === 0 && common.isShared && among === null) {
      const everybody = view.filter === 'team' ? 'team' : 'all';
      const all = await common.once('rows', () =>
        read({ id: actor.id, visibleOwnerIds: null }, everybody, 0, batch),
      );
      ended = all.length < batch;
      const seen = all.filter((row) => isSeenBy(actor, view.filter, row));
      if (seen.length > 0 || ended) return seen;
    }
    // Twice as many each time: a queue with a narrow filter may have to look far down.
    const size = Math.max(batch, offset);
    const rows = await read(actor, own, offset, size);
    ended = rows.length < size;
    return rows;
  };
}

const LOOSE_BATCH = 2_000;
const INBOUND_BAND = 0;
const RANKED_BAND = 1;

function bandsOf({ filter, defined }: Reading): readonly [first: number, last: number] {
  const first = defined?.filter.band === 'ranked' ? RANKED_BAND : INBOUND_BAND;
  return [first, filter === 'inbound' || defined?.filter.band === 'inbound' ? INBOUND_BAND : RANKED_BAND];
}

/** What an item of a queue must have, as far as its row alone can tell; whether it belongs is judged of the rows that are left. */
function askedOfRows(
  { filter }: QueueDefinition,
  { riskKinds, bounded }: Pick<Reading, 'riskKinds' | 'bounded'>,
) {
  const deals = filter.deals === 'reactivating' ? 'with_open' : filter.deals;
  const least = filter.minSignal && bounded ? filter.minSignal * KEPT_IN_AN_HOUR : null;
  if (filter.kinds.length > 0) return [deals, filter.kinds, least] as const;
  return [deals, filter.minRisk ? riskKinds : null, least] as const;
}

/** A rare name becomes its accounts; a frequent one is looked for in the items while the queue is read, where it is soon met. */
async function searchFor(tx: Tx, search: string): Promise<{ key: string; only: string[] | null }> {
  const key = companyNameKey(search);
  if (key === '') return { key, only: null };
  const { ids } = await one(tx, accountsNamed, key, `${key}${END_OF_RANGE}`, RARE);
  return ids === null ? { key, only: null } : { key: '', only: ids };
}
