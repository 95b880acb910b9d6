import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import type { DatabaseUrls } from '@penstock/infra-local/database-roles';
import { startInstance } from '@penstock/infra-local/instance';
import type { Instance, InstanceOptions } from '@penstock/infra-local/instance-options';
import { installedBinaries } from '@penstock/infra-local/postgres-binaries';

import { publishServers, type TestServers } from './test-environment.ts';

export type RunningServers = TestServers & { stop(): Promise<void> };

/** What a crash of the machine would lose does not matter to tests. */
const QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '250' };

const OLD_MAJOR = 15;

/**
 * Starts what tests share, on free ports: a migrated Postgres 18, the oldest supported one if it is installed,
 * and Temporal if asked for. Tests find them through the environment.
 */
export async function startTestServers(wanted: {
  temporal: boolean;
  onStep?: InstanceOptions['onStep'];
}): Promise<RunningServers> {
  const onStep = wanted.onStep ?? (() => {});
  await using stack = new AsyncDisposableStack();
  const main = stack.use(
    await startInstance({ ...(await throwAway('tests')), temporal: wanted.temporal, onStep }),
  );
  const old = stack.use(await startOldPostgres());
  const servers: TestServers = {
    databases: { 18: main.databaseUrls, ...(old && { [OLD_MAJOR]: old.databaseUrls }) } as Record<
      string,
      DatabaseUrls
    >,
    temporalAddress: main.temporalAddress,
    temporalNamespace: main.temporalNamespace,
  };
  publishServers(servers);
  const kept = stack.move();
  return { ...servers, stop: () => kept.disposeAsync() };
}

async function startOldPostgres(): Promise<Instance | undefined> {
  if (!installedBinaries(OLD_MAJOR)) return undefined;
  return startInstance({ ...(await throwAway('tests-15')), temporal: false, postgresMajor: OLD_MAJOR });
}

async function throwAway(label: string): Promise<InstanceOptions> {
  return {
    dataDir: await throwAwayDataDir(label),
    label,
    services: [],
    seed: false,
    postgresSettings: QUICK,
  };
}
