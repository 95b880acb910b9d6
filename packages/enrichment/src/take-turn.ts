import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import type { Tx } from '@penstock/store/tx';

import type { GrantedCall } from './call-provider.ts';
import type { BudgetScope } from './model/budgets.ts';
import { keyFor } from './model/keys.ts';
import type { Plan } from './model/planner.ts';
import type { OpenRun } from './open-run.ts';
import { outlastDatabase } from './outlast-database.ts';
import { findLedger } from './list-run/list-run-statements.ts';
import { planPerson } from './plan-person.ts';
import type { KnownFacts } from './provider-port.ts';
import { applySettled, type SettledBudgets } from './ledger.ts';
import { budgetWords, claimCall, grantClaimed, type CallToReserve } from './reserve-call.ts';
import { readRunState, type RunState } from './run-state.ts';
import * as sql from './run-statements.ts';
import { chargeOf, settleAnswers, type AnsweredCall } from './settle-answer.ts';
import { callKeyOf, chargedSince, hashedLock, type RunResult, type WaterfallDeps } from './waterfall-run.ts';

/** Where a run stands. */
export type Standing = Pick<RunState, 'parked' | 'nextLookAt'> & {
  plan: Plan;
  /** Until the deadline of the run; null where none holds. */
  leftMs: number | null;
};
type NextCall = NonNullable<Plan['next']>;
/** What a round makes of where its run stands. `skipped` goes into the trace of the run; null leaves the run open. */
export type Decision =
  | { kind: 'begin'; next: NextCall }
  | { kind: 'wait'; forMs: number }
  | { kind: 'end'; result: RunResult; skipped: Plan['skipped'] | null };

export type Turn = Standing &
  (
    | ({ kind: 'granted'; next: NextCall } & GrantedCall)
    /** It could not be asked; after that time it may be, in a later round. */
    | { kind: 'refused'; next: NextCall; retryAfterMs: number | null }
    | Exclude<Decision, { kind: 'begin' }>
  );

/**
 * One transaction of a run: settles what was answered, asks the planner where the run stands, and does what `decide` says: reserves the
 * next call, or ends the run. Null if the person is not to be looked up; what was answered is settled all the same.
 */
export async function takeTurn(
  deps: WaterfallDeps,
  run: OpenRun,
  since: Since,
  decide: (standing: Standing) => Decision,
): Promise<Turn | null> {
  let before: Taken | null = null;
  const { turn, refused } = await outlastDatabase(async () => {
    if (before !== null && (await wasCommitted(deps, run, before, since.answered))) return before;
    const leftMs = msLeft(run, deps.clock.now()) ?? Number.POSITIVE_INFINITY;
    const turn = async (tx: Tx) => {
      before = await work(tx, deps, run, since, decide);
      return before;
    };
    return deps.store.together(run.workspaceId, turn, performance.now() + leftMs);
  });
  if (turn?.kind !== 'granted') return turn;
  const scope = await (refused ?? Promise.resolve(null)).catch(() => 'lost' as const);
  // Committed, but what it said was lost with the connection: the ledger knows whether it granted.
  if (scope === null || (scope === 'lost' && (await isThere(deps, run, turn.ledgerId)))) return turn;
  const { kind: _, next, ...standing } = turn;
  const why = scope === 'lost' ? 'a budget has no room for this call' : budgetWords(scope);
  await deps.store.inWorkspace(run.workspaceId, (tx) => tellSkipped(tx, run, next, why, deps.clock.now()));
  return { ...standing, kind: 'refused', next, retryAfterMs: null };
}

/** What came since the turn before: calls that were answered, and steps that did not answer in this round (`provider/capability`). */
type Since = {
  answered: readonly AnsweredCall[];
  failed: ReadonlySet<string>;
  /** Ids of keys that refused, of providers that have others. */
  refusedKeys: ReadonlySet<string>;
};
/** A granted call is refused after all if a budget has no room: which, is known once the transaction has ended. */
type Taken = { turn: Turn | null; refused: Promise<BudgetScope | null> | null };

/** A commit whose answer was lost: what it settled is not `reserved` any more, what it reserved is in the ledger. */
async function wasCommitted(
  deps: WaterfallDeps,
  run: OpenRun,
  { turn }: Taken,
  [first]: readonly AnsweredCall[],
): Promise<boolean> {
  if (first) return (await stateOf(deps, run, first.ledgerId)) !== 'reserved';
  return turn?.kind === 'granted' && isThere(deps, run, turn.ledgerId);
}

const isThere = async (...of: Parameters<typeof stateOf>): Promise<boolean> =>
  (await stateOf(...of)) !== undefined;

const stateOf = ({ store }: WaterfallDeps, { workspaceId }: OpenRun, ledgerId: string) =>
  outlastDatabase(async () => (await store.readRows(workspaceId, findLedger, ledgerId))[0]?.state);

async function work(
  tx: Tx,
  deps: WaterfallDeps,
  run: OpenRun,
  { answered, failed, refusedKeys }: Since,
  decide: (standing: Standing) => Decision,
): Promise<Taken> {
  const now = deps.clock.now();
  const reading = { settles: answered.length > 0, now, changed: deps.onAccountFacts };
  const read = await readRunState(tx, run, reading);
  if (!read) return { turn: null, refused: null };
  const { state, settled } = await settle(tx, deps, run, read, answered);
  if (state.barred) {
    applySettled(tx, settled);
    return { turn: null, refused: null };
  }
  const { known, ...standing } = standingOf(run, state, failed, now);
  const decision = decide(standing);
  if (decision.kind === 'begin') {
    const { next } = decision;
    const reserved = await reserve(tx, run, { state, known, next, settled, now, refusedKeys });
    return { turn: { ...standing, next, ...reserved.turn }, refused: reserved.refused };
  }
  if (decision.kind === 'end' && decision.skipped !== null) end(tx, run, decision, now);
  applySettled(tx, settled);
  return { turn: { ...standing, ...decision }, refused: null };
}

/** What was answered is settled, and known to the planner. */
async function settle(
  tx: Tx,
  deps: WaterfallDeps,
  { waterfall }: OpenRun,
  read: RunState & { heldId: string },
  answered: readonly AnsweredCall[],
): Promise<{ state: RunState; settled: SettledBudgets }> {
  if (answered.length === 0) return { state: read, settled: new Map() };
  const { person, heldId } = read;
  // Merged with another meanwhile: the values are theirs.
  const known = heldId === person.id ? read.observations : await tx.rows(sql.readObservations, heldId);
  const about = { personId: heldId, accountId: person.accountId, waterfall, erased: person.erased };
  const { values, settled } = await settleAnswers(tx, deps, about, known, answered);
  const calls = read.calls.map((call) => {
    const made = answered.find(({ ledgerId }) => ledgerId === call.ledgerId);
    return made ? { ...call, ...chargeOf(made.answer, made.capability) } : call;
  });
  return { state: { ...read, calls, observations: [...read.observations, ...values] }, settled };
}

function standingOf(
  run: OpenRun,
  state: RunState,
  failed: ReadonlySet<string>,
  now: Date,
): Standing & { known: KnownFacts } {
  const { waterfall, adapters, credentials } = run;
  const elapsedSeconds = secondsSince(run, now);
  const { known, plan } = planPerson(adapters, {
    ...state,
    credentials,
    waterfall,
    failed,
    now,
    ...(isTimed(run) && { elapsedSeconds, races: waterfall.race !== null }),
  });
  return { plan, leftMs: msLeft(run, now), parked: state.parked, nextLookAt: state.nextLookAt, known };
}

/** Somebody waits for the lead. */
const isTimed = ({ leadId, late }: OpenRun): boolean => leadId !== null && late !== true;
const secondsSince = ({ startedAt }: OpenRun, now: Date): number =>
  (now.getTime() - startedAt.getTime()) / 1_000;

/** Until the deadline of the run; null where none holds. */
function msLeft(run: OpenRun, now: Date): number | null {
  const { deadlineSeconds } = run.waterfall;
  return isTimed(run) && deadlineSeconds !== null ? (deadlineSeconds - secondsSince(run, now)) * 1_000 : null;
}

const DEFAULT_RETRY_MS = 30_000;

async function reserve(
  tx: Tx,
  run: OpenRun,
  to: { state: RunState; known: KnownFacts; next: NextCall; settled: SettledBudgets; now: Date } & Pick<
    Since,
    'refusedKeys'
  >,
): Promise<{
  turn: ({ kind: 'granted' } & GrantedCall) | { kind: 'refused'; retryAfterMs: number | null };
  refused: Promise<BudgetScope | null> | null;
}> {
  const { state, known, next, settled, now, refusedKeys } = to;
  const refuse = async (why: string, retryAfterMs: number | null) => {
    await tellSkipped(tx, run, next, why, now);
    applySettled(tx, settled);
    return { turn: { kind: 'refused', retryAfterMs } as const, refused: null };
  };
  if (state.person.stopped) return refuse('paid calls are stopped in this workspace', null);
  const adapter = run.adapters.get(next.provider);
  const credential = keyFor(run.credentials, next.provider, state.person.id, refusedKeys);
  invariant(adapter && credential, 'the planner passes over a provider without a credential');
  const call = callToReserve(run, state, known, next, credential.id, now);
  const claim = await claimCall(tx, call, state.budgets);
  if (claim.kind === 'known')
    return claim.state === 'reserved'
      ? refuse('somebody else is asking this right now', DEFAULT_RETRY_MS)
      : refuse('was asked before for the same company or person', null);
  const step = { id: newId(now), reason: next.reason };
  const { refused } = grantClaimed(tx, call, claim, step, settled);
  const { capability, wanted } = next;
  const { ledgerId } = claim;
  const asked = { adapter, credential, capability, wanted, known };
  return { turn: { kind: 'granted', ledgerId, personId: state.person.id, asked }, refused };
}

function callToReserve(
  run: OpenRun,
  { person }: RunState,
  known: KnownFacts,
  next: NextCall,
  credentialId: string,
  now: Date,
): CallToReserve {
  const lockKey = hashedLock(person.id, next.provider, next.capability, known);
  return {
    lockKey,
    callKey: callKeyOf(lockKey, next.capability, known),
    chargedSince: chargedSince(run.waterfall, now),
    runId: run.runId,
    personId: person.id,
    teamId: person.teamId,
    credentialId,
    provider: next.provider,
    capability: next.capability.id,
    wanted: next.wanted,
    position: next.position,
    priceMicros: next.priceMicros,
    ceilingMicros: run.waterfall.ceilingMicros,
    now,
  };
}

function tellSkipped(tx: Tx, { runId }: OpenRun, next: NextCall, why: string, now: Date) {
  const { provider, capability, wanted } = next;
  const step = [newId(now), runId, provider, capability.id, wanted] as const;
  return tx.rows(sql.insertStep, ...step, 'skipped', why, '', null, now);
}

function end(
  tx: Tx,
  { runId }: OpenRun,
  { result, skipped }: Extract<Decision, { kind: 'end' }>,
  now: Date,
): void {
  const { complete, stopReason: stop } = result;
  const told = [
    ...(skipped ?? []).map((skip) => ({ ...skip, decision: 'skipped' })),
    { provider: '', capability: '', decision: 'stopped', reason: stop },
  ];
  tx.byCommit(
    sql.endRun,
    runId,
    complete ? 'finished' : 'stopped',
    stop,
    now,
    told.map(() => newId(now)),
    told.map(({ provider }) => provider),
    told.map(({ capability }) => capability),
    told.map(({ decision }) => decision),
    told.map(({ reason }) => reason),
  );
}
