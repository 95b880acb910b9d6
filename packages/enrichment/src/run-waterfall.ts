import { setTimeout as sleep } from 'node:timers/promises';

import { newId } from '@penstock/kernel/ids';
import { publishedDocument } from '@penstock/workspace/documents';

import { beginStep, type StepOutcome } from './call-provider.ts';
import { markInterrupted } from './ledger.ts';
import { lookAgainAfter } from './model/ticket-times.ts';
import { prepareStep } from './prepare-step.ts';
import * as sql from './run-statements.ts';
import type { Prepared, RunRequest, WaterfallDeps } from './waterfall-run.ts';

export type RunResult = {
  complete: boolean;
  stopReason: string;
  calls: number;
  /** Set if a provider could not answer just now and asking again later may help. */
  retryAfterMs: number | null;
  /** Vendors that answer later still have to: looked at again after `retryAfterMs`, in this very run (`open`) or in another one. */
  parked: 'open' | 'ended' | null;
};

const LATE_RETRY_MS = 30_000;

/**
 * Runs a person's waterfall to its end. Each paid call is in the ledger before it is made and settled with its observations in one
 * transaction after it; a run that was interrupted goes on from the ledger and never repeats a call that may have been charged. For an
 * inbound lead several providers may be asked at once, and at the deadline it ends: answers that come later are kept. A run whose vendors
 * answer later is parked, and goes on where it was when it is run again.
 */
export async function runWaterfall(deps: WaterfallDeps, request: RunRequest): Promise<RunResult> {
  await beginRun(deps, request);
  const round: Round = {
    failed: new Set(),
    asked: new Set(),
    underWay: new Map(),
    settled: 0,
    begunMs: 0,
    waitsFor: null,
    broken: null,
    calls: 0,
    retryAfterMs: null,
  };
  try {
    return await workRound(deps, request, round);
  } finally {
    for (const call of round.underWay.values()) deps.late.add(call);
  }
}

type Round = {
  /** Steps that did not answer: `provider/capability`. */
  failed: Set<string>;
  asked: Set<string>;
  underWay: Map<string, Promise<void>>;
  /** Calls that have ended: whoever planned while one did has seen half of its answer. */
  settled: number;
  /** When the last call was begun, on the clock of `performance.now()`. */
  begunMs: number;
  /** A limited provider that the version does not pass over. */
  waitsFor: string | null;
  /** A fault of our own: the run ends with it. */
  broken: { error: unknown } | null;
  calls: number;
  retryAfterMs: number | null;
};

async function workRound(deps: WaterfallDeps, request: RunRequest, round: Round): Promise<RunResult> {
  for (;;) {
    const { settled } = round;
    const prepared = await prepareStep(deps, request, round.failed);
    if (round.settled !== settled) continue;
    const { calls, underWay } = round;
    if (round.broken) throw round.broken.error;
    if (prepared === null)
      return { complete: false, stopReason: 'not to be looked up', calls, retryAfterMs: null, parked: null };
    const { plan, leftMs } = prepared;
    const next = round.waitsFor === null ? plan.next : null;
    const inMs = next === null ? Number.POSITIVE_INFINITY : beginsInMs(prepared, request, round);
    if (next !== null && inMs <= 0) {
      await begin(deps, request, prepared, next, round);
      continue;
    }
    const isLate = leftMs !== null && leftMs <= 0;
    const isOver = isLate || (underWay.size === 0 && !Number.isFinite(inMs));
    if (isOver || (plan.next === null && plan.complete)) return finish(deps, request, prepared, round);
    await firstOf([...underWay.values()], Math.min(inMs, leftMs ?? inMs));
  }
}

/** Milliseconds until the next provider may be asked, as long as none of those under way answers. */
function beginsInMs(
  { waterfall, parked }: Prepared,
  { leadId, late }: RunRequest,
  { underWay, begunMs }: Round,
): number {
  const { race } = waterfall;
  if (leadId === null || late === true || race === null)
    return underWay.size === 0 ? 0 : Number.POSITIVE_INFINITY;
  const open = underWay.size + parked;
  if (open === 0) return 0;
  if (open >= race.atOnce) return Number.POSITIVE_INFINITY;
  return begunMs + race.afterSeconds * 1_000 - performance.now();
}

async function begin(
  deps: WaterfallDeps,
  request: RunRequest,
  prepared: Prepared,
  next: NonNullable<Prepared['plan']['next']>,
  round: Round,
): Promise<void> {
  const key = `${next.provider}/${next.capability.id}`;
  const { outcome } = await beginStep(deps, request, prepared, next);
  round.asked.add(key);
  round.calls += 1;
  round.begunMs = performance.now();
  const settled = note(outcome, round, key, prepared.waterfall.whenLimited === 'wait' ? next.provider : null);
  // Of its failure the round tells.
  settled.catch(() => undefined);
  round.underWay.set(key, settled);
}

/** @param waitFor the provider, if nothing else may be asked while it is limited */
async function note(
  outcome: Promise<StepOutcome>,
  round: Round,
  key: string,
  waitFor: string | null,
): Promise<void> {
  try {
    const { state, retryAfterMs } = await outcome;
    if (state !== 'failed') return;
    round.failed.add(key);
    if (retryAfterMs === null) return;
    round.retryAfterMs = Math.max(round.retryAfterMs ?? 0, retryAfterMs);
    round.waitsFor ??= waitFor;
  } catch (error) {
    round.broken ??= { error };
    throw error;
  } finally {
    round.settled += 1;
    round.underWay.delete(key);
  }
}

async function finish(
  deps: WaterfallDeps,
  request: RunRequest,
  { plan, parked, nextLookAt, leftMs }: Prepared,
  round: Round,
): Promise<RunResult> {
  const { asked, calls, underWay, waitsFor } = round;
  const complete = plan.next === null && plan.complete;
  const late = underWay.size === 0 ? '' : `; still to answer: ${[...underWay.keys()].join(', ')}`;
  const stop = plan.next === null ? plan.stop : `waits for ${waitsFor ?? 'answers that are still to come'}`;
  const isLate = leftMs !== null && leftMs <= 0;
  const needsAnswers = plan.next !== null || plan.waits || isLate;
  const lookAfterMs =
    parked === 0 || complete || !needsAnswers ? null : lookAgainAfter(nextLookAt, deps.clock.now());
  if (lookAfterMs !== null && !isLate && underWay.size === 0) {
    const retryAfterMs = Math.min(lookAfterMs, leftMs ?? lookAfterMs);
    return { complete, stopReason: stop, calls, retryAfterMs, parked: 'open' };
  }
  const stopReason = complete ? stop : `${stop}${late}`;
  const ended = { next: null, skipped: plan.skipped, complete, waits: false, stop: stopReason } as const;
  await finishRun(deps, request, ended, asked);
  const retryAfterMs =
    underWay.size === 0 ? round.retryAfterMs : Math.max(round.retryAfterMs ?? 0, LATE_RETRY_MS);
  if (lookAfterMs !== null)
    return { complete, stopReason, calls, retryAfterMs: lookAfterMs, parked: 'ended' };
  return { complete, stopReason, calls, retryAfterMs: complete ? null : retryAfterMs, parked: null };
}

/** Resolves with the first of them, or after that time; rejects if the first one does. */
async function firstOf(calls: readonly Promise<void>[], mostMs: number): Promise<void> {
  if (!Number.isFinite(mostMs)) return Promise.race(calls);
  const timer = new AbortController();
  try {
    await Promise.race([
      ...calls,
      sleep(Math.max(1, Math.ceil(mostMs)), undefined, { signal: timer.signal }),
    ]);
  } finally {
    timer.abort();
  }
}

async function beginRun(deps: WaterfallDeps, request: RunRequest): Promise<void> {
  const now = deps.clock.now();
  await deps.store.inWorkspace(request.workspaceId, async (tx) => {
    const version = await publishedDocument(tx, 'waterfall');
    await tx.rows(sql.startRun, request.runId, request.personId, request.leadId, version.versionId, now);
    const mine = (await tx.rows(sql.readCalls, request.personId)).filter(
      (call) => call.runId === request.runId && call.state === 'reserved' && !call.parked,
    );
    // Whoever reserved these is gone: only one runner works on a run at a time.
    if (mine.length > 0)
      await markInterrupted(
        tx,
        mine.map((call) => call.ledgerId),
        now,
      );
  });
}

async function finishRun(
  deps: WaterfallDeps,
  request: RunRequest,
  plan: Extract<Prepared['plan'], { next: null }>,
  asked: ReadonlySet<string>,
): Promise<void> {
  const now = deps.clock.now();
  await deps.store.inWorkspace(request.workspaceId, async (tx) => {
    const ended = await tx.rows(
      sql.endRun,
      request.runId,
      plan.complete ? 'finished' : 'stopped',
      plan.stop,
      now,
    );
    // A run whose end was told already was only asked for again.
    if (ended.length === 0) return;
    // What was asked in this run is in the trace already.
    for (const skip of plan.skipped.filter((one) => !asked.has(`${one.provider}/${one.capability}`))) {
      await tx.rows(
        sql.insertStep,
        newId(now),
        request.runId,
        skip.provider,
        skip.capability,
        [],
        'skipped',
        skip.reason,
        '',
        null,
        now,
      );
    }
    await tx.rows(sql.insertStep, newId(now), request.runId, '', '', [], 'stopped', plan.stop, '', null, now);
  });
}
