import { publishedServers } from './test-environment.ts';
import { startTestServers } from './test-servers.ts';

/** For a vitest project that needs Postgres: starts it, unless the runner has done so for the whole run. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (publishedServers()) return undefined;
  const servers = await startTestServers({ temporal: false });
  return servers.stop;
}
