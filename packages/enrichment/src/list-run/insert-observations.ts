import type { Parameter, Tx } from '@penstock/store/tx';

import type { Waterfall } from '../model/waterfall.ts';
import type { ReportedValue } from '../provider-port.ts';
import type { ObservationRow } from '../run-statements.ts';
import * as sql from './list-run-statements.ts';

export type ObservationOf = Pick<
  ReportedValue,
  'field' | 'value' | 'confidence' | 'verification' | 'lineType'
> & { id: string; personId: string; provider: string; ledgerId: string | null; costMicros: number };

/** The same as it can be read afterwards. */
export type ObservedOf = ObservationOf & ObservationRow;

const DAY_MS = 86_400_000;

export const expiryOf = ({ timeToLiveDays }: Waterfall, now: Date): Date =>
  new Date(now.getTime() + timeToLiveDays * DAY_MS);

/** The rows as they can be read from then on. */
export function rowsOf<Value extends ObservationOf>(
  values: readonly Value[],
  waterfall: Waterfall,
  now: Date,
): (Value & ObservationRow)[] {
  const expiresAt = expiryOf(waterfall, now);
  return values.map((value) => ({ ...value, occurredAt: now, expiresAt }));
}

/** Keeps what providers said of many people in one statement; answers the rows as they can be read from now on. */
export async function insertObservations(
  tx: Tx,
  values: readonly ObservationOf[],
  waterfall: Waterfall,
  now: Date,
): Promise<ObservationRow[]> {
  const rows = rowsOf(values, waterfall, now);
  if (rows.length > 0) await tx.rows(sql.insertObservationsOf, ...columnsOf(rows, now));
  return rows;
}

/** The same, done by the commit, for those who have the rows already. */
export function keepObservations(tx: Tx, rows: readonly ObservedOf[], now: Date): void {
  if (rows.length > 0) tx.byCommit(sql.insertObservationsOf, ...columnsOf(rows, now));
}

/** All that is observed at once expires at once. */
const columnsOf = (rows: readonly ObservedOf[], now: Date): Parameter[] => [
  rows.map((row) => row.id),
  rows.map((row) => row.personId),
  rows.map((row) => row.field),
  rows.map((row) => row.value),
  rows.map((row) => row.provider),
  rows.map((row) => row.ledgerId),
  rows.map((row) => row.confidence),
  rows.map((row) => row.verification ?? ''),
  rows.map((row) => row.lineType ?? ''),
  rows.map((row) => row.costMicros),
  now,
  rows[0]?.expiresAt ?? null,
  [...new Set(rows.map((row) => row.personId))],
];
