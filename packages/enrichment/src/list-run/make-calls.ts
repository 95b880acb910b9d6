import { one } from '@penstock/store/tx';

import { askProvider, LIST_PATIENCE } from '../ask-provider.ts';
import type { WaterfallDeps } from '../waterfall-run.ts';
import { inParallel } from './call-in-parallel.ts';
import * as sql from './list-run-statements.ts';
import type { ReservedCall } from './reserve-level.ts';
import type { AnsweredCall } from './settle-level.ts';

/** Calls of one chunk that are under way at the same time; several chunks share the connections of the way out. */
const CALLS_AT_ONCE = 32;
const LOOK_EVERY_MS = 1_000;
/** What still waits for its turn then is planned anew later: nobody's money is held for hours. */
const LEVEL_MS = 2 * 60_000;

/** Makes the calls of a level side by side. Once the run is paused or stopped, those that still wait for their turn are not made. */
export async function makeCalls(
  deps: WaterfallDeps,
  request: { workspaceId: string; runId: string },
  calls: readonly ReservedCall[],
): Promise<AnsweredCall[]> {
  const controller = new AbortController();
  const watch = watchPermission(deps, request, controller);
  const timer = setTimeout(() => controller.abort(), LEVEL_MS);
  try {
    return await inParallel(calls, CALLS_AT_ONCE, async (call) => {
      const adapter = deps.adapters.get(call.next.provider);
      if (!adapter) throw new Error(`no adapter ${call.next.provider}`);
      const { credential, known } = call;
      const asked = { adapter, credential, capability: call.next.capability, known };
      const held = call.held ? call.ledgerId : null;
      const caller = { patience: LIST_PATIENCE, urgent: false, held, signal: controller.signal };
      return { call, ...(await askProvider(deps, request, asked, caller)) };
    });
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
