import { one } from '@penstock/store/tx';

import { LIST_PATIENCE } from '../ask-provider.ts';
import type { WaterfallDeps } from '../waterfall-run.ts';
import { askUnit, type UnitAnswers } from './ask-unit.ts';
import { inParallel } from './call-in-parallel.ts';
import type { CallUnit } from './call-units.ts';
import * as sql from './list-run-statements.ts';
import type { AnsweredCall, ParkedCall } from './settle-level.ts';

/** Calls of one chunk that are under way at the same time; several chunks share the connections of the way out. */
const CALLS_AT_ONCE = 32;
const LOOK_EVERY_MS = 1_000;
/** What still waits for its turn then is planned anew later: nobody's money is held for hours. */
const LEVEL_MS = 2 * 60_000;

/** Answers exist only in this process until they are settled: not for longer than this, and shorter where slots make a level slow anyway. */
const SETTLE_EVERY_MS = 2_000;
const SETTLE_PACED_EVERY_MS = 400;

/**
 * Makes the calls of a level side by side. Once the run is paused, or this worker is being stopped, those that still wait for their turn are not made. Of a level
 * that takes long, `settle` is given what was answered so far; the last answers are returned, and what vendors answer later.
 */
export async function makeCalls(
  deps: WaterfallDeps,
  request: { workspaceId: string; runId: string; stopping: AbortSignal | undefined },
  units: readonly CallUnit[],
  settle: (answered: readonly AnsweredCall[]) => Promise<void>,
): Promise<UnitAnswers> {
  const controller = new AbortController();
  const { stopping } = request;
  const signal = stopping ? AbortSignal.any([stopping, controller.signal]) : controller.signal;
  const watch = watchPermission(deps, request, controller);
  const timer = setTimeout(() => controller.abort(), LEVEL_MS);
  const settleEveryMs = units.some(({ calls }) => calls.some(({ held }) => held))
    ? SETTLE_PACED_EVERY_MS
    : SETTLE_EVERY_MS;
  let answered: AnsweredCall[] = [];
  const parked: ParkedCall[] = [];
  let settledMs = performance.now();
  let settling: Promise<unknown> = Promise.resolve();
  const settleSoFar = (): void => {
    const batch = answered;
    answered = [];
    settledMs = Number.POSITIVE_INFINITY;
    settling = settle(batch).then(
      () => {
        settledMs = performance.now();
      },
      (error: unknown) => {
        controller.abort();
        return error;
      },
    );
  };
  try {
    await inParallel(units, CALLS_AT_ONCE, async (unit) => {
      const caller = { patience: LIST_PATIENCE, urgent: false, signal };
      const made = await askUnit(deps, request, unit, caller);
      answered.push(...made.answered);
      parked.push(...made.parked);
      if (answered.length > 0 && performance.now() - settledMs > settleEveryMs) settleSoFar();
    });
    const failure = await settling;
    if (failure !== undefined) throw failure;
    return { answered, parked };
  } finally {
    clearInterval(watch);
    clearTimeout(timer);
  }
}

function watchPermission(
  { store }: WaterfallDeps,
  { workspaceId, runId }: { workspaceId: string; runId: string },
  controller: AbortController,
): NodeJS.Timeout {
  return setInterval(() => {
    store
      .inWorkspace(workspaceId, (tx) => one(tx, sql.readPermission, runId))
      .then(({ state, stopped }) => {
        if (state !== 'running' || stopped) controller.abort();
      })
      // The next look tells; the calls themselves don't depend on it.
      .catch(() => undefined);
  }, LOOK_EVERY_MS);
}
