import { faultPoint } from '@penstock/kernel/fault-point';
import { ahead, one } from '@penstock/store/tx';

import { isPacedAt } from '../ask-provider.ts';
import { outlastDatabase } from '../outlast-database.ts';
import { releaseUnsent } from '../ledger.ts';
import { emptyBudget, type SharedScope } from '../model/budgets.ts';
import { planPerson } from '../plan-person.ts';
import { readCredentials } from '../run-statements.ts';
import { WaterfallBody } from '../waterfall-document.ts';
import type { WaterfallDeps } from '../waterfall-run.ts';
import { adaptersWith } from '../described-providers.ts';
import { unitsOf } from './call-units.ts';
import type { UnitAnswers } from './ask-unit.ts';
import { finishRecords, keepTraces, type EndedRecord } from './finish-records.ts';
import type { ListRecord } from './list-record.ts';
import * as sql from './list-run-statements.ts';
import { loadRecords } from './load-records.ts';
import { makeCalls } from './make-calls.ts';
import { snapshot } from './record-snapshot.ts';
import {
  claimLevel,
  grantLevel,
  type ReservedCall,
  type RunOfLevel,
  type WantedCall,
} from './reserve-level.ts';
import { rememberParked, settleLevel, type AnsweredCall } from './settle-level.ts';
import { pauseRun, tallyChunk } from './tally-chunk.ts';

export type ChunkRequest = { workspaceId: string; runId: string; chunk: number };
export type ChunkResult = {
  state: 'done' | 'halted' | 'later';
  /** Set with `later`: when providers that could not answer may be asked again. */
  retryAfterMs: number | null;
};

type Run = RunOfLevel & {
  chunk: number;
  adapters: WaterfallDeps['adapters'];
  stopping: AbortSignal | undefined;
};
const ROOM_RETRY_MS = 1_000;
/** Its end is always counted. */
const TALLY_EVERY_MS = 2_000;

/**
 * Works a chunk of a list to its end, level by level: the planner says what comes next for each record, the money of the whole level is
 * reserved in one transaction, the calls are made side by side, and their answers are settled in the same transaction that reserves the
 * next level. Interrupted anywhere, it goes on from the ledger; a call that may have been charged is never made again.
 * @throws once `stopping` is aborted and what was under way is settled: another worker goes on
 */
export async function runChunk(
  deps: WaterfallDeps,
  request: ChunkRequest,
  stopping?: AbortSignal,
): Promise<ChunkResult> {
  const opened = await openChunk(deps, request);
  if (opened === null) return { state: 'halted', retryAfterMs: null };
  const run = { ...opened, stopping };
  let { records } = opened;
  let made: UnitAnswers = { answered: [], parked: [] };
  let retryAfterMs: number | null = null;
  let lookAfterMs: number | null = null;
  let talliedMs = performance.now();
  for (;;) {
    const level = await outlastDatabase(turnOf(deps, request, run, records, made));
    for (const record of level.later) {
      if (record.retryAfterMs !== null) retryAfterMs = Math.max(retryAfterMs ?? 0, record.retryAfterMs);
      if (record.lookAfterMs !== null) lookAfterMs = Math.min(lookAfterMs ?? Infinity, record.lookAfterMs);
    }
    // Apart from the turn: nobody waits for the budgets while figures are counted.
    if (level.calls.length === 0 || (level.ended > 0 && performance.now() - talliedMs > TALLY_EVERY_MS)) {
      await tallyChunk(deps, request);
      talliedMs = performance.now();
    }
    if (stopping?.aborted === true) throw new Error('this worker is being stopped');
    if (level.waiting) return { state: 'later', retryAfterMs: ROOM_RETRY_MS };
    if (level.halted) return { state: 'halted', retryAfterMs: null };
    if (level.calls.length === 0 && !level.again) return outcomeOf(retryAfterMs, lookAfterMs);
    faultPoint('level.reserved');
    const settle = (batch: readonly AnsweredCall[]) => settleBatch(deps, request, run, batch);
    const units = unitsOf(run.adapters, level.calls, run.waterfall.bulk);
    made = await makeCalls(deps, { ...request, stopping }, units, settle);
    faultPoint('level.answered');
    records = level.open;
  }
}

/** Those whose vendors answer later are looked at again as soon as one of these is asked. */
function outcomeOf(retryAfterMs: number | null, lookAfterMs: number | null): ChunkResult {
  const afterMs = Math.min(retryAfterMs ?? Infinity, lookAfterMs ?? Infinity);
  return Number.isFinite(afterMs)
    ? { state: 'later', retryAfterMs: afterMs }
    : { state: 'done', retryAfterMs: null };
}

async function openChunk(
  deps: WaterfallDeps,
  request: ChunkRequest,
): Promise<(Omit<Run, 'stopping'> & { records: ListRecord[] }) | null> {
  const now = deps.clock.now();
  await releaseHeld(deps, request, now);
  return deps.store.inWorkspace(request.workspaceId, async (tx) => {
    const row = await one(tx, sql.readListRun, request.runId);
    if (row.state !== 'running') return null;
    const waterfall = WaterfallBody.parse(row.body);
    const run = { id: request.runId, chunk: request.chunk, waterfall };
    const { records, barred } = await loadRecords(tx, run, now);
    if (barred.length > 0)
      await tx.rows(
        sql.finishRecords,
        run.id,
        barred.map(({ personId }) => personId),
        barred.map(() => false),
        barred.map(() => false),
        barred.map(() => false),
        barred.map(({ reason }) => reason),
        barred.map(() => '[]'),
        now,
      );
    const credentials = await tx.rows(readCredentials);
    const adapters = adaptersWith(deps, credentials);
    const isPaced: RunOfLevel['isPaced'] = (credential, capability) => {
      const adapter = adapters.get(credential.provider);
      return adapter !== undefined && isPacedAt(adapter, credential, capability);
    };
    const { teamId, campaignId } = row;
    const budgets = { recordBudgets: new Map<string, string>(), sharedBudgets: new Map<string, string>() };
    return { ...run, teamId, campaignId, credentials, adapters, isPaced, records, ...budgets };
  });
}

/** Whoever worked on this chunk before is gone: what was still waiting for its turn never left. */
async function releaseHeld(deps: WaterfallDeps, request: ChunkRequest, now: Date): Promise<void> {
  await deps.store.inWorkspace(request.workspaceId, async (tx) => {
    const held = await tx.rows(sql.readHeld, request.runId, request.chunk);
    if (held.length === 0) return;
    await releaseUnsent(
      tx,
      held.map(({ id }) => id),
      now,
    );
  });
}

type Turn = {
  calls: ReservedCall[];
  open: ListRecord[];
  later: ListRecord[];
  halted: boolean;
  /** A record's own ceiling refused a call: there is something left to plan. */
  again: boolean;
  /** No room in a budget until calls of others are settled. */
  waiting: boolean;
  /** Records that came to their end. */
  ended: number;
};

/** Settles the level before, ends what is complete, and reserves the next level: one transaction, one commit. Safe to repeat. */
function turnOf(
  deps: WaterfallDeps,
  request: ChunkRequest,
  run: Run,
  records: readonly ListRecord[],
  { answered, parked }: UnitAnswers,
): () => Promise<Turn> {
  const now = deps.clock.now();
  const restore = snapshot(records);
  const { recordBudgets } = run;
  let before: Turn | null = null;
  return async () => {
    if (before !== null && (await wasCommitted(deps, request, before.calls, callsOf(answered))))
      return before;
    return deps.store.inWorkspace(request.workspaceId, async (tx) => {
      // The store may run this again after a deadlock.
      restore();
      run.recordBudgets = new Map(recordBudgets);
      before = await turn(tx, deps, run, { records, answered, parked, now });
      return before;
    });
  };
}

/** What a level has answered so far, settled while its other calls wait for their turn. */
async function settleBatch(
  deps: WaterfallDeps,
  request: ChunkRequest,
  run: Run,
  batch: readonly AnsweredCall[],
): Promise<void> {
  const now = deps.clock.now();
  const restore = snapshot(batch.map(({ call }) => call.record));
  let tried = false;
  await outlastDatabase(async () => {
    if (tried && (await wasCommitted(deps, request, [], callsOf(batch)))) return;
    await deps.store.inWorkspace(request.workspaceId, async (tx) => {
      restore();
      const settled = await settleLevel(tx, run.waterfall, batch, now);
      await grantLevel(tx, run, [], settled, now);
      tried = true;
    });
  });
}

const callsOf = (answered: readonly AnsweredCall[]) => answered.map(({ call }) => call);

/**
 * A commit whose answer was lost with the connection: what it reserved is in the ledger, what it settled is not `reserved` any more. A
 * transaction without either may simply be done again.
 */
async function wasCommitted(
  deps: WaterfallDeps,
  request: ChunkRequest,
  reserved: readonly { ledgerId: string }[],
  settled: readonly { ledgerId: string }[],
): Promise<boolean> {
  const stateOf = ({ ledgerId }: { ledgerId: string }) =>
    deps.store.inWorkspace(
      request.workspaceId,
      async (tx) => (await tx.rows(sql.findLedger, ledgerId))[0]?.state,
    );
  if (reserved[0]) return (await stateOf(reserved[0])) !== undefined;
  return settled[0] !== undefined && (await stateOf(settled[0])) !== 'reserved';
}

async function turn(
  tx: Tx,
  deps: WaterfallDeps,
  run: Run,
  state: UnitAnswers & { records: readonly ListRecord[]; now: Date },
): Promise<Turn> {
  const { records, answered, parked, now } = state;
  // Keys are refused, run empty, are added and removed while a list is worked. Asked for first: what comes next is planned while answers are settled.
  const [keys, mayGoOn] = [ahead(tx.rows(readCredentials)), ahead(one(tx, sql.readPermission, run.id))];
  const settled = settleLevel(tx, run.waterfall, answered, now);
  for (const call of parked) rememberParked(call, now);
  run.credentials = await keys;
  const permission = await mayGoOn;
  const halted = permission.state !== 'running' || permission.stopped;
  const stops = halted || run.stopping?.aborted === true;
  const next = await planLevel(tx, deps, run, { records, halted: stops, now });
  await finishRecords(tx, { ...run, onAccountFacts: deps.onAccountFacts }, next.ended, now);
  keepTraces(tx, run.id, next.later);
  const level = await grantLevel(tx, run, next.calls, await settled, now);
  const refused = level.exhausted === null && level.reserved.length < next.calls.length;
  const dry = level.exhausted !== null && level.reserved.length === 0;
  // Money that calls under way don't cost becomes free again: the run is out of money only when none are.
  const waiting = dry && (await one(tx, sql.anyReserved)).reserved;
  if (level.exhausted !== null && dry && !waiting) await pauseFor(tx, run.id, level.exhausted, now);
  if (permission.stopped) await pauseRun(tx, run.id, 'Paid calls are stopped in this workspace.', now);
  return {
    calls: level.reserved,
    open: next.calls.map((call) => call.record),
    later: next.later,
    halted: halted || (dry && !waiting),
    waiting,
    again: refused || (level.exhausted !== null && !dry),
    ended: next.ended.length,
  };
}

type Next = { calls: ReservedCall[]; ended: EndedRecord[]; later: ListRecord[] };

/** Asks the planner for each record until its next call is locked, or nothing is left to ask. */
async function planLevel(
  tx: Tx,
  deps: WaterfallDeps,
  run: Run,
  state: { records: readonly ListRecord[]; halted: boolean; now: Date },
): Promise<Next> {
  const next: Next = { calls: [], ended: [], later: [] };
  const { adapters, credentials, waterfall } = run;
  const { now } = state;
  let asking = state.records;
  while (asking.length > 0) {
    const wanted: WantedCall[] = [];
    for (const record of asking) {
      if (record.waits) {
        next.later.push(record);
        continue;
      }
      const { person, observations, calls, failed } = record;
      const standing = { person, observations, calls, failed, credentials, waterfall, now };
      const { known, plan, surviving } = planPerson(adapters, standing);
      if (plan.next !== null) wanted.push({ record, next: plan.next, known });
      else if (plan.waits || (record.retryAfterMs !== null && !plan.complete)) next.later.push(record);
      else next.ended.push({ record, plan, surviving });
    }
    if (state.halted) return next;
    const locked = await claimLevel(tx, run, wanted, now);
    next.calls.push(...locked);
    const taken = new Set(locked.map((call) => call.record));
    asking = wanted.map(({ record }) => record).filter((record) => !taken.has(record));
  }
  return next;
}

type Tx = Parameters<Parameters<WaterfallDeps['store']['inWorkspace']>[1]>[0];

async function pauseFor(tx: Tx, runId: string, budget: SharedScope, now: Date): Promise<void> {
  const names = await one(tx, sql.readSpenders, runId);
  const name = (budget === 'team' ? names.team : names.campaign) ?? '';
  await pauseRun(tx, runId, emptyBudget(budget, name), now);
}
