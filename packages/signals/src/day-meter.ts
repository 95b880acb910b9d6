import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import * as sql from './day-statements.ts';
import { dayOf, roomOfDay, type DayLimit, type DayUse } from './model/source-day.ts';
import { SourceError } from './source-port.ts';

export type DayMeter = {
  /**
   * Counts a request that is about to leave; one after the other.
   * @param costMicros what it costs, known before; 0 where asking is free
   * @throws SourceError `day_limit` where the workspace's limit of the day leaves no room for it
   */
  ask(costMicros?: number): Promise<void>;
  /** Writes what was asked, and gives back what was taken in advance and not used. Once, at the end of the look. */
  settle(): Promise<void>;
};

/** Taken at once where the source has a limit: looks of several workers together never ask more than it. */
const TAKEN_AT_ONCE = 20;
/** Written at once where it has none: what a killed process has asked since is not counted. */
const WRITTEN_AT_ONCE = 100;

type Of = { workspaceId: string; source: string };

/** Counts what a source was asked on a day, where the cost or the number is known only afterwards. In the caller's transaction. */
export async function countAsked(tx: Tx, source: string, asked: DayUse, now: Date): Promise<void> {
  if (asked.requests === 0 && asked.costMicros === 0) return;
  await tx.rows(sql.addToDay, source, dayOf(now), asked.requests, asked.costMicros);
}

/**
 * Whether the day has room for one more request of a source whose callers count afterwards (`countAsked`).
 * @throws SourceError `day_limit`
 */
export async function assertRoomToday(tx: Tx, source: string, costMicros: number, now: Date): Promise<void> {
  const limit = await maybeOne(tx, sql.readDayLimit, source);
  if (limit === null) return;
  const used = await one(tx, sql.holdDay, source, dayOf(now));
  if (roomOfDay(limit, used, 1, costMicros) === 0) throw limitReached(source, limit);
}

/** The same, as an answer. */
export async function hasRoomToday(tx: Tx, source: string, now: Date): Promise<boolean> {
  try {
    await assertRoomToday(tx, source, 0, now);
    return true;
  } catch (error) {
    if (error instanceof SourceError && error.fault === 'day_limit') return false;
    throw error;
  }
}

/**
 * Counts the requests of one look at a source, with a write per look and not per request. Where the workspace has set a limit of the
 * day, requests are taken from it before they leave, some at a time; a process that is killed leaves too many counted, never too few.
 */
export function openDayMeter({ store, clock }: { store: Store; clock: Clock }, of: Of): DayMeter {
  let limit: DayLimit | null | undefined;
  let day = '';
  /** Asked and not written yet, for sources without a limit; taken and not used yet, for those with one. */
  let unwritten: DayUse = { requests: 0, costMicros: 0 };
  let inHand = 0;

  const write = async (asked: DayUse): Promise<void> => {
    if (asked.requests === 0 && asked.costMicros === 0) return;
    await store.inWorkspace(of.workspaceId, (tx) =>
      tx.rows(sql.addToDay, of.source, day, asked.requests, asked.costMicros),
    );
  };
  const settle = async (): Promise<void> => {
    const asked = { requests: unwritten.requests - inHand, costMicros: unwritten.costMicros };
    unwritten = { requests: 0, costMicros: 0 };
    inHand = 0;
    await write(asked);
  };
  const take = async (known: DayLimit, costMicros: number): Promise<void> => {
    const taken = await store.inWorkspace(of.workspaceId, async (tx) => {
      const used = await one(tx, sql.holdDay, of.source, day);
      const room = roomOfDay(known, used, costMicros === 0 ? TAKEN_AT_ONCE : 1, costMicros);
      await tx.rows(sql.addToDay, of.source, day, room, room * costMicros);
      return room;
    });
    if (taken === 0) throw limitReached(of.source, known);
    inHand += taken;
  };
  return {
    async ask(costMicros = 0) {
      const today = dayOf(clock.now());
      if (today !== day) {
        await settle();
        day = today;
        limit = await store.inWorkspace(of.workspaceId, (tx) => maybeOne(tx, sql.readDayLimit, of.source));
      }
      if (limit === null || limit === undefined) {
        unwritten = { requests: unwritten.requests + 1, costMicros: unwritten.costMicros + costMicros };
        if (unwritten.requests >= WRITTEN_AT_ONCE) await settle();
        return;
      }
      // What costs is taken by itself: what was taken in advance was taken as free.
      if (inHand === 0 || costMicros > 0) await take(limit, costMicros);
      inHand -= 1;
    },
    settle,
  };
}

const limitReached = (source: string, limit: DayLimit): SourceError =>
  new SourceError(
    source,
    'day_limit',
    [
      ...(limit.mostRequests === null ? [] : [`${limit.mostRequests} requests`]),
      ...(limit.mostMicros === null ? [] : [`$${(limit.mostMicros / 1_000_000).toFixed(2)}`]),
    ].join(' or ') + ' a day',
  );
