import type { Configuration } from '@penstock/config/environment';
import type { LateCalls } from '@penstock/enrichment/late-calls';
import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';
import type { Logger } from '@penstock/telemetry/logger';
import type { Client } from '@temporalio/client';

import type { OutsideWorld } from './outside-world.ts';

/** What every slice's activities are built from. */
export type WorkerDeps = {
  config: Configuration;
  store: Store;
  clock: Clock;
  outside: OutsideWorld;
  late: LateCalls;
  client: Client;
  log: Logger;
};
