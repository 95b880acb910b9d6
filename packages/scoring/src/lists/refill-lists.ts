import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';
import { maybeOne } from '@penstock/store/tx';

import { LOWEST_ID } from '../icp-build.ts';
import { activeList, changeMembers } from './change-members.ts';
import { readAgainst } from './judge-accounts.ts';
import * as sql from './list-statements.ts';

type Deps = { store: Store; clock: Clock };

/** Events that tell of an account: its signals, facts and dealings; and of files that bring many at once. */
const OF_ACCOUNTS = ['score.changed', 'account.changed'];
const OF_FILES = 'import.changed';
const EVENTS = 1_000;
const BATCH = 1_000;
const MOST_AT_ONCE = 50;
/** So long one list is looked through before another is. */
const TURN_MS = 2_000;
/** Time alone moves accounts too: signals fade, and what happened lies too far back. */
const EVERY_MS = 10 * 60_000;
/** A look through everything takes at most this part of the time. */
const REST = 20;
/** Rows of a file come in many batches. */
const AFTER_FILE_MS = 2_000;

/** Refills lists everywhere: accounts of which something was told, then those lists that are due as a whole; several workers may. */
export async function refillLists({ store, clock }: Deps): Promise<number | void> {
  const upTo = await store.dueWork.lastPosition();
  let more = false;
  for (const { workspaceId } of await store.dueWork.dueListRounds(upTo, MOST_AT_ONCE))
    more = (await refillByEvents({ store, clock }, workspaceId, upTo)) || more;
  for (const { workspaceId, listId } of await store.dueWork.dueLists(clock.now(), MOST_AT_ONCE))
    more = (await sweepList({ store, clock }, workspaceId, listId)) || more;
  return more ? 0 : undefined;
}

/**
 * One round for a workspace: accounts of the events after those that were looked at, in the transaction that says they were.
 * @returns true if there are more
 */
export function refillByEvents({ store, clock }: Deps, workspaceId: string, upTo: number): Promise<boolean> {
  return store.inWorkspace(workspaceId, async (tx) => {
    const now = clock.now();
    const cursor = await maybeOne(tx, sql.takeListCursor);
    if (!cursor) return false;
    const events = await tx.rows(
      sql.eventsForLists,
      cursor.position,
      upTo,
      [...OF_ACCOUNTS, OF_FILES],
      EVENTS,
    );
    const more = events.length === EVENTS;
    await tx.rows(sql.moveListCursor, more ? (events.at(-1)?.position ?? upTo) : upTo);
    if (events.length === 0) return false;
    const lists = (await tx.rows(sql.lockActiveLists)).map(activeList);
    if (lists.length === 0) return more;
    if (events.some(({ kind }) => kind === OF_FILES))
      await tx.rows(sql.hastenLists, new Date(now.getTime() + AFTER_FILE_MS), []);
    const ids = [...new Set(events.flatMap(({ accountId }) => accountId ?? []))];
    if (ids.length > 0) await changeMembers(tx, await readAgainst(tx), lists, ids, now);
    return more;
  });
}

/** Looks through all accounts for one list, a batch in each transaction; whoever dies, another goes on from there. */
export async function sweepList(
  { store, clock }: Deps,
  workspaceId: string,
  listId: string,
): Promise<boolean> {
  const until = performance.now() + TURN_MS;
  while (await sweepBatch({ store, clock }, workspaceId, listId)) if (performance.now() > until) return true;
  return false;
}

/** @returns true if there is more to do at once */
function sweepBatch({ store, clock }: Deps, workspaceId: string, listId: string): Promise<boolean> {
  return store.inWorkspace(workspaceId, async (tx) => {
    const now = clock.now();
    const row = await maybeOne(tx, sql.lockDueList, listId, now);
    if (!row) return false;
    const list = activeList(row);
    const after = row.sweepAfter ?? LOWEST_ID;
    const ids = (await tx.rows(sql.listCandidates, listId, after, BATCH, ...sql.narrowed(list.filter))).map(
      ({ id }) => id,
    );
    await changeMembers(tx, await readAgainst(tx), [list], ids, now);
    if (ids.length === BATCH) {
      await tx.rows(sql.noteSweep, listId, ids.at(-1) ?? after, now);
      return true;
    }
    const tookMs = now.getTime() - (row.sweepBeganAt ?? now).getTime();
    await tx.rows(sql.endSweep, listId, now, new Date(now.getTime() + Math.max(EVERY_MS, tookMs * REST)));
    return false;
  });
}
