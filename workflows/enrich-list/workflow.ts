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

const LONGEST_WAIT_MS = 15 * 60_000;
/** A chunk that may go on so soon does not wait for the others. */
const SOON_MS = 60_000;
/** Keeps the history of one round short. */
const MOST_RETURNS = 400;

/**
 * Works a run chunk by chunk until it is finished, paused or cancelled. It ends when it is halted: whoever resumes the run starts it
 * again, and the sweep starts what stands still.
 */
export async function enrichList(input: EnrichListInput): Promise<void> {
  const { chunks, atOnce, halted } = await openListWork(input);
  if (halted) return;
  const queue = chunks.map((chunk) => ({ chunk, notBeforeMs: 0 }));
  let stop = false;
  let waitMs: number | null = null;
  let returns = 0;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next && !stop; next = queue.shift()) {
      const aheadMs = next.notBeforeMs - Date.now();
      if (aheadMs > 0) await sleep(aheadMs);
      const { chunk } = next;
      const { state, retryAfterMs } = await runChunk({ ...input, chunk });
      if (state === 'halted') stop = true;
      if (retryAfterMs === null) continue;
      // What providers could not answer is asked again after the time they named: here, or in a later round.
      returns += 1;
      if (retryAfterMs <= SOON_MS && returns < MOST_RETURNS)
        queue.push({ chunk, notBeforeMs: Date.now() + retryAfterMs });
      else waitMs = Math.max(waitMs ?? 0, retryAfterMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (!stop && waitMs !== null) await sleep(Math.min(waitMs, LONGEST_WAIT_MS));
  if (!stop) await continueAsNew<typeof enrichList>(input);
}
