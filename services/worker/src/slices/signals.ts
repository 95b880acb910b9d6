import { scoringPort } from '@penstock/scoring/rescore';
import { pollSource } from '@penstock/signals/poll-source';
import type { SourceRequest } from '@penstock/signals/source-port';
import { createWatchSourcesActivities } from '@penstock/workflows/watch-sources/activities';

import { spaced } from '../spaced.ts';
import type { WorkerDeps } from '../worker-deps.ts';

const BATCH = 20;
/** EDGAR allows ten requests a second over all machines of one requester; this keeps below with room to spare. */
const GAP_MS = 150;

export function signalsActivities({ store, clock, outside, log }: WorkerDeps) {
  const inTurn = spaced(GAP_MS);
  return createWatchSourcesActivities({
    async pollDue(shard) {
      const due = await store.dueWork.dueWatches(clock.now(), shard, BATCH);
      for (const watch of due) {
        const kind = await outside.kindOf(watch.workspaceId);
        const adapter = outside.sourceAdapters(kind).get(watch.source);
        if (!adapter) continue;
        const fetch = (request: SourceRequest) =>
          inTurn(() => outside.fetchFromSource(kind, adapter, request));
        const report = await pollSource({ store, clock, scoring: scoringPort, fetch }, adapter, watch);
        log.info({ source: watch.source, ...report }, 'source looked at');
      }
      const next = await store.dueWork.nextWatchAt(shard);
      const nextDueInMs = next === null ? 60_000 : Math.max(0, next.getTime() - clock.now().getTime());
      return { polled: due.length, nextDueInMs };
    },
  });
}
