import { createCallGate } from '@penstock/enrichment/call-gate/call-gate';
import { openListWork } from '@penstock/enrichment/list-run/open-list-work';
import { runChunk } from '@penstock/enrichment/list-run/run-chunk';
import { runWaterfall } from '@penstock/enrichment/run-waterfall';
import type { WaterfallDeps } from '@penstock/enrichment/waterfall-run';
import { providerCatalogue } from '@penstock/providers/registry';
import { refreshScores } from '@penstock/scoring/rescore';
import { createEnrichContactActivities } from '@penstock/workflows/enrich-contact/activities';
import { createEnrichListActivities } from '@penstock/workflows/enrich-list/activities';

import type { WorkerDeps } from '../worker-deps.ts';

/** What the waterfall runs on in this process: one gate for lists, inbound leads and tickets. */
export function waterfallDeps({ store, clock, outside, late }: WorkerDeps): WaterfallDeps {
  return {
    store,
    clock,
    ...providerCatalogue,
    gate: createCallGate(store, clock),
    send: outside.sendToProvider,
    openWebOf: outside.openWebOf,
    callbackUrlOf: outside.callbackUrlOf,
    late,
    onAccountFacts: refreshScores,
  };
}

export function enrichmentActivities({ store, clock }: WorkerDeps, deps: WaterfallDeps) {
  return {
    ...createEnrichContactActivities({ runWaterfall: (run) => runWaterfall(deps, run) }),
    ...createEnrichListActivities({
      openListWork: (run) => openListWork(store, run, clock.now()),
      runChunk: (chunk, stopping) => runChunk(deps, chunk, stopping),
    }),
  };
}
