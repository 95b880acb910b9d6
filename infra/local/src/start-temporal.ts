import { connect } from 'node:net';
import { join } from 'node:path';

import { SetupError } from './setup-error.ts';
import { TEMPORAL_NAMESPACE } from './service-environment.ts';
import { supervise, type Watchers } from './supervisor.ts';
import type { TemporalBinaries } from './temporal-binary.ts';
import { ensureNamespace } from './temporal-namespace.ts';
import { prepareTemporalSchema, temporalServer } from './temporal-server.ts';

/** Starts a Temporal server on the databases `temporal` and `temporal_visibility` of `adminUrl`'s server. */
export async function startOwnTemporal(options: {
  dataDir: string;
  logDir: string;
  frontendPort: number;
  adminUrl: string;
  password: string;
  binaries: TemporalBinaries;
  watchers?: Watchers;
}): Promise<void> {
  const { hostname, port } = new URL(options.adminUrl);
  const settings = {
    folder: join(options.dataDir, 'temporal'),
    database: { host: hostname, port: port || '5432', user: 'temporal', password: options.password },
    binaries: options.binaries,
    logFile: join(options.logDir, 'temporal.log'),
    frontendPort: options.frontendPort,
  };
  await prepareTemporalSchema(settings);
  const server = await temporalServer(settings);
  await supervise(server.component, options.watchers).start();
  await ensureNamespace(server.httpUrl, TEMPORAL_NAMESPACE);
}

/**
 * Checks that something listens at the given address.
 * @throws SetupError `temporal_unavailable` otherwise.
 */
export async function assertGivenTemporal(address: string): Promise<void> {
  const [host = '', port = ''] = address.split(':');
  if (await accepts(host, Number(port))) return;
  throw new SetupError(
    'temporal_unavailable',
    `Nothing answers at TEMPORAL_ADDRESS=${address} (host:port). Start that server (it needs the namespace ` +
      `"${TEMPORAL_NAMESPACE}"), correct the address, or unset TEMPORAL_ADDRESS to let Penstock run one.`,
  );
}

/** True if a TCP connection is accepted within three seconds. */
export function accepts(host: string, port: number): Promise<boolean> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    const answer = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
  });
}
