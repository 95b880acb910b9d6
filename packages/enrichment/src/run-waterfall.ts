import { ProviderError } from '@penstock/kernel/provider-error';

import { makeCall, type MadeCall } from './call-provider.ts';
import { hasSpare, refusesKey } from './model/keys.ts';
import { PASSING_FAULTS } from './model/passing-faults.ts';
import { SHORTEST_ANSWER_SECONDS } from './model/planner.ts';
import { lookAgainAfter } from './model/ticket-times.ts';
import { openRun, type OpenRun } from './open-run.ts';
import { outlastDatabase } from './outlast-database.ts';
import { keepAnswer, type AnsweredCall } from './settle-answer.ts';
import { takeTurn, type Decision, type Standing, type Turn } from './take-turn.ts';
import type { RunRequest, RunResult, WaterfallDeps } from './waterfall-run.ts';

const DEFAULT_RETRY_MS = 30_000;
const LATE_RETRY_MS = 30_000;

/**
 * Runs a person's waterfall to its end, turn by turn: one transaction settles what was answered and reserves the next call. A run that was
 * interrupted goes on from the ledger and never repeats a call that may have been charged. For an inbound lead several providers may be
 * asked at once, and at the deadline it ends: answers that come later are kept. A run whose vendors answer later is parked, and goes on
 * where it was when it is run again.
 */
export async function runWaterfall(deps: WaterfallDeps, request: RunRequest): Promise<RunResult> {
  const run = await openRun(deps, request);
  const round: Round = {
    failed: new Set(),
    refusedKeys: new Set(),
    asked: new Set(),
    underWay: new Map(),
    answered: [],
    begunMs: 0,
    waitsFor: null,
    broken: null,
    calls: 0,
    retryAfterMs: null,
  };
  try {
    return await workRound(deps, run, round);
  } finally {
    const late = [...round.underWay.values()].map(({ call }) => call);
    for (const call of [...late, ...round.answered.map((made) => Promise.resolve(made))])
      deps.late.add(call.then((made) => (made === null ? undefined : keepLate(deps, run, made))));
  }
}

/** `done` resolves once its answer is in the round. */
type UnderWay = { call: Promise<MadeCall | null>; done: Promise<void> };
type Round = {
  /** Steps that did not answer: `provider/capability`. */
  failed: Set<string>;
  /** Ids of keys that refused, of providers that have others. */
  refusedKeys: Set<string>;
  asked: Set<string>;
  underWay: Map<string, UnderWay>;
  /** Not yet settled. */
  answered: MadeCall[];
  /** When the last call was begun, on the clock of `performance.now()`. */
  begunMs: number;
  /** A limited provider that the version does not pass over. */
  waitsFor: string | null;
  /** A fault of our own: the run ends with it. */
  broken: { error: unknown } | null;
  calls: number;
  retryAfterMs: number | null;
};

async function workRound(deps: WaterfallDeps, run: OpenRun, round: Round): Promise<RunResult> {
  for (;;) {
    if (round.broken) throw round.broken.error;
    const turn = await settleAndDecide(deps, run, round);
    if (turn === null) return { ...NOT_TO_BE_LOOKED_UP, calls: round.calls };
    if (turn.kind === 'end') return turn.result;
    if (turn.kind === 'refused') {
      noteFailed(run, round, turn.next, turn.retryAfterMs);
      continue;
    }
    if (turn.kind === 'granted') begin(deps, run, round, turn);
    if (round.answered.length > 0) continue;
    const forMs = turn.kind === 'granted' ? beginsInMs(run, round, turn.parked) : turn.forMs;
    await firstOf([...round.underWay.values()], Math.min(forMs, turn.leftMs ?? forMs));
  }
}

const NOT_TO_BE_LOOKED_UP = {
  complete: false,
  stopReason: 'not to be looked up',
  retryAfterMs: null,
  parked: null,
};

async function settleAndDecide(deps: WaterfallDeps, run: OpenRun, round: Round): Promise<Turn | null> {
  const answered = round.answered.splice(0);
  for (const made of answered) noteAnswered(run, round, made);
  try {
    return await takeTurn(deps, run, { ...round, answered }, (standing) =>
      decide(deps, run, round, standing),
    );
  } catch (error) {
    // Kept as late ones.
    round.answered.push(...answered);
    throw error;
  }
}

/** A step whose key refused is asked again where its provider has another key; one that did not answer is not. */
function noteAnswered(run: OpenRun, round: Round, made: MadeCall): void {
  const { answer, provider, credentialId: id } = made;
  if (!(answer instanceof ProviderError)) return;
  if (refusesKey(answer.fault) && hasSpare(run.credentials, { id, provider }, round.refusedKeys)) {
    round.refusedKeys.add(id);
    return;
  }
  const retryAfterMs = PASSING_FAULTS.has(answer.fault) ? (answer.retryAfterMs ?? DEFAULT_RETRY_MS) : null;
  noteFailed(run, round, made, retryAfterMs);
}

function noteFailed(
  { waterfall }: OpenRun,
  round: Round,
  { provider, capability }: Pick<AnsweredCall, 'provider' | 'capability'>,
  retryAfterMs: number | null,
): void {
  const key = `${provider}/${capability.id}`;
  round.failed.add(key);
  round.asked.add(key);
  if (retryAfterMs === null) return;
  round.retryAfterMs = Math.max(round.retryAfterMs ?? 0, retryAfterMs);
  if (waterfall.whenLimited === 'wait') round.waitsFor ??= provider;
}

function begin(
  deps: WaterfallDeps,
  run: OpenRun,
  round: Round,
  granted: Extract<Turn, { kind: 'granted' }>,
): void {
  const key = `${granted.next.provider}/${granted.next.capability.id}`;
  const byMs = performance.now() + (granted.leftMs ?? Number.POSITIVE_INFINITY);
  const call = makeCall(deps, run, granted, byMs);
  const done = call
    .then(
      (made) => {
        if (made !== null) round.answered.push(made);
      },
      (error: unknown) => {
        round.broken ??= { error };
      },
    )
    .finally(() => round.underWay.delete(key));
  round.asked.add(key);
  round.underWay.set(key, { call, done });
  round.calls += 1;
  round.begunMs = performance.now();
}

/** Milliseconds until the next provider may be asked, as long as none of those under way answers. */
function beginsInMs(
  { waterfall: { race }, leadId, late }: OpenRun,
  { underWay, begunMs, waitsFor }: Round,
  parked: number,
): number {
  if (waitsFor !== null) return Number.POSITIVE_INFINITY;
  if (leadId === null || late === true || race === null)
    return underWay.size === 0 ? 0 : Number.POSITIVE_INFINITY;
  const open = underWay.size + parked;
  if (open === 0) return 0;
  if (open >= race.atOnce) return Number.POSITIVE_INFINITY;
  return begunMs + race.afterSeconds * 1_000 - performance.now();
}

/** What to do where the run stands. */
function decide(deps: WaterfallDeps, run: OpenRun, round: Round, standing: Standing): Decision {
  // An answer came while this was read: it is settled first.
  if (round.answered.length > 0) return { kind: 'wait', forMs: 0 };
  const { plan, leftMs, parked } = standing;
  const inMs = plan.next === null ? Number.POSITIVE_INFINITY : beginsInMs(run, round, parked);
  if (plan.next !== null && inMs <= 0) return { kind: 'begin', next: plan.next };
  // With nobody under way, what is left may be too short for any answer.
  const isLate =
    leftMs !== null && leftMs <= (round.underWay.size === 0 ? SHORTEST_ANSWER_SECONDS * 1_000 : 0);
  const isOver = isLate || (round.underWay.size === 0 && !Number.isFinite(inMs));
  if (isOver || (plan.next === null && plan.complete)) return finish(deps, round, standing, isLate);
  return { kind: 'wait', forMs: inMs };
}

function finish(
  deps: WaterfallDeps,
  { asked, calls, underWay, waitsFor, retryAfterMs: roundRetryMs }: Round,
  { plan, parked, nextLookAt, leftMs }: Standing,
  isLate: boolean,
): Decision {
  const complete = plan.next === null && plan.complete;
  const late = underWay.size === 0 ? '' : `; still to answer: ${[...underWay.keys()].join(', ')}`;
  const stop = plan.next === null ? plan.stop : `waits for ${waitsFor ?? 'answers that are still to come'}`;
  const needsAnswers = plan.next !== null || plan.waits || isLate;
  const lookAfterMs =
    parked === 0 || complete || !needsAnswers ? null : lookAgainAfter(nextLookAt, deps.clock.now());
  if (lookAfterMs !== null && !isLate && underWay.size === 0) {
    const retryAfterMs = Math.min(lookAfterMs, leftMs ?? lookAfterMs);
    const result = { complete, stopReason: stop, calls, retryAfterMs, parked: 'open' } as const;
    return { kind: 'end', result, skipped: null };
  }
  const stopReason = complete ? stop : `${stop}${late}`;
  const retryAfterMs = underWay.size === 0 ? roundRetryMs : Math.max(roundRetryMs ?? 0, LATE_RETRY_MS);
  const result: RunResult =
    lookAfterMs !== null
      ? { complete, stopReason, calls, retryAfterMs: lookAfterMs, parked: 'ended' }
      : {
          complete,
          stopReason,
          calls,
          retryAfterMs: complete ? null : retryAfterMs,
          parked: null,
          ...(isLate && { late: true }),
        };
  // What was asked in this run is in the trace already.
  const skipped = plan.skipped.filter((one) => !asked.has(`${one.provider}/${one.capability}`));
  return { kind: 'end', result, skipped };
}

/** Resolves with the first of them, or after that time. */
async function firstOf(underWay: readonly UnderWay[], mostMs: number): Promise<void> {
  const calls = underWay.map(({ done }) => done);
  if (!Number.isFinite(mostMs)) return Promise.race(calls);
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(1, Math.ceil(mostMs)));
  });
  await Promise.race([...calls, passed]);
  clearTimeout(timer);
}

/** An answer that nobody waits for any longer. */
function keepLate(deps: WaterfallDeps, { workspaceId, personId, waterfall }: OpenRun, made: AnsweredCall) {
  return outlastDatabase(() =>
    deps.store.inWorkspace(workspaceId, (tx) => keepAnswer(tx, deps, { personId, waterfall }, made)),
  );
}
