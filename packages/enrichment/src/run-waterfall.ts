import { newId } from '@penstock/kernel/ids';
import { publishedDocument } from '@penstock/workspace/documents';

import { callStep } from './call-provider.ts';
import { markInterrupted } from './ledger.ts';
import { prepareStep } from './prepare-step.ts';
import * as sql from './run-statements.ts';
import type { Prepared, RunRequest, WaterfallDeps } from './waterfall-run.ts';

export type RunResult = {
  complete: boolean;
  stopReason: string;
  calls: number;
  /** Set if a provider could not answer just now and asking again later may help. */
  retryAfterMs: number | null;
};

/**
 * Runs a person's waterfall to its end. Each paid call is in the ledger before it is made and settled with its observations in one
 * transaction after it; a run that was interrupted goes on from the ledger and never repeats a call that may have been charged.
 */
export async function runWaterfall(deps: WaterfallDeps, request: RunRequest): Promise<RunResult> {
  await beginRun(deps, request);
  const failed = new Set<string>();
  const asked = new Set<string>();
  let calls = 0;
  let retryAfterMs: number | null = null;
  for (;;) {
    const prepared = await prepareStep(deps, request, failed);
    if (prepared === null)
      return { complete: false, stopReason: 'not to be looked up', calls, retryAfterMs: null };
    const { next } = prepared.plan;
    if (next === null) {
      await finishRun(deps, request, prepared.plan, asked);
      const { stop: stopReason, complete } = prepared.plan;
      return { complete, stopReason, calls, retryAfterMs: complete ? null : retryAfterMs };
    }
    asked.add(`${next.provider}/${next.capability.id}`);
    const outcome = await callStep(deps, request, prepared, next);
    calls += 1;
    if (outcome.state === 'failed') {
      failed.add(`${next.provider}/${next.capability.id}`);
      if (outcome.retryAfterMs === null) continue;
      retryAfterMs = Math.max(retryAfterMs ?? 0, outcome.retryAfterMs);
      if (prepared.waterfall.whenLimited !== 'wait') continue;
      const stop = `waits for ${next.provider}`;
      await finishRun(deps, request, { ...prepared.plan, next: null, complete: false, stop }, asked);
      return { complete: false, stopReason: stop, calls, retryAfterMs };
    }
  }
}

async function beginRun(deps: WaterfallDeps, request: RunRequest): Promise<void> {
  const now = deps.clock.now();
  await deps.store.inWorkspace(request.workspaceId, async (tx) => {
    const version = await publishedDocument(tx, 'waterfall');
    await tx.rows(sql.startRun, request.runId, request.personId, request.leadId, version.versionId, now);
    const mine = (await tx.rows(sql.readCalls, request.personId)).filter(
      (call) => call.runId === request.runId && call.state === 'reserved',
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
