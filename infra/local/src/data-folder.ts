import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { endOrphans } from './instance-record.ts';
import { readLock } from './lock.ts';
import { START_DATA_DIR, STATE_DIR } from './paths.ts';
import { canReach, SHARED_STATE_DIR, type SystemUser } from './postgres-binaries.ts';

const RUNS_DIR = join(STATE_DIR, 'runs');

/** Makes a data folder that other users may pass through but not list: root's Postgres runs as another user. */
export function makeDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
}

/**
 * Where the Postgres of a data folder keeps its files: inside it, or below /var/lib if we are root and the
 * `postgres` user cannot reach it (a checkout in root's home).
 */
export function postgresFolder(dataDir: string, user: SystemUser | undefined, name = 'postgres'): string {
  const inside = join(dataDir, name);
  if (!user || canReach(inside, user)) return inside;
  return join(outsideFolder(dataDir), name);
}

function outsideFolder(dataDir: string): string {
  return join(SHARED_STATE_DIR, createHash('sha256').update(dataDir).digest('hex').slice(0, 12));
}

/** Deletes all that belongs to a data folder. Nothing may run on it. */
export function deleteData(dataDir: string): void {
  rmSync(outsideFolder(dataDir), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/** A new folder for an instance that is thrown away; also clears what killed runs left behind, processes included. */
export async function throwAwayDataDir(label: string): Promise<string> {
  await sweepRuns();
  const dataDir = join(RUNS_DIR, `${label}-${process.pid}-${Date.now().toString(36)}`);
  makeDataDir(dataDir);
  return dataDir;
}

/** Ends and deletes what killed runs left behind; those that still run are left alone. */
export async function sweepRuns(): Promise<void> {
  if (!existsSync(RUNS_DIR)) return;
  for (const name of readdirSync(RUNS_DIR)) {
    const dataDir = join(RUNS_DIR, name);
    // Without a lock it may be one that another process has just made and not locked yet.
    if (!existsSync(join(dataDir, 'lock')) || readLock(dataDir)) continue;
    await endOrphans(dataDir, 1_000);
    deleteData(dataDir);
  }
}

/** True for the folder whose data somebody wants to keep. */
export function isStartData(dataDir: string): boolean {
  return dataDir === START_DATA_DIR;
}
