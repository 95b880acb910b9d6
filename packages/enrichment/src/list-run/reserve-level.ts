import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import type { Tx } from '@penstock/store/tx';

import { makeBudgets } from '../make-budgets.ts';
import { sharedBudgets, type SharedScope, type WantedBudget } from '../model/budgets.ts';
import { hasSpare, keyFor } from '../model/keys.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { Capability, KnownFacts } from '../provider-port.ts';
import type { CredentialRow } from '../run-statements.ts';
import { callKeyOf, chargedSince, hashedLock, lockOf } from '../waterfall-run.ts';
import type { ListRecord, NextCall } from './list-record.ts';
import * as sql from './list-run-statements.ts';
import { giveBack, holdRecords } from './record-budgets.ts';
import { changeBudget, type BudgetChanges, type SettledLevel } from './settle-level.ts';

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
  /** Ids of the budgets of its records that are known by now, by person. */
  recordBudgets: Map<string, string>;
  /** Ids of those that its calls have with others, by scope and period. */
  sharedBudgets: Map<string, string>;
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
 * The last step of a transaction: takes room in the budgets of the records, then locks those that calls have with others, applies what was
 * settled, and writes a ledger row for each call that all its budgets have room for. What is not granted gives its lock back.
 */
export async function grantLevel(
  tx: Tx,
  run: RunOfLevel,
  locked: readonly ReservedCall[],
  settled: SettledLevel,
  now: Date,
): Promise<Level> {
  if (locked.length === 0 && settled.records.size === 0) return { reserved: [], exhausted: null };
  const records = await holdRecords(tx, run, locked, settled.records, now);
  for (const call of locked)
    if (!records.has(call)) passOver(call, 'would go above what one record may cost');
  const shared = await lockShared(tx, run, settled.shared, now);
  const { reserved, exhausted } = grant([...records.keys()], shared);
  const granted = new Set(reserved);
  await giveBack(tx, new Map([...records].filter(([call]) => !granted.has(call))));
  freeLocks(
    tx,
    locked.filter((call) => !granted.has(call)),
  );
  // From here on everybody waits for these budgets: the rest leaves with the commit.
  writeLedger(tx, run.id, reserved, { shared, records }, now);
  const changes: BudgetChanges = new Map([...settled.shared].map(([id, change]) => [id, { ...change }]));
  for (const call of reserved)
    for (const { id } of shared) changeBudget(changes, id, call.next.priceMicros, 0);
  const ids = [...changes.keys()];
  tx.byCommit(
    sql.changeBudgets,
    ids,
    ids.map((id) => changes.get(id)?.reserved ?? 0),
    ids.map((id) => changes.get(id)?.charged ?? 0),
  );
  return { reserved, exhausted };
}

function grant(calls: readonly ReservedCall[], shared: readonly SharedRoom[]): Level {
  const level: Level = { reserved: [], exhausted: null };
  for (const call of calls) {
    const { priceMicros } = call.next;
    const empty = shared.find(({ roomMicros }) => roomMicros < priceMicros);
    if (empty) level.exhausted = empty.scope;
    else {
      for (const budget of shared) budget.roomMicros -= priceMicros;
      level.reserved.push(call);
    }
  }
  return level;
}

function freeLocks(tx: Tx, refused: readonly ReservedCall[]): void {
  if (refused.length === 0) return;
  tx.byCommit(
    sql.freeLocks,
    refused.map(lockOfCall),
    refused.map((call) => call.ledgerId),
  );
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

const lockOfCall = (call: ReservedCall): string => lockOf(call.callKey);

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

type SharedRoom = { id: string; scope: SharedScope; roomMicros: number };

/** The budgets that all calls of the level have, locked in the order of their ids. */
async function lockShared(tx: Tx, run: RunOfLevel, settled: BudgetChanges, now: Date): Promise<SharedRoom[]> {
  const shared = sharedBudgets({ ...run, runId: run.id }, now);
  const ids = await budgetIds(tx, run.sharedBudgets, shared, now);
  const rows = await tx.rows(sql.lockBudgets, [...new Set([...ids, ...settled.keys()])]);
  const roomOf = new Map(
    rows.map((row) => [
      row.id,
      // What is settled in this very transaction gives room too.
      row.roomMicros - (settled.get(row.id)?.reserved ?? 0) - (settled.get(row.id)?.charged ?? 0),
    ]),
  );
  return shared.map(({ scope }, at) => {
    const id = ids[at];
    invariant(id, `there is a budget for the ${scope}`);
    return { id, scope, roomMicros: roomOf.get(id) ?? 0 };
  });
}

/** Ids of the budgets that are wanted, in their order; those that are missing are made. What others have made is remembered in `known`. */
async function budgetIds(
  tx: Tx,
  known: Map<string, string>,
  wanted: readonly WantedBudget[],
  now: Date,
): Promise<string[]> {
  const missing = wanted.filter((budget) => !known.has(nameOf(budget)));
  for (const [name, id] of await findBudgets(tx, missing)) known.set(name, id);
  const toMake = missing.filter((budget) => !known.has(nameOf(budget)));
  if (toMake.length > 0) await makeBudgets(tx, toMake, now);
  // A statement of its own: only a view taken afterwards shows what somebody else has made at the same time.
  const made = new Map(await findBudgets(tx, toMake));
  return wanted.flatMap((budget) => known.get(nameOf(budget)) ?? made.get(nameOf(budget)) ?? []);
}

const nameOf = ({ scope, period }: { scope: string; period: string }): string => `${scope} ${period}`;

async function findBudgets(tx: Tx, budgets: readonly WantedBudget[]): Promise<[string, string][]> {
  if (budgets.length === 0) return [];
  const scopes = budgets.map(({ scope }) => scope);
  const periods = budgets.map(({ period }) => period);
  return (await tx.rows(sql.findBudgets, scopes, periods)).map((row) => [nameOf(row), row.id]);
}

function writeLedger(
  tx: Tx,
  runId: string,
  calls: readonly ReservedCall[],
  budgets: { shared: readonly SharedRoom[]; records: ReadonlyMap<ReservedCall, string> },
  now: Date,
): void {
  if (calls.length === 0) return;
  tx.byCommit(
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
    calls.map((call) => budgets.records.get(call) ?? null),
    calls.map((call) => call.held),
    calls.map((call) => call.next.wanted.join(',')),
    calls.map((call) => call.next.position),
  );
}
