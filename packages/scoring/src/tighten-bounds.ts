import { one, type Tx } from '@penstock/store/tx';

import { mayLower } from './bound-statements.ts';
import type { IntentModel } from './model/intent.ts';
import { exactPriority } from './queue-item-view.ts';
import { mayBeLost, tightenBounds, type RankedRow } from './queue-statements.ts';
import { scoreDocuments, type ScoreDocuments } from './score-documents.ts';

/** Bounds are lowered only to what they were worth this long ago, so that further pages of a list that was begun since stay exact. */
export const BOUNDS_HOLD_MS = 60 * 60_000;

/** A page that had to read past this many items leaves the bounds lower than it found them. */
const MOST_READ_PAST = 25;
const MOST_AT_ONCE = 500;
/** Points by which a bound has to be too high before it is written again. */
const WORTH_WRITING = 0.01;

export type LooseBound = { row: RankedRow; bound: number };
type Read = { row: RankedRow; exact: number; bound: number };

/**
 * Bounds get looser while scores decay. Whoever had to read past many items that look better than they are names them with the
 * bounds that do, so that the next reader need not.
 */
export function looseBounds(
  intent: IntentModel,
  page: { rows: readonly Read[]; seen: readonly Read[] },
  now: Date,
): LooseBound[] {
  const lowest = page.rows.at(-1)?.exact ?? 0;
  const readPast = page.seen.filter((one) => one.bound > lowest && one.exact < lowest);
  if (readPast.length < MOST_READ_PAST) return [];
  const earlier = new Date(now.getTime() - BOUNDS_HOLD_MS);
  return readPast
    .map(({ row }) => ({ row, bound: exactPriority(intent, row, earlier).priority }))
    .filter(({ row, bound }) => bound < row.bound - WORTH_WRITING)
    .slice(0, MOST_AT_ONCE);
}

/**
 * Writes lower bounds, if they were reckoned by what counts still; items that have changed since they were read, or that somebody is changing, are left
 * alone, and all of them while a version is switched.
 */
export async function lowerBounds(
  tx: Tx,
  loose: readonly LooseBound[],
  by: Pick<ScoreDocuments, 'intentVersionId' | 'icpVersionId'>,
): Promise<void> {
  if (!(await one(tx, mayLower)).won) return;
  const counting = await scoreDocuments(tx);
  if (counting.intentVersionId !== by.intentVersionId || counting.icpVersionId !== by.icpVersionId) return;
  await Promise.all([
    tx.rows(mayBeLost),
    tx.rows(
      tightenBounds,
      loose.map(({ row }) => row.id),
      loose.map(({ row }) => row.bound),
      loose.map(({ row }) => row.boundAt),
      loose.map(({ bound }) => bound),
    ),
  ]);
}
