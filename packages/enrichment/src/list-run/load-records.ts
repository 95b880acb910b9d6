import { newId } from '@penstock/kernel/ids';
import { suppressedOf } from '@penstock/accounts/suppression';
import { one, type Tx } from '@penstock/store/tx';

import { nextTicket } from '../later/ticket-statements.ts';
import { lookAgainAfter } from '../model/ticket-times.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { markInterrupted } from '../ledger.ts';
import type { EarlierCall, ObservationRow } from '../run-statements.ts';
import { insertObservations } from './insert-observations.ts';
import type { ListRecord } from './list-record.ts';
import * as sql from './list-run-statements.ts';

/**
 * The open records of a chunk with everything that planning needs, in a handful of statements. Calls of this run that were left
 * `reserved` belong to a worker that is gone: they become `unknown` and are not made again.
 */
export async function loadRecords(
  tx: Tx,
  run: { id: string; chunk: number; waterfall: Waterfall },
  now: Date,
): Promise<{ records: ListRecord[]; barred: { personId: string; reason: string }[] }> {
  const people = await tx.rows(sql.readRecords, run.id, run.chunk);
  const suppressed = await suppressedOf(
    tx,
    people.flatMap((person) => (person.emailKey === null ? [] : [person.emailKey])),
  );
  const reasonOf = (person: (typeof people)[number]) =>
    person.erased
      ? 'the person was erased'
      : person.emailKey !== null && suppressed.has(person.emailKey)
        ? 'the person objected to being looked up'
        : null;
  const open = people.filter((person) => reasonOf(person) === null);
  const ids = open.map((person) => person.id);
  const calls = await tx.rows(sql.readCallsOf, ids);
  const stranded = calls.filter((call) => call.runId === run.id && call.state === 'reserved' && !call.parked);
  if (stranded.length > 0)
    await markInterrupted(
      tx,
      stranded.map((call) => call.ledgerId),
      now,
    );
  for (const call of stranded) call.state = 'unknown';
  const observations = await tx.rows(sql.readObservationsOf, ids);
  const callsOf = group(calls);
  const observationsOf = group(observations);
  const records = open.map(({ trace, ...person }): ListRecord => ({
    person,
    calls: callsOf.get(person.id) ?? [],
    observations: observationsOf.get(person.id) ?? [],
    failed: new Set(),
    refusedKeys: new Set(),
    trace: [],
    told: new Set(trace.map((line) => `${line.provider}/${line.capability}`)),
    retryAfterMs: null,
    lookAfterMs: null,
    waits: false,
  }));
  await noteTickets(tx, records, now);
  await rememberOwnEmails(tx, records, run.waterfall, now);
  return {
    records,
    barred: people.flatMap((person) => {
      const reason = reasonOf(person);
      return reason === null ? [] : [{ personId: person.id, reason }];
    }),
  };
}

/** When vendors are asked next about answers that are still to come. */
async function noteTickets(tx: Tx, records: readonly ListRecord[], now: Date): Promise<void> {
  const parked = records.filter(({ calls }) =>
    calls.some((call) => call.state === 'reserved' && call.parked),
  );
  if (parked.length === 0) return;
  const { dueAt } = await one(
    tx,
    nextTicket,
    parked.map(({ person }) => person.id),
  );
  for (const record of parked) record.lookAfterMs = lookAgainAfter(dueAt, now);
}

function group<Row extends (EarlierCall | ObservationRow) & { personId: string }>(
  rows: readonly Row[],
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const same = groups.get(row.personId);
    if (same) same.push(row);
    else groups.set(row.personId, [row]);
  }
  return groups;
}

/** The address by which a person is known is a value like any other, with its origin and without a verdict. */
async function rememberOwnEmails(
  tx: Tx,
  records: readonly ListRecord[],
  waterfall: Waterfall,
  now: Date,
): Promise<void> {
  const missing = records.filter(
    ({ person, observations }) =>
      person.emailKey !== null && !observations.some((observed) => observed.field === 'work_email'),
  );
  const made = missing.map(({ person }) => ({
    id: newId(now),
    personId: person.id,
    field: 'work_email' as const,
    value: person.emailKey ?? '',
    provider: 'form',
    ledgerId: null,
    confidence: null,
    verification: null,
    lineType: null,
    costMicros: 0,
  }));
  const rows = await insertObservations(tx, made, waterfall, now);
  for (const [index, record] of missing.entries()) {
    const row = rows[index];
    if (row) record.observations.push(row);
  }
}
