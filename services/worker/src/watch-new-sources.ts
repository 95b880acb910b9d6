import { ensureWatches } from '@penstock/signals/ensure-watches';

import { CHAMPIONS_SOURCE } from '@penstock/signals/champion-checks/poll-champions';
import { PAID_SOURCE } from '@penstock/signals/paid-signals/poll-paid';
import { COMPANY_PRESS_SOURCE } from '@penstock/signals/poll-press';
import { DNS_SOURCE } from '@penstock/signals/poll-dns';
import { COMPANY_SITES_SOURCE } from '@penstock/signals/read-company-site';

import type { WorkerDeps } from './worker-deps.ts';

/** Lets every workspace watch the sources that came with this release. */
export async function watchNewSources({
  store,
  clock,
  outside,
  log,
}: Pick<WorkerDeps, 'store' | 'clock' | 'outside' | 'log'>): Promise<void> {
  const sources = [
    ...outside.sourceAdapters('real').keys(),
    DNS_SOURCE,
    CHAMPIONS_SOURCE,
    PAID_SOURCE,
    COMPANY_SITES_SOURCE,
  ];
  for (const { workspaceId } of await store.dueWork.workspaces()) {
    const made = await store.inWorkspace(workspaceId, async (tx) => [
      ...(await ensureWatches(tx, sources, clock.now())),
      ...(await ensureWatches(tx, [COMPANY_PRESS_SOURCE], clock.now(), false)),
    ]);
    if (made.length > 0) log.info({ workspaceId, sources: made }, 'sources are watched from now on');
  }
}
