import { execFile } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import type { PostgresBinaries, SystemUser } from './postgres-binaries.ts';
import { canConnect } from './postgres-connection.ts';
import { commandLine, processesIn } from './process-table.ts';
import { reasonOf, SetupError } from './setup-error.ts';
import type { Component } from './supervisor.ts';

export type PostgresOptions = {
  /** Data folder of the cluster; made at the first use. */
  folder: string;
  port: number;
  password: string;
  binaries: PostgresBinaries;
  user: SystemUser | undefined;
  logFile: string;
  /** On top of our own. */
  settings?: Record<string, string> | undefined;
};

/** An eighth of the memory: services and the system's own cache of files need the rest; what is not touched is not taken. */
const SHARE_OF_MEMORY = 1 / 8;
const BUFFERS_MB = { least: 128, most: 8_192 };

/**
 * `shared_buffers` for a machine with so much memory: a page that is not in them is copied from the system, and one that was changed is written
 * before another takes its place, by whoever needs it.
 * @param memoryBytes of the machine, or what this process may use of it
 */
export function sharedBuffers(memoryBytes: number): string {
  const share = Math.floor((memoryBytes * SHARE_OF_MEMORY) / 2 ** 20);
  return `${Math.max(BUFFERS_MB.least, Math.min(BUFFERS_MB.most, share))}MB`;
}

/** What this process may use: the machine's memory, or the limit of its container. */
function memoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: sharedBuffers(memoryBytes()),
  max_connections: '100',
  // A checkpoint in the middle of long writing has every page written whole once more, and takes the disk from readers.
  max_wal_size: '4GB',
  // Partitioned tables lock every partition that a statement may touch.
  max_locks_per_transaction: '128',
  // Compiling plans costs more than these short statements save.
  jit: 'off',
  random_page_cost: '1.1',
  autovacuum_max_workers: '2',
  // A table that fills up has statistics soon: plans made while it was empty walk all of it.
  autovacuum_naptime: '10s',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const SUPERUSER = 'postgres';

/** Address of a database of the cluster for its superuser. */
export function superuserUrl(port: number, password: string, database = 'postgres'): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** One Postgres on loopback, under our supervision; makes its data folder if there is none. */
export async function postgresComponent(options: PostgresOptions): Promise<Component> {
  if (!existsSync(join(options.folder, 'PG_VERSION'))) await makeCluster(options);
  assertSameMajor(options);
  const url = superuserUrl(options.port, options.password);
  // Postgres reports its folder by the real path.
  const folder = realpathSync(options.folder);
  return {
    name: 'postgres',
    readyTimeoutMs: 120_000, // after a crash with four gigabytes of log to replay: 2 GB took 11 s
    prepare: () => endLeftOverBackends(folder),
    command: {
      command: join(options.binaries.binDir, 'postgres'),
      args: ['-D', folder, '-p', String(options.port), ...settingFlags(options.settings)],
      environment: postgresEnvironment(),
      cwd: '/',
      uid: options.user?.uid,
      gid: options.user?.gid,
      logFile: options.logFile,
      stop: [
        { signal: 'SIGINT', timeoutMs: 10_000 }, // ends sessions and writes a checkpoint
        { signal: 'SIGQUIT', timeoutMs: 3_000 }, // ends at once; the next start replays the log
      ],
    },
    async untilReady(_child, signal) {
      while (!signal.aborted && !(await canConnect(url).catch(ownPasswordRefused))) await sleep(40);
    },
  };
}

async function makeCluster(options: PostgresOptions): Promise<void> {
  // Made aside and renamed: one that was interrupted half-way is never taken for a cluster.
  const draft = `${options.folder}.new`;
  const passwordFile = `${options.folder}.password`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(options.folder, { recursive: true, force: true });
  mkdirSync(dirname(draft), { recursive: true, mode: 0o755 });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (options.user)
    for (const path of [draft, passwordFile]) chownSync(path, options.user.uid, options.user.gid);
  try {
    await promisify(execFile)(
      join(options.binaries.binDir, 'initdb'),
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        ...localeFlags(options),
      ],
      { cwd: '/', env: postgresEnvironment(), ...options.user },
    );
  } catch (cause) {
    throw new SetupError(
      'postgres_unavailable',
      `Postgres could not make its data folder ${options.folder}: ${reasonOf(cause)}`,
      {
        cause,
      },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, options.folder);
}

/** Order by code point whatever the machine: pages sort alike everywhere, and indexes survive an upgrade of the system. */
function localeFlags(options: PostgresOptions): string[] {
  const builtin = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const sync = options.settings?.['fsync'] === 'off' ? ['--no-sync'] : [];
  return ['--encoding=UTF8', '--locale=C', ...sync, ...(options.binaries.major >= 17 ? builtin : [])];
}

function settingFlags(settings: Record<string, string> = {}): string[] {
  return Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function postgresEnvironment(): Record<string, string> {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function assertSameMajor(options: PostgresOptions): void {
  const major = Number(readFileSync(join(options.folder, 'PG_VERSION'), 'utf8'));
  if (major === options.binaries.major) return;
  throw new SetupError(
    'postgres_unsupported',
    `The data in ${options.folder} was written by Postgres ${major}, and this is Postgres ${options.binaries.major}. ` +
      'Move it over with pg_dump, or start over with: npm start -- --fresh',
  );
}

function ownPasswordRefused(cause: unknown): never {
  throw new SetupError(
    'postgres_unavailable',
    'refuses our own password: secrets.json does not belong to this data. ' +
      'Put the right one back, or start over with: npm start -- --fresh',
    { cause },
  );
}

/** A postmaster killed hard leaves backends that hold the shared memory; a new one won't start before they are gone. */
async function endLeftOverBackends(folder: string): Promise<void> {
  const leftOver = () => processesIn(folder).filter((pid) => commandLine(pid).startsWith('postgres'));
  const deadline = Date.now() + 3_000;
  for (let backends = leftOver(); backends.length > 0; backends = leftOver()) {
    for (const pid of backends) endBackend(pid, Date.now() < deadline ? 'SIGQUIT' : 'SIGKILL');
    await sleep(50);
  }
}

function endBackend(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Noticed by itself meanwhile that its postmaster is gone.
  }
}
