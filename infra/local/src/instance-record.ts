import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { identityOf } from './process-table.ts';

type Recorded = Record<string, { pid: number; identity: string }>;

export type InstanceRecord = {
  /** Keeps `instance.json` true to what runs now. */
  note(name: string, pid: number | undefined): void;
  clear(): void;
};

/** The list of processes of a data folder, so that a start after a crash of ours finds what we left behind. */
export function openRecord(dataDir: string): InstanceRecord {
  const file = fileIn(dataDir);
  const processes: Recorded = {};
  return {
    note(name, pid) {
      if (pid === undefined) delete processes[name];
      else processes[name] = { pid, identity: identityOf(pid) };
      writeFileSync(`${file}.new`, JSON.stringify(processes, null, 2));
      renameSync(`${file}.new`, file);
    },
    clear: () => rmSync(file, { force: true }),
  };
}

/**
 * Ends what an earlier start on this folder left running: only processes that are still the ones
 * recorded, politely first. Returns their names.
 */
export async function endOrphans(dataDir: string, politeMs = 5_000): Promise<string[]> {
  const orphans = Object.entries(readRecord(dataDir)).filter(([, { pid, identity }]) => runs(pid, identity));
  for (const [name, { pid }] of orphans) signal(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM');

  const deadline = Date.now() + politeMs;
  const left = () => orphans.filter(([, { pid, identity }]) => runs(pid, identity));
  while (left().length > 0 && Date.now() < deadline) await sleep(50);

  for (const [, { pid }] of left()) signal(pid, 'SIGKILL');
  while (left().length > 0) await sleep(20);
  rmSync(fileIn(dataDir), { force: true });
  return orphans.map(([name]) => name);
}

/** The processes recorded for a folder; empty if there are none. */
export function readRecord(dataDir: string): Recorded {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Recorded;
  } catch {
    return {}; // no record: nothing was left
  }
}

function runs(pid: number, identity: string): boolean {
  return identity !== '' && identityOf(pid) === identity;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Ended by itself meanwhile.
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'instance.json');
}
