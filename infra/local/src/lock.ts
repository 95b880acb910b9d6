import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { identityOf } from './process-table.ts';
import { SetupError, systemCode } from './setup-error.ts';

type Holder = { pid: number; identity: string; address: string };

export type Lock = {
  /** What a second start tells its user. */
  announce(address: string): void;
  release(): void;
};

/**
 * Makes this process the only one that works on `dataDir`. A lock left by a process that is gone is taken over.
 * @throws SetupError `already_running` with the other's address and how to stop it.
 */
export function takeLock(dataDir: string): Lock {
  const file = join(dataDir, 'lock');
  const own: Holder = { pid: process.pid, identity: identityOf(process.pid), address: '' };
  const write = (flag: 'wx' | 'w') => writeFileSync(file, JSON.stringify(own), { flag });

  if (!tryWrite(write)) {
    assertNotRunning(dataDir);
    write('w');
  }
  return {
    announce(address) {
      own.address = address;
      write('w');
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** @throws SetupError `already_running` if another process works on `dataDir` now. */
export function assertNotRunning(dataDir: string): void {
  const holder = readLock(dataDir);
  if (holder) throw alreadyRunning(holder, dataDir);
}

/** Who works on `dataDir` now; undefined if nobody does (a stale lock counts as nobody). */
export function readLock(dataDir: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')) as Holder;
    // The number alone could meanwhile belong to another program.
    return identityOf(holder.pid) === holder.identity ? holder : undefined;
  } catch {
    return undefined; // no lock, or one cut short by a crash
  }
}

function alreadyRunning(holder: Holder, dataDir: string): SetupError {
  const where = holder.address === '' ? 'and is still starting' : holder.address;
  return new SetupError(
    'already_running',
    `Penstock already runs ${where} (process ${holder.pid}, data in ${dataDir}). ` +
      `Use that one, or stop it with Ctrl-C in its terminal or with: kill ${holder.pid}`,
  );
}

function tryWrite(write: (flag: 'wx') => void): boolean {
  try {
    write('wx');
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
