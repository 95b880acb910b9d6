import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';

import type { createWatchSourcesActivities } from './activities.ts';

const { pollDue } = proxyActivities<ReturnType<typeof createWatchSourcesActivities>>({
  startToCloseTimeout: '15m',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** A watch fell due earlier than planned. */
export const wakeSignal = defineSignal('wake');

const LONGEST_SLEEP_MS = 60_000;
const SHORTEST_SLEEP_MS = 500;
/** Keeps a history below some ten thousand events. */
const MOST_ROUNDS = 1_000;

/** Looks at the sources of one shard when they are due, for ever; due times live in Postgres. */
export async function watchSources({
  shard,
  rounds = MOST_ROUNDS,
}: {
  shard: number;
  rounds?: number;
}): Promise<void> {
  let woken = false;
  setHandler(wakeSignal, () => {
    woken = true;
  });
  for (let round = 0; round < rounds && !workflowInfo().continueAsNewSuggested; round += 1) {
    woken = false;
    const { nextDueInMs } = await pollDue({ shard });
    await condition(() => woken, Math.max(SHORTEST_SLEEP_MS, Math.min(nextDueInMs, LONGEST_SLEEP_MS)));
  }
  await continueAsNew<typeof watchSources>({ shard, rounds });
}
