import { readConfiguration, type Configuration } from '@penstock/config/environment';
import { createSandbox, type Sandbox, type SandboxOptions } from '@penstock/sandbox/create-sandbox';
import { openOutsideWorld, type OutsideWorld } from '@penstock/worker/outside-world';

import { SECRET_KEY, type WorkspaceFixture } from './workspace-fixture.ts';

export type OutsideFixture = AsyncDisposable & { sandbox: Sandbox; outside: OutsideWorld };

/** Configuration of a worker on a test's database, with the simulators as its outside world. */
export function workerConfiguration(
  fixture: WorkspaceFixture,
  sandbox: Sandbox,
  more: Record<string, string> = {},
): Configuration {
  const { urls } = fixture.database;
  return readConfiguration({
    PENSTOCK_APP_DATABASE_URL: urls.app,
    PENSTOCK_DUE_DATABASE_URL: urls.due,
    PENSTOCK_AUTH_DATABASE_URL: urls.auth,
    PENSTOCK_TEMPORAL_ADDRESS: '127.0.0.1:1',
    PENSTOCK_SECRET_KEY: SECRET_KEY.toString('base64'),
    PENSTOCK_AUTH_SECRET: 'not used by these tests, but long enough',
    PENSTOCK_PUBLIC_URL: 'http://127.0.0.1:4100',
    PENSTOCK_SANDBOX_URL: sandbox.url,
    PENSTOCK_SANDBOX_SMTP_PORT: new URL(sandbox.smtpUrl).port,
    PENSTOCK_LOG_LEVEL: 'silent',
    ...more,
  });
}

/** The simulators in this process, and the product's own way out to them. */
export async function outsideFixture(
  fixture: WorkspaceFixture,
  options: SandboxOptions = {},
): Promise<OutsideFixture> {
  const sandbox = await createSandbox({ delayMs: [0, 0], clock: fixture.clock, ...options });
  const outside = openOutsideWorld(workerConfiguration(fixture, sandbox), fixture.store);
  return {
    sandbox,
    outside,
    async [Symbol.asyncDispose]() {
      await outside.close();
      await sandbox.close();
    },
  };
}
