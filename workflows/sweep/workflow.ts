import { proxyLocalActivities } from '@temporalio/workflow';

import type { createSweepActivities, SweepReport } from './activities.ts';

const { sweep: sweepOnce } = proxyLocalActivities<ReturnType<typeof createSweepActivities>>({
  startToCloseTimeout: '30s',
  retry: { maximumAttempts: 2 },
});

/** Started by a schedule; the next run comes soon, so a failed one is not repeated for long. */
export function sweep(): Promise<SweepReport> {
  return sweepOnce();
}
