import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import type { Instance } from '@penstock/infra-local/instance-options';
import { COLLECTION } from '@penstock/infra-local/services';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { idFromKey } from '@penstock/kernel/ids';
import { signalScore } from '@penstock/scoring/model/intent';
import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { NO_STANDING, priorityOf } from '@penstock/scoring/model/priority';
import { seedAccounts } from '@penstock/store/seed-accounts';

import { adminUrl } from '../walk/admin-url.ts';
import { benchReps } from './bench-reps.ts';
import { sayDatabaseSettings } from './intake.ts';

const SCORED_WITHIN_DAYS = 30;
export const WORKSPACE = idFromKey('penstock:sandbox');

/** A gateway over a seeded queue. */
export async function queueInstance(options: {
  accounts: number;
  openItems: number;
  say: (line: string) => void;
}): Promise<Instance> {
  const instance = await startInstance({
    dataDir: await throwAwayDataDir('bench-queue'),
    label: 'bench queue',
    services: ['sandbox', 'gateway'],
    temporal: false,
    seed: true,
    extraEnvironment: { PENSTOCK_LOG_LEVEL: 'warn' },
  });
  await sayDatabaseSettings(adminUrl(instance), options.say);
  await seedQueue(instance, options.accounts, options.openItems, options.say);
  return instance;
}

/** Cookies of signed-in people. */
export const reps = (instance: Instance, count: number, role: 'rep' | 'admin' = 'rep'): Promise<string[]> =>
  benchReps({
    adminUrl: adminUrl(instance),
    workspaceId: WORKSPACE,
    authSecret: instance.environment['PENSTOCK_AUTH_SECRET'] ?? '',
    count,
    role,
  });

/** Accounts and open items as a large customer has them. */
export async function seedQueue(
  instance: Instance,
  accounts: number,
  openItems: number,
  say: (line: string) => void,
): Promise<void> {
  const seeded = await seedAccounts({
    url: adminUrl(instance),
    workspaceId: WORKSPACE,
    count: accounts,
    now: new Date(),
    queueShare: openItems / accounts,
    scoredWithinDays: SCORED_WITHIN_DAYS,
    score: (masses, fit, at) => {
      const signal = signalScore(DEFAULT_INTENT_MODEL, masses, at);
      return {
        signal,
        priority: priorityOf(DEFAULT_INTENT_MODEL, { masses, fit, standing: NO_STANDING }, at),
      };
    },
  });
  const seconds = (seeded.durationMs / 1_000).toFixed(1);
  say(
    `seeded ${accounts.toLocaleString('en')} accounts, ${seeded.queueItems.toLocaleString('en')} open items in ${seconds} s`,
  );
}

/** The first column of a query, past row-level security. */
export const column = (instance: Instance, text: string): Promise<string[]> =>
  withConnection(adminUrl(instance), async (client) =>
    (await client.query<{ id: string }>(text)).rows.map((one) => one.id),
  );

export function startBare(instance: Instance, file: string): Promise<{ url: string; stop: () => void }> {
  const child = startProgram(file, {
    BARE_DATABASE_URL: instance.databaseUrls.app,
    BARE_WORKSPACE_ID: WORKSPACE,
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    // Safe: the handler sends nothing but its port.
    child.once('message', (message) =>
      done({
        url: `http://127.0.0.1:${(message as { port: number }).port}`,
        stop: () => child.disconnect(),
      }),
    );
  });
}

/** A program beside the services, which collects garbage as they do. */
export const startProgram = (file: string, environment: Record<string, string>): ChildProcess =>
  fork(resolve(import.meta.dirname, file), {
    execArgv: [...COLLECTION],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
