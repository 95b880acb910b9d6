import { whileAlive } from '../while-alive.ts';

export type PollDueResult = { polled: number; nextDueInMs: number };
export type WatchSourcesDeps = { pollDue: (shard: number) => Promise<PollDueResult> };

export function createWatchSourcesActivities(deps: WatchSourcesDeps) {
  return {
    /** Looks at every watch of the shard that is due. Idempotent: items are settled once. */
    pollDue: ({ shard }: { shard: number }): Promise<PollDueResult> => whileAlive(() => deps.pollDue(shard)),
  };
}
