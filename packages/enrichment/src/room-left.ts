import { one, type Tx } from '@penstock/store/tx';
import { z } from 'zod';

import { readRooms } from './budget-statements.ts';
import {
  DEFAULT_MONTH_LIMIT_MICROS,
  sharedBudgets,
  SHARED_SCOPES,
  type SharedScope,
} from './model/budgets.ts';
import { readStopped } from './reserve-call.ts';

/** What stands against spending, as a forecast tells it. */
export const Room = {
  /** The budget that has the least room, and how much. */
  tightest: z.object({ scope: z.enum(SHARED_SCOPES), leftMicros: z.int() }),
  /** No paid call leaves at all. */
  stopped: z.boolean(),
};
type LeftOf = { scope: SharedScope; leftMicros: number };

/** The budget with the least room of those that would be shared, and whether paid calls leave. */
export async function roomLeft(
  tx: Tx,
  spentFor: { teamId: string | null; campaignId: string | null },
  now: Date,
): Promise<{ tightest: LeftOf; stopped: boolean }> {
  const { stopped } = await one(tx, readStopped);
  const shared = sharedBudgets({ ...spentFor, runId: null }, now);
  const rooms = await tx.rows(
    readRooms,
    shared.map(({ scope }) => scope),
    shared.map(({ period }) => period),
  );
  const known: LeftOf[] = rooms.some(({ scope }) => scope === 'month')
    ? rooms
    : [{ scope: 'month', leftMicros: DEFAULT_MONTH_LIMIT_MICROS }, ...rooms];
  const least = known.reduce((a, b) => (b.leftMicros < a.leftMicros ? b : a));
  return { tightest: { scope: least.scope, leftMicros: Math.max(0, least.leftMicros) }, stopped };
}
