import type { DatabaseUrls } from '@penstock/infra-local/database-roles';
import { invariant } from '@penstock/kernel/invariant';

export type TestServers = {
  /** By major version of Postgres. */
  databases: Record<string, DatabaseUrls>;
  /** host:port; empty if no Temporal was started. */
  temporalAddress: string;
  temporalNamespace: string;
};

const VARIABLE = 'PENSTOCK_TEST_SERVERS';

/** Tells the processes that tests run in where the servers are. */
export function publishServers(servers: TestServers): void {
  process.env[VARIABLE] = JSON.stringify(servers);
}

/** The servers of this run, if somebody has started them. */
export function publishedServers(): TestServers | undefined {
  const text = process.env[VARIABLE];
  return text ? (JSON.parse(text) as TestServers) : undefined;
}

/** The servers of this run. */
export function testServers(): TestServers {
  const servers = publishedServers();
  invariant(servers, `${VARIABLE} is set: the vitest project needs testkit's global set-up`);
  return servers;
}
