import { proxyActivities, sleep, uuid4 } from '@temporalio/workflow';

import type { createEnrichContactActivities, EnrichContactInput } from './activities.ts';

const { runWaterfall } = proxyActivities<ReturnType<typeof createEnrichContactActivities>>({
  // Longest vendor time-out is 45 s; a run is a handful of calls.
  startToCloseTimeout: '10m',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

const MOST_ROUNDS = 4;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Runs a person's waterfall; providers that could not answer just now are asked again in a later round, a few times. */
export async function enrichContact(
  input: EnrichContactInput,
): Promise<{ complete: boolean; stopReason: string }> {
  for (let round = 1; ; round += 1) {
    const { complete, stopReason, retryAfterMs } = await runWaterfall({
      ...input,
      runId: round === 1 ? input.runId : uuid4(),
    });
    if (complete || retryAfterMs === null || round >= MOST_ROUNDS) return { complete, stopReason };
    await sleep(Math.min(retryAfterMs * 2 ** (round - 1), LONGEST_WAIT_MS));
  }
}
