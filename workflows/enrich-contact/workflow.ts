import { patched, proxyActivities, proxyLocalActivities, sleep, uuid4 } from '@temporalio/workflow';

import type { createEnrichContactActivities, EnrichContactInput } from './activities.ts';

type Activities = ReturnType<typeof createEnrichContactActivities>;

/**
 * Local: the worker that has the workflow does the work, without a round through the server. A lead that its worker dies with is taken up
 * once the time of the workflow task is over (`ENRICH_CONTACT_TASK`); as long as the worker lives it prolongs the task.
 */
const { runHere } = proxyLocalActivities<Activities>({
  // Longest vendor time-out is 45 s; a run is a handful of calls.
  startToCloseTimeout: '10m',
  localRetryThreshold: '1m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});
const { runWaterfall } = proxyActivities<Activities>({
  // Longest vendor time-out is 45 s; a run is a handful of calls.
  startToCloseTimeout: '10m',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

const MOST_ROUNDS = 4;
const LONGEST_WAIT_MS = 15 * 60_000;
/** A vendor that answers later is waited for until its ticket is given up; this only bounds the history. */
const MOST_WAITS = 200;

/**
 * Runs a person's waterfall; providers that could not answer just now are asked again in a later round, a few times. While vendors that
 * answer later have not yet, the run is parked and looked at again.
 */
export async function enrichContact(
  input: EnrichContactInput,
): Promise<{ complete: boolean; stopReason: string }> {
  const look = patched('runs where it is') ? runHere : runWaterfall;
  let run = input;
  let round = 1;
  for (let waits = 0; ;) {
    const { complete, stopReason, retryAfterMs, parked, late } = await look(run);
    if (complete || retryAfterMs === null) return { complete, stopReason };
    if (parked && waits < MOST_WAITS) {
      waits += 1;
      await sleep(Math.min(retryAfterMs, LONGEST_WAIT_MS));
      if (parked === 'ended') run = { ...run, runId: uuid4(), late: true };
      continue;
    }
    if (round >= MOST_ROUNDS) return { complete, stopReason };
    await sleep(Math.min(retryAfterMs * 2 ** (round - 1), LONGEST_WAIT_MS));
    round += 1;
    // Nobody waits any longer: no second deadline, and no race for it.
    run = { ...run, runId: uuid4(), ...(late === true && { late }) };
  }
}
