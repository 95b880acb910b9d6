import { migrate } from '@penstock/store/migrate';

import { databaseUrls, ensureRolesAndDatabases, type DatabaseUrls } from './database-roles.ts';
import type { InstanceOptions, PortName, Seeded, ServiceName } from './instance-options.ts';
import type { Secrets } from './secrets.ts';
import { seedSandbox } from './seed.ts';
import { serviceEnvironment } from './service-environment.ts';
import { serviceComponent } from './services.ts';
import { reasonOf, SetupError } from './setup-error.ts';
import { startEmbeddedPostgres, assertGivenPostgres } from './start-postgres.ts';
import { startOwnTemporal, assertGivenTemporal } from './start-temporal.ts';
import type { Step } from './step.ts';
import { supervise, type Watchers } from './supervisor.ts';
import { findTemporal, type TemporalBinaries } from './temporal-binary.ts';

export type BringUp = {
  options: InstanceOptions;
  ports: Record<PortName, number>;
  logDir: string;
  secrets: Secrets;
  step: Step;
  watchers: Watchers;
};

export type Running = {
  urls: DatabaseUrls;
  temporalAddress: string;
  environment: Record<string, string>;
  seeded: Seeded | undefined;
};

/** Starts the parts, side by side where one does not need the other. Ends nothing if one fails: its caller does. */
export async function bringUp(work: BringUp): Promise<Running> {
  const { options, ports, secrets } = work;
  const binaries = wantsOwnTemporal(options)
    ? work.step('Temporal binaries', findTemporal)
    : Promise.resolve(undefined);
  binaries.catch(() => {}); // awaited below, unless Postgres fails first
  const urls = databaseUrls(await startPostgres(work), secrets);
  const temporalAddress = temporalAddressOf(options, ports);
  const environment = serviceEnvironment({
    dataDir: options.dataDir,
    ports,
    urls,
    temporalAddress,
    secrets,
    sandbox: options.services.includes('sandbox'),
    extra: options.extraEnvironment ?? {},
  });

  const temporal = startTemporal(work, urls.admin, binaries);
  const sandbox = startService(work, 'sandbox', environment);
  const seeded = prepareSchema(work, urls).then(() => seed(work, environment));
  const gateway = seeded.then(() => startService(work, 'gateway', environment));
  const worker = Promise.all([seeded, temporal]).then(() => startWorkers(work, environment));
  await Promise.all([temporal, sandbox, seeded, gateway, worker]);
  return { urls, temporalAddress, environment, seeded: await seeded };
}

function wantsOwnTemporal(options: InstanceOptions): boolean {
  return options.temporal !== false && !options.temporalAddress;
}

function temporalAddressOf(options: InstanceOptions, ports: Record<PortName, number>): string {
  if (options.temporal === false) return '';
  return options.temporalAddress || `127.0.0.1:${ports.temporal}`;
}

async function startPostgres(work: BringUp): Promise<string> {
  const { options, ports, logDir, secrets, watchers } = work;
  const { databaseUrl } = options;
  return work.step(databaseUrl ? 'Postgres (DATABASE_URL)' : 'Postgres 18 (embedded)', async (note) => {
    if (databaseUrl) await assertGivenPostgres(databaseUrl);
    const adminUrl =
      databaseUrl ||
      (await startEmbeddedPostgres({
        dataDir: options.dataDir,
        logDir,
        port: ports.postgres,
        password: secrets.postgresPassword,
        major: options.postgresMajor,
        settings: options.postgresSettings,
        watchers,
        note,
      }));
    await ensureRolesAndDatabases(adminUrl, secrets);
    return adminUrl;
  });
}

async function startTemporal(
  work: BringUp,
  adminUrl: string,
  binaries: Promise<TemporalBinaries | undefined>,
): Promise<void> {
  const { options, ports, logDir, secrets, watchers } = work;
  if (options.temporalAddress) return assertGivenTemporal(options.temporalAddress);
  const found = await binaries;
  if (!found) return;
  await work.step('Temporal server', () =>
    startOwnTemporal({
      dataDir: options.dataDir,
      logDir,
      frontendPort: ports.temporal,
      adminUrl,
      password: secrets.temporalPassword,
      binaries: found,
      watchers,
    }),
  );
}

async function prepareSchema(work: BringUp, urls: DatabaseUrls): Promise<void> {
  if (work.options.migrate === false) return;
  await work.step('database schema', async (note) => {
    const { applied } = await migrate({ url: urls.migrator }).catch(schemaRefused);
    if (applied.length > 0) note(`${applied.length} migrations applied`);
  });
}

function schemaRefused(cause: unknown): never {
  throw new SetupError(
    'component_failed',
    `The database could not be brought to the current schema: ${reasonOf(cause)} ` +
      'If its data may go, start over with: npm start -- --fresh',
    { cause },
  );
}

async function seed(work: BringUp, environment: Record<string, string>): Promise<Seeded | undefined> {
  if (!work.options.seed) return undefined;
  return work.step('sandbox workspace', () => seedSandbox(environment));
}

async function startService(
  work: BringUp,
  name: ServiceName,
  environment: Record<string, string>,
): Promise<void> {
  if (!work.options.services.includes(name)) return;
  await work.step(name, () =>
    supervise(serviceComponent(name, name, environment, work.logDir), work.watchers).start(),
  );
}

async function startWorkers(work: BringUp, environment: Record<string, string>): Promise<void> {
  await startService(work, 'worker', environment);
  for (let number = 2; number <= (work.options.workers ?? 1); number += 1) {
    const name = `worker-${number}`;
    await work.step(name, () =>
      supervise(serviceComponent('worker', name, environment, work.logDir), work.watchers).start(),
    );
  }
}
