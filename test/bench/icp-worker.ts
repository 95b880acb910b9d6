import { setPriority } from 'node:os';

import { systemClock } from '@penstock/kernel/clock';
import { workIcpBuilds } from '@penstock/scoring/work-icp-builds';
import { openStore } from '@penstock/store/store';

// A process of its own: what a worker does about profiles that are being published, until its parent lets go.

setPriority(5);
const store = openStore({
  appUrl: process.env['BENCH_APP_URL'] ?? '',
  dueUrl: process.env['BENCH_DUE_URL'] ?? '',
  maxConnections: 4,
  applicationName: 'bench icp',
});
let stopped = false;
process.once('disconnect', () => (stopped = true));
while (!stopped)
  if ((await workIcpBuilds({ store, clock: systemClock })) === undefined)
    await new Promise((resolve) => setTimeout(resolve, 200));
await store.close();
