import { setTimeout as sleep } from 'node:timers/promises';

import { startAnswerLead } from '@penstock/workflows/start-workflows';

import type { GatewayDeps } from '../gateway-deps.ts';

const START_AFTER_MS = [0, 250, 1_000, 3_000];

/** Started beside the answer, never before it; what can't be started within a few seconds, the sweep starts. */
export function startLead(
  deps: Pick<GatewayDeps, 'temporal' | 'log'>,
  lead: { workspaceId: string; leadId: string },
): void {
  const attempt = async (): Promise<void> => {
    for (const [tried, waitMs] of START_AFTER_MS.entries()) {
      await sleep(waitMs, undefined, { ref: false });
      try {
        return await startAnswerLead(deps.temporal, lead);
      } catch (error) {
        if (tried < START_AFTER_MS.length - 1) continue;
        deps.log.warn({ leadId: lead.leadId, error }, 'durable work starts later');
      }
    }
  };
  void attempt();
}
