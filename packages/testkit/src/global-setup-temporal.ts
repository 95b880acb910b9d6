import { publishedServers } from './test-environment.ts';
import { startTestServers } from './test-servers.ts';

/** For a vitest project that needs Temporal and Postgres: starts them, unless the runner has done so for the whole run. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (publishedServers()?.temporalAddress) return undefined;
  const servers = await startTestServers({ temporal: true });
  return servers.stop;
}
