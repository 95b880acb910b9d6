import { checkEmployment, employmentVendors } from '@penstock/enrichment/check-employment';
import { paidSourcesWithKey, watchCompany } from '@penstock/enrichment/watch-company';
import type { WaterfallDeps } from '@penstock/enrichment/waterfall-run';
import { scoringPort } from '@penstock/scoring/rescore';
import type { JobChangePort } from '@penstock/signals/champion-checks/job-change-port';
import { CHAMPIONS_SOURCE, pollChampions } from '@penstock/signals/champion-checks/poll-champions';

import type { PaidSignalPort } from '@penstock/signals/paid-signals/paid-signal-port';
import { PAID_SOURCE, pollPaid } from '@penstock/signals/paid-signals/poll-paid';

import type { WorkerDeps } from '../worker-deps.ts';

type Watch = { workspaceId: string; watchId: string; source: string };

/** Vendors are asked by enrichment, whose ledger pays. */
const jobChanges = (deps: WaterfallDeps): JobChangePort => ({
  vendors: (tx) => employmentVendors(tx, deps),
  check: (workspaceId, check, keep) => checkEmployment(deps, workspaceId, check, keep),
});

const companyNews = (deps: WaterfallDeps): PaidSignalPort => ({
  sources: (tx) => paidSourcesWithKey(tx, deps),
  look: (workspaceId, look, keep) => watchCompany(deps, workspaceId, look, keep),
});

/** Watches whose source is vendors that the workspace pays: how each is looked at. */
export function vendorLooks(
  { store, clock, log }: Pick<WorkerDeps, 'store' | 'clock' | 'log'>,
  enrichment: WaterfallDeps,
): Readonly<Partial<Record<string, (watch: Watch) => Promise<void>>>> {
  return {
    async [CHAMPIONS_SOURCE](watch) {
      const deps = { store, clock, scoring: scoringPort, jobs: jobChanges(enrichment) };
      const report = await pollChampions(deps, watch);
      log.info({ source: watch.source, ...report }, 'champions asked about');
    },
    async [PAID_SOURCE](watch) {
      const deps = { store, clock, scoring: scoringPort, vendors: companyNews(enrichment) };
      log.info({ source: watch.source, ...(await pollPaid(deps, watch)) }, 'paid sources asked');
    },
  };
}
