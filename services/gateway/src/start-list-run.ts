import { startEnrichList } from '@penstock/workflows/start-workflows';

import type { GatewayDeps } from './gateway-deps.ts';

/** Begins the durable work of a run beside the answer; what can't be started now, the sweep starts. */
export function startListRun(
  deps: Pick<GatewayDeps, 'temporal' | 'log'>,
  run: { workspaceId: string; runId: string },
): void {
  startEnrichList(deps.temporal, run).catch((error: unknown) => {
    deps.log.warn({ runId: run.runId, error }, 'durable work starts later');
  });
}
