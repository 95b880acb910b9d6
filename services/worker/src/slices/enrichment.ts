import { runWaterfall } from '@penstock/enrichment/run-waterfall';
import { providerAdapters } from '@penstock/providers/registry';
import { refreshScores } from '@penstock/scoring/rescore';
import { createEnrichContactActivities } from '@penstock/workflows/enrich-contact/activities';

import type { WorkerDeps } from '../worker-deps.ts';

export function enrichmentActivities({ store, clock, outside }: WorkerDeps) {
  return createEnrichContactActivities({
    runWaterfall: (run) =>
      runWaterfall(
        {
          store,
          clock,
          adapters: providerAdapters,
          send: outside.sendToProvider,
          openWebOf: outside.openWebOf,
          onAccountFacts: refreshScores,
        },
        run,
      ),
  });
}
