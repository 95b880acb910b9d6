import { continueAsNew, proxyActivities, proxyLocalActivities, sleep } from '@temporalio/workflow';

import type { createEnrichListActivities, EnrichListInput } from './activities.ts';

type Activities = ReturnType<typeof createEnrichListActivities>;
const { openListWork } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});
const { runChunk } = proxyActivities<Activities>({
  // A chunk is a few levels of calls; the longest vendor time-out is 45 s.
  startToCloseTimeout: '1h',
  heartbeatTimeout: '10s',
  // A chunk that lost its worker goes on soon, also the fifth time.
  retry: { initialInterval: '1s', maximumInterval: '5s' },
});

/** So many chunks are under way at once: while one waits for its commit, others wait for vendors. */
const CHUNKS_AT_ONCE = 4;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * Works a run chunk by chunk until it is finished, paused or cancelled. It ends when it is halted: whoever resumes the run starts it
 * again, and the sweep starts what stands still.
 */
export async function enrichList(input: EnrichListInput): Promise<void> {
  const { chunks, halted } = await openListWork(input);
  if (halted) return;
  let stop = false;
  let waitMs: number | null = null;
  const queue = chunks.values();
  const work = async (): Promise<void> => {
    for (const chunk of queue) {
      if (stop) return;
      const outcome = await runChunk({ ...input, chunk });
      if (outcome.state === 'halted') stop = true;
      if (outcome.retryAfterMs !== null) waitMs = Math.max(waitMs ?? 0, outcome.retryAfterMs);
    }
  };
  await Promise.all(Array.from({ length: CHUNKS_AT_ONCE }, work));
  // What providers could not answer is asked again after the time they named, in a later round.
  if (!stop && waitMs !== null) await sleep(Math.min(waitMs, LONGEST_WAIT_MS));
  if (!stop) await continueAsNew<typeof enrichList>(input);
}
