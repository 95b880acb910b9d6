import type { Parameter, Tx } from '@penstock/store/tx';

import type { Waterfall } from '../model/waterfall.ts';
import type { ReportedValue } from '../provider-port.ts';
import type { ObservationRow } from '../run-statements.ts';
import * as sql from './list-run-statements.ts';

export type ObservationOf = Pick<
  ReportedValue,
  'field' | 'value' | 'confidence' | 'verification' | 'lineType'
> & { id: string; personId: string; provider: string; ledgerId: string | null; costMicros: number };

const DAY_MS = 86_400_000;

/** The rows as they can be read from then on. */
export function rowsOf<Value extends ObservationOf>(
  values: readonly Value[],
  waterfall: Waterfall,
  now: Date,
): (Value & ObservationRow)[] {
  const expiresAt = new Date(now.getTime() + waterfall.timeToLiveDays * DAY_MS);
  return values.map((value) => ({ ...value, occurredAt: now, expiresAt }));
}

/** Keeps what providers said of many people in one statement; answers the rows as they can be read from now on. */
export async function insertObservations(
  tx: Tx,
  values: readonly ObservationOf[],
  waterfall: Waterfall,
  now: Date,
): Promise<ObservationRow[]> {
  if (values.length > 0) await tx.rows(sql.insertObservationsOf, ...columnsOf(values, waterfall, now));
  return rowsOf(values, waterfall, now);
}

/** The same, done by the commit: the rows are known before. */
export function keepObservations<Value extends ObservationOf>(
  tx: Tx,
  values: readonly Value[],
  waterfall: Waterfall,
  now: Date,
): (Value & ObservationRow)[] {
  if (values.length > 0) tx.byCommit(sql.insertObservationsOf, ...columnsOf(values, waterfall, now));
  return rowsOf(values, waterfall, now);
}

function columnsOf(values: readonly ObservationOf[], waterfall: Waterfall, now: Date): Parameter[] {
  const expiresAt = new Date(now.getTime() + waterfall.timeToLiveDays * DAY_MS);
  return [
    values.map((value) => value.id),
    values.map((value) => value.personId),
    values.map((value) => value.field),
    values.map((value) => value.value),
    values.map((value) => value.provider),
    values.map((value) => value.ledgerId),
    values.map((value) => value.confidence),
    values.map((value) => value.verification ?? ''),
    values.map((value) => value.lineType ?? ''),
    values.map((value) => value.costMicros),
    now,
    expiresAt,
  ];
}
