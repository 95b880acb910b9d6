import type { Parameter, Tx } from '@penstock/store/tx';

import type { Survivor } from '../model/survivorship.ts';
import * as sql from './list-run-statements.ts';

type Shown = { personId: string; surviving: readonly Survivor[] };

/** Shows what survives of people, in one statement. */
export async function writeVisible(tx: Tx, people: readonly Shown[], now: Date): Promise<void> {
  const columns = columnsOf(people, now);
  if (columns) await tx.rows(sql.writeVisibleOf, ...columns);
}

/** The same, done by the commit. */
export function showByCommit(tx: Tx, people: readonly Shown[], now: Date): void {
  const columns = columnsOf(people, now);
  if (columns) tx.byCommit(sql.writeVisibleOf, ...columns);
}

function columnsOf(people: readonly Shown[], now: Date): Parameter[] | null {
  const values = people.flatMap(({ surviving }) => surviving);
  if (values.length === 0) return null;
  return [
    people.flatMap(({ personId, surviving }) => surviving.map(() => personId)),
    values.map((value) => value.field),
    values.map((value) => value.value),
    values.map((value) => value.id),
    values.map((value) => value.provider),
    values.map((value) => value.confidence),
    values.map((value) => value.verification ?? ''),
    values.map((value) => value.lineType ?? ''),
    values.map((value) => value.usable),
    values.map((value) => value.chosenBecause),
    values.map((value) => value.occurredAt),
    values.map((value) => value.expiresAt),
    now,
  ];
}
