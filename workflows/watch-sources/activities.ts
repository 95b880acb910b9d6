import { heartbeat } from '@temporalio/activity';

export type PollDueResult = { polled: number; nextDueInMs: number };
export type WatchSourcesDeps = { pollDue: (shard: number, heartbeat: () => void) => Promise<PollDueResult> };

export function createWatchSourcesActivities(deps: WatchSourcesDeps) {
  return {
    /** Looks at every watch of the shard that is due. Idempotent: items are settled once. */
    pollDue: ({ shard }: { shard: number }): Promise<PollDueResult> => deps.pollDue(shard, () => heartbeat()),
  };
}
