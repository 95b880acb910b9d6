import { eventValues, insertEvents } from '@penstock/store/outbox';
import type { Tx } from '@penstock/store/tx';

import type { Plan } from '../model/planner.ts';
import { levelsOf } from '../model/record-levels.ts';
import type { Survivor } from '../model/survivorship.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { employeeCount, judged, type AccountFactsChanged } from '../person-facts.ts';
import type { ObservationRow } from '../run-statements.ts';
import type { ListRecord, TraceLine } from './list-record.ts';
import * as sql from './list-run-statements.ts';
import { showByCommit } from './write-visible.ts';

export type EndedRecord = {
  record: ListRecord;
  plan: Extract<Plan, { next: null }>;
  /** Chosen from what the record knows. */
  surviving: readonly Survivor[];
};

/**
 * Ends records for which nothing is left to ask: the visible values are chosen from all that was ever observed, also by others meanwhile,
 * gaps of accounts are filled, and that they changed is told.
 */
export async function finishRecords(
  tx: Tx,
  run: { id: string; chunk: number; waterfall: Waterfall; onAccountFacts: AccountFactsChanged },
  ended: readonly EndedRecord[],
  now: Date,
): Promise<void> {
  if (ended.length === 0) return;
  const judgedOnes = await judgeAnew(tx, run.waterfall, ended, now);
  const levels = judgedOnes.map(({ surviving }) => levelsOf(surviving, run.waterfall.wanted));
  showByCommit(
    tx,
    judgedOnes.map(({ record, surviving }) => ({ personId: record.person.id, surviving })),
    now,
  );
  tx.byCommit(
    sql.finishRecords,
    run.id,
    judgedOnes.map(({ record }) => record.person.id),
    levels.map(({ found }) => found),
    levels.map(({ verified }) => verified),
    levels.map(({ usable }) => usable),
    judgedOnes.map(({ plan }) => plan.stop),
    judgedOnes.map(({ record, plan }) => JSON.stringify([...record.trace, ...skippedOf(record, plan)])),
    now,
  );
  // One for all of them: who they are, the records of the run say.
  const told = { runId: run.id, chunk: run.chunk, people: ended.length };
  tx.byCommit(insertEvents, ...eventValues(now, [{ kind: 'person.changed', payload: told }]));
  await fillAccounts(tx, judgedOnes, run.onAccountFacts, now);
}

/** Of whom something was observed or forgotten by others meanwhile is judged by what is there now. */
async function judgeAnew(
  tx: Tx,
  waterfall: Waterfall,
  ended: readonly EndedRecord[],
  now: Date,
): Promise<EndedRecord[]> {
  const kept = await tx.rows(
    sql.readObservationIdsOf,
    ended.map(({ record }) => record.person.id),
  );
  const idsOf = new Map(kept.map(({ personId, ids }) => [personId, ids]));
  const others = ended.flatMap(({ record }) =>
    knowsAll(record, idsOf.get(record.person.id) ?? '') ? [] : [record.person.id],
  );
  if (others.length === 0) return [...ended];
  const rows = Map.groupBy(await tx.rows(sql.readObservationsOf, others), ({ personId }) => personId);
  const changed = new Set(others);
  return ended.map((one) => {
    const { id } = one.record.person;
    return changed.has(id) ? { ...one, surviving: judged(rows.get(id) ?? [], waterfall, now) } : one;
  });
}

const ID_LENGTH = 36;

/** @param ids of all that is kept of the person, with commas between them */
function knowsAll({ observations }: ListRecord, ids: string): boolean {
  const count = Math.ceil(ids.length / (ID_LENGTH + 1));
  return count === observations.length && observations.every(({ id }) => ids.includes(id));
}

/** Records that come back later keep what was asked for them until now. */
export function keepTraces(tx: Tx, runId: string, later: readonly ListRecord[]): void {
  const told = later.filter(({ trace }) => trace.length > 0);
  if (told.length === 0) return;
  tx.byCommit(
    sql.keepTraces,
    runId,
    told.map(({ person }) => person.id),
    told.map(({ trace }) => JSON.stringify(trace)),
  );
}

/** What was asked in this run is in the trace already. */
function skippedOf(record: ListRecord, plan: Extract<Plan, { next: null }>): TraceLine[] {
  const told = new Set(record.told);
  for (const line of record.trace) told.add(`${line.provider}/${line.capability}`);
  return plan.skipped
    .filter((skip) => !told.has(`${skip.provider}/${skip.capability}`))
    .map((skip) => ({ ...skip, decision: 'skipped', ledgerId: null }));
}

async function fillAccounts(
  tx: Tx,
  ended: readonly { record: ListRecord; surviving: readonly Survivor[] }[],
  onAccountFacts: AccountFactsChanged,
  now: Date,
): Promise<void> {
  const facts = new Map<string, { employees: number | null; industry: string }>();
  const valueOf = (surviving: readonly ObservationRow[], field: string) =>
    surviving.find((value) => value.field === field)?.value ?? null;
  for (const { record, surviving } of ended) {
    const { accountId } = record.person;
    const size = valueOf(surviving, 'company_size');
    const industry = valueOf(surviving, 'industry');
    if (accountId !== null && (size !== null || industry !== null))
      facts.set(accountId, {
        employees: size === null ? null : employeeCount(size),
        industry: industry ?? '',
      });
  }
  if (facts.size === 0) return;
  const ids = [...facts.keys()].toSorted();
  const filled = await tx.rows(
    sql.fillAccounts,
    ids,
    ids.map((id) => facts.get(id)?.employees ?? null),
    ids.map((id) => facts.get(id)?.industry ?? ''),
    now,
  );
  if (filled.length > 0)
    await onAccountFacts(
      tx,
      filled.map((row) => row.id),
      now,
    );
}
