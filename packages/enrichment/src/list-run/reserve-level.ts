import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import type { Tx } from '@penstock/store/tx';

import { makeBudgets } from '../make-budgets.ts';
import { recordBudget, sharedBudgets, type SharedScope, type WantedBudget } from '../model/budgets.ts';
import { hasSpare, keyFor } from '../model/keys.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { Capability, KnownFacts } from '../provider-port.ts';
import type { CredentialRow } from '../run-statements.ts';
import { callKeyOf, chargedSince, hashedLock } from '../waterfall-run.ts';
import type { ListRecord, NextCall } from './list-record.ts';
import * as sql from './list-run-statements.ts';
import { changeBudget, type BudgetChanges } from './settle-level.ts';

/** A call that the planner wants for a record. */
export type WantedCall = { record: ListRecord; next: NextCall; known: KnownFacts };
export type ReservedCall = WantedCall & {
  ledgerId: string;
  callKey: string;
  credential: CredentialRow;
  /** Its provider has another key that can be used, should this one be refused. */
  spare: boolean;
  /** Nothing can leave until the gate lets it go. */
  held: boolean;
};
/** What a level is reserved for. */
export type RunOfLevel = {
  id: string;
  teamId: string | null;
  campaignId: string | null;
  waterfall: Waterfall;
  /** All keys, in their order. */
  credentials: readonly CredentialRow[];
  isPaced(credential: CredentialRow, capability: Capability): boolean;
};
export type Level = {
  reserved: ReservedCall[];
  /** Whose money is used up, or null if every call that could be locked was granted. */
  exhausted: SharedScope | null;
};

/**
 * Takes the locks of the calls that come next, in the order of their keys. Who finds a step locked by somebody else goes on to its next
 * step.
 */
export async function claimLevel(
  tx: Tx,
  run: RunOfLevel,
  wanted: readonly WantedCall[],
  now: Date,
): Promise<ReservedCall[]> {
  const calls = wanted.map((call): ReservedCall => {
    const { record, next, known } = call;
    const lockKey = hashedLock(record.person.id, next.provider, next.capability, known);
    const credential = keyFor(run.credentials, next.provider, record.person.id, record.refusedKeys);
    invariant(credential, 'the planner passes over a provider without a credential');
    const callKey = callKeyOf(lockKey, next.capability, known);
    return {
      ...call,
      ledgerId: newId(now),
      callKey,
      credential,
      spare: hasSpare(run.credentials, credential, record.refusedKeys),
      held: run.isPaced(credential, next.capability),
    };
  });
  return claim(tx, run.waterfall, calls, now);
}

/**
 * The last step of a transaction: locks the budgets in the order of their ids, applies what was settled, and writes a ledger row for each
 * call that all its budgets have room for. What is not granted gives its lock back.
 */
export async function grantLevel(
  tx: Tx,
  run: RunOfLevel,
  locked: readonly ReservedCall[],
  settled: BudgetChanges,
  now: Date,
): Promise<Level> {
  if (locked.length === 0 && settled.size === 0) return { reserved: [], exhausted: null };
  const budgets = await lockBudgets(tx, run, locked, settled, now);
  const { reserved, refused, exhausted } = grant(locked, budgets);
  if (refused.length > 0)
    await tx.rows(
      sql.freeLocks,
      refused.map((call) => call.ledgerId),
    );
  await writeLedger(tx, run.id, reserved, budgets, now);
  const changes: BudgetChanges = new Map(settled);
  for (const call of reserved)
    for (const { id } of [...budgets.shared, budgets.recordOf(call)])
      changeBudget(changes, id, call.next.priceMicros, 0);
  const ids = [...changes.keys()];
  await tx.rows(
    sql.changeBudgets,
    ids,
    ids.map((id) => changes.get(id)?.reserved ?? 0),
    ids.map((id) => changes.get(id)?.charged ?? 0),
  );
  return { reserved, exhausted };
}

function grant(locked: readonly ReservedCall[], budgets: Budgets) {
  const reserved: ReservedCall[] = [];
  const refused: ReservedCall[] = [];
  let exhausted: Level['exhausted'] = null;
  for (const call of locked) {
    const { priceMicros } = call.next;
    const record = budgets.recordOf(call);
    const empty = budgets.shared.find(({ roomMicros }) => roomMicros < priceMicros);
    if (record.roomMicros < priceMicros) {
      refused.push(call);
      passOver(call, 'would go above what one record may cost');
    } else if (empty) {
      refused.push(call);
      exhausted = empty.scope;
    } else {
      for (const budget of [...budgets.shared, record]) budget.roomMicros -= priceMicros;
      reserved.push(call);
    }
  }
  return { reserved, refused, exhausted };
}

async function claim(
  tx: Tx,
  waterfall: Waterfall,
  calls: readonly ReservedCall[],
  now: Date,
): Promise<ReservedCall[]> {
  if (calls.length === 0) return [];
  // Two people of one company ask for its facts with one lock: the first takes it.
  const byLock = new Map(calls.map((call) => [lockOfCall(call), call] as const).toReversed());
  const unique = [...byLock.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const got = await tx.rows(
    sql.claimLocks,
    unique.map(([lock]) => lock),
    unique.map(([, call]) => call.ledgerId),
    chargedSince(waterfall, now),
  );
  const taken = new Set(got.map((row) => row.callKey));
  const mine = new Set(unique.filter(([lock]) => taken.has(lock)).map(([, call]) => call.ledgerId));
  for (const call of calls)
    if (!mine.has(call.ledgerId))
      passOver(call, 'somebody else is asking this, or has, for the same company or person');
  return calls.filter((call) => mine.has(call.ledgerId));
}

const lockOfCall = (call: ReservedCall): string => call.callKey.slice(0, call.callKey.lastIndexOf('/'));

function passOver(call: ReservedCall, reason: string): void {
  const { provider, capability } = call.next;
  call.record.failed.add(`${provider}/${capability.id}`);
  call.record.trace.push({
    provider,
    capability: capability.id,
    decision: 'skipped',
    reason,
    ledgerId: null,
  });
}

type BudgetRoom = { id: string; roomMicros: number };
type Budgets = {
  /** Of all calls of the level. */
  shared: readonly (BudgetRoom & { scope: SharedScope })[];
  recordOf(call: ReservedCall): BudgetRoom;
};

async function lockBudgets(
  tx: Tx,
  run: RunOfLevel,
  calls: readonly ReservedCall[],
  settled: BudgetChanges,
  now: Date,
): Promise<Budgets> {
  const people = [...new Set(calls.map((call) => call.record.person.id))];
  const shared = sharedBudgets({ ...run, runId: run.id }, now);
  const records = people.map((id) => recordBudget(id, run.waterfall.ceilingMicros));
  const ids = await budgetIds(tx, [...shared, ...records], now);
  const rows = await tx.rows(sql.lockBudgets, [...new Set([...ids.values(), ...settled.keys()])]);
  const roomOf = new Map(
    rows.map((row) => [
      row.id,
      // What is settled in this very transaction gives room too.
      row.roomMicros - (settled.get(row.id)?.reserved ?? 0) - (settled.get(row.id)?.charged ?? 0),
    ]),
  );
  const byKey = new Map([...ids].map(([key, id]) => [key, { id, roomMicros: roomOf.get(id) ?? 0 }] as const));
  const find = (scope: string, period: string): BudgetRoom => {
    const found = byKey.get(`${scope} ${period}`);
    invariant(found, `there is a budget for the ${scope}`);
    return found;
  };
  return {
    shared: shared.map(({ scope, period }) => ({ ...find(scope, period), scope })),
    recordOf: (call) => find('record', call.record.person.id),
  };
}

/** Ids of budgets by scope and period; those that are missing are made. */
async function budgetIds(tx: Tx, wanted: readonly WantedBudget[], now: Date): Promise<Map<string, string>> {
  const find = async (budgets: readonly WantedBudget[]) =>
    (
      await tx.rows(
        sql.findBudgets,
        budgets.map((budget) => budget.scope),
        budgets.map((budget) => budget.period),
      )
    ).map((row) => [`${row.scope} ${row.period}`, row.id] as const);
  const known = new Map(await find(wanted));
  const missing = wanted.filter((budget) => !known.has(`${budget.scope} ${budget.period}`));
  if (missing.length === 0) return known;
  await makeBudgets(tx, missing, now);
  // A statement of its own: only a view taken afterwards shows what somebody else has made at the same time.
  return new Map([...known, ...(await find(missing))]);
}

async function writeLedger(
  tx: Tx,
  runId: string,
  calls: readonly ReservedCall[],
  budgets: Budgets,
  now: Date,
): Promise<void> {
  if (calls.length === 0) return;
  await tx.rows(
    sql.insertLedgers,
    calls.map((call) => call.ledgerId),
    calls.map((call) => call.callKey),
    calls.map((call) => call.record.person.id),
    calls.map((call) => call.credential.id),
    calls.map((call) => call.next.provider),
    calls.map((call) => call.next.capability.id),
    calls.map((call) => call.next.priceMicros),
    runId,
    budgets.shared.map(({ id }) => id),
    now,
    calls.map((call) => budgets.recordOf(call).id),
    calls.map((call) => call.held),
    calls.map((call) => call.next.wanted.join(',')),
    calls.map((call) => call.next.position),
  );
}
