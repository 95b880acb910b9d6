import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { bringUp, type Running } from './bring-up.ts';
import { gather, type Crew } from './crew.ts';
import { deleteData, isStartData, makeDataDir } from './data-folder.ts';
import { assertDiskSpace, explainDisk } from './disk-space.ts';
import { choosePorts } from './instance-ports.ts';
import type { Instance, InstanceOptions } from './instance-options.ts';
import { endOrphans, openRecord } from './instance-record.ts';
import { takeLock } from './lock.ts';
import { canConnect } from './postgres-connection.ts';
import { ownResidentBytes, residentBytes } from './process-table.ts';
import { loadSecrets } from './secrets.ts';
import { TEMPORAL_NAMESPACE } from './service-environment.ts';
import { SetupError } from './setup-error.ts';
import { accepts } from './start-temporal.ts';
import { stepper } from './step.ts';
import type { Supervised } from './supervisor.ts';

/**
 * Brings up a whole Penstock, or a part of it, on loopback: Postgres, Temporal, migrations, seed, services.
 * The same for `npm start`, tests, smoke, bench and chaos. Whatever has been started is ended again if it fails.
 * @throws SetupError with a sentence for the person at the terminal.
 */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { dataDir } = options;
  makeDataDir(dataDir);
  const lock = takeLock(dataDir);
  const record = openRecord(dataDir);
  const crew = gather(options, record);
  const stop = once(async () => {
    await crew.stop();
    record.clear();
    lock.release();
    if (!options.keep && !isStartData(dataDir)) deleteData(dataDir);
  });

  try {
    const instance = await abortable(options.signal, start(options, crew, stop));
    lock.announce(options.services.includes('gateway') ? `at ${instance.publicUrl}` : `for ${options.label}`);
    return instance;
  } catch (error) {
    await stop();
    throw explainDisk(error, dataDir);
  }
}

async function start(options: InstanceOptions, crew: Crew, stop: () => Promise<void>): Promise<Instance> {
  const { dataDir } = options;
  await assertDiskSpace(dataDir);
  await endOrphans(dataDir);
  const logDir = join(dataDir, 'logs');
  mkdirSync(logDir, { recursive: true });
  const ports = await choosePorts(options);
  const running = await bringUp({
    options,
    ports,
    logDir,
    secrets: loadSecrets(dataDir),
    step: stepper(options.onStep),
    watchers: crew.watchers,
  });
  return handle({ options, ports, logDir, running, started: crew.members, stop });
}

/** Settles with `work`, or rejects as soon as `signal` is aborted. */
function abortable<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new SetupError('interrupted', 'Stopped before everything was up.'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject);
  });
}

function handle(parts: {
  options: InstanceOptions;
  ports: Instance['ports'];
  logDir: string;
  running: Running;
  started: readonly Supervised[];
  stop: () => Promise<void>;
}): Instance {
  const { options, ports, logDir, running, started, stop } = parts;
  const named = (name: string): Supervised => {
    const found = started.find((supervised) => supervised.name === name);
    if (!found) throw new SetupError('usage', `No "${name}" runs in ${options.label}.`);
    return found;
  };
  const pids = () =>
    Object.fromEntries(started.flatMap((one) => (one.pid() ? [[one.name, one.pid() ?? 0]] : [])));
  const waitHealthy = async (timeoutMs = 30_000) => {
    const deadline = Date.now() + timeoutMs;
    for (let missing = await unhealthy(); missing.length > 0; missing = await unhealthy()) {
      if (Date.now() > deadline) throw notHealthy(missing, logDir);
      await sleep(50);
    }
  };
  const unhealthy = async () => {
    const missing = started.filter((one) => !one.isReady()).map((one) => one.name);
    if (missing.length > 0) return missing;
    if (!(await canConnect(running.urls.admin))) return ['postgres'];
    const [host = '', port = ''] = running.temporalAddress.split(':');
    return host === '' || (await accepts(host, Number(port))) ? [] : ['temporal'];
  };
  return {
    label: options.label,
    dataDir: options.dataDir,
    logDir,
    publicUrl: `http://127.0.0.1:${ports.gateway}`,
    sandboxUrl: `http://127.0.0.1:${ports.sandbox}`,
    ports,
    databaseUrls: running.urls,
    temporalAddress: running.temporalAddress,
    temporalNamespace: TEMPORAL_NAMESPACE,
    environment: running.environment,
    seeded: running.seeded,
    pids,
    kill: (name) => named(name).kill(),
    async restart(name) {
      await named(name).recycle();
      await waitHealthy(60_000);
    },
    waitHealthy,
    residentBytes: () => ({
      supervisor: ownResidentBytes(process.pid),
      ...Object.fromEntries(Object.entries(pids()).map(([name, pid]) => [name, residentBytes(pid)])),
    }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function notHealthy(missing: string[], logDir: string): SetupError {
  return new SetupError(
    'component_failed',
    `Not up in time: ${missing.join(', ')}. Their logs are in ${logDir}.`,
  );
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
