import { readConfiguration } from '@penstock/config/environment';
import { createCallGate } from '@penstock/enrichment/call-gate/call-gate';
import { createLateCalls } from '@penstock/enrichment/late-calls';
import { runChunk } from '@penstock/enrichment/list-run/run-chunk';
import { systemClock } from '@penstock/kernel/clock';
import { leadMagic } from '@penstock/providers/leadmagic/adapter';
import { zeroBounce } from '@penstock/providers/zerobounce/adapter';
import { refreshScores } from '@penstock/scoring/rescore';
import { openStore } from '@penstock/store/store';
import { openVendors } from '@penstock/worker/open-vendors';

// Works one chunk of a list as a worker does, in a process that a fault point of its environment kills on the way.

const config = readConfiguration(process.env);
const [workspaceId = '', runId = '', chunk = ''] = process.argv.slice(2);
const store = openStore({
  appUrl: config.PENSTOCK_APP_DATABASE_URL,
  dueUrl: config.PENSTOCK_DUE_DATABASE_URL,
  applicationName: 'chunk runner',
});
const vendors = openVendors(config, store);
const deps = {
  store,
  clock: systemClock,
  // Those that the run asks: to load all of them takes longer than the chunk.
  adapters: new Map([leadMagic, zeroBounce].map((adapter) => [adapter.manifest.id, adapter])),
  describe: () => {
    throw new Error('no step of this version is of a described provider');
  },
  gate: createCallGate(store, systemClock),
  send: vendors.send,
  openWebOf: () => {
    throw new Error('no step of this version asks the open web');
  },
  callbackUrlOf: () => Promise.resolve(null),
  late: createLateCalls((error) => {
    throw error;
  }),
  onAccountFacts: refreshScores,
};
await runChunk(deps, { workspaceId, runId, chunk: Number(chunk) });
await vendors.http.close();
await store.close();
