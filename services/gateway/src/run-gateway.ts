import { serve } from '@hono/node-server';
import type { Configuration } from '@penstock/config/environment';
import { systemClock, type Clock } from '@penstock/kernel/clock';
import { openStore } from '@penstock/store/store';
import { createLogger } from '@penstock/telemetry/logger';
import { createMetrics } from '@penstock/telemetry/metrics';
import { openTemporalClient } from '@penstock/temporal/connect';

import { createApp } from './app.ts';
import { openAuthStore } from './auth/auth-store.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import { openVendorSender } from './vendor-sender.ts';
import { openLiveChannel } from './live/live-channel.ts';

export type RunningGateway = { port: number; stop: () => Promise<void> };

/** Builds what the gateway needs from its configuration. `close` ends all of it. */
export function openGatewayDeps(
  config: Configuration,
  clock: Clock = systemClock,
): { deps: GatewayDeps; close: () => Promise<void> } {
  const store = openStore({
    appUrl: config.PENSTOCK_APP_DATABASE_URL,
    dueUrl: config.PENSTOCK_DUE_DATABASE_URL,
    applicationName: 'penstock gateway',
  });
  const auth = openAuthStore({
    url: config.PENSTOCK_AUTH_DATABASE_URL,
    secret: config.PENSTOCK_AUTH_SECRET,
    publicUrl: config.PENSTOCK_PUBLIC_URL,
    now: () => clock.now(),
  });
  const temporal = openTemporalClient({
    address: config.PENSTOCK_TEMPORAL_ADDRESS,
    namespace: config.PENSTOCK_TEMPORAL_NAMESPACE,
    secretKey: config.PENSTOCK_SECRET_KEY,
  });
  const vendors = openVendorSender(config, store, clock);
  const log = createLogger({ service: 'gateway', level: config.PENSTOCK_LOG_LEVEL });
  return {
    deps: { config, store, clock, auth, temporal: temporal.client, vendors, log, metrics: createMetrics() },
    async close() {
      await Promise.all([vendors.close(), store.close(), auth.close(), temporal.close()]);
    },
  };
}

/** Serves until it is stopped; stopping lets running requests end. */
export async function runGateway(config: Configuration, clock: Clock = systemClock): Promise<RunningGateway> {
  const { deps, close } = openGatewayDeps(config, clock);
  const live = openLiveChannel(deps);
  const app = createApp(deps, live);
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>(
    (resolve, reject) => {
      const listening = serve(
        { fetch: app.fetch, hostname: config.PENSTOCK_GATEWAY_HOST, port: config.PENSTOCK_GATEWAY_PORT },
        (info) => resolve({ server: listening, port: info.port }),
      );
      listening.once('error', reject);
    },
  );
  deps.log.info({ port }, 'gateway serves');
  return {
    port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Live connections never end by themselves.
      setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2_000).unref();
      await closed;
      await live.close();
      await close();
    },
  };
}
