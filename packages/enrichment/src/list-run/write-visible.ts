import type { Tx } from '@penstock/store/tx';

import type { Survivor } from '../model/survivorship.ts';
import * as sql from './list-run-statements.ts';

/** Shows what survives of people, in one statement. */
export async function writeVisible(
  tx: Tx,
  people: readonly { personId: string; surviving: readonly Survivor[] }[],
  now: Date,
): Promise<void> {
  const values = people.flatMap(({ personId, surviving }) =>
    surviving.map((value) => ({ ...value, subjectId: personId })),
  );
  if (values.length === 0) return;
  await tx.rows(
    sql.writeVisibleOf,
    values.map((value) => value.subjectId),
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
  );
}
