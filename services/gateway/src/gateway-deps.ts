import type { Configuration } from '@penstock/config/environment';
import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';
import type { Logger } from '@penstock/telemetry/logger';
import type { Metrics } from '@penstock/telemetry/metrics';
import type { Client } from '@temporalio/client';

import type { VendorSender } from './vendor-sender.ts';
import type { AuthStore } from './auth/auth-store.ts';

/** What the gateway is built from; tests give their own clock and a Temporal that may be down. */
export type GatewayDeps = {
  config: Configuration;
  store: Store;
  clock: Clock;
  auth: AuthStore;
  temporal: Client;
  /** The way out to vendors, for what a person asks by hand. */
  vendors: VendorSender;
  log: Logger;
  metrics: Metrics;
};

/** What operations are made of. */
export type OperationDeps = Pick<GatewayDeps, 'config' | 'auth' | 'temporal' | 'log' | 'store' | 'vendors'>;
