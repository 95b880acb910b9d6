import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

const onLinux = process.platform === 'linux';

/** True if a process of this id exists (also if it belongs to somebody else). */
export function isAlive(pid: number): boolean {
  if (onLinux) return statField(pid, STATE) !== undefined && statField(pid, STATE) !== 'Z';
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Command line of a running process, words separated by blanks; empty if there is none. */
export function commandLine(pid: number): string {
  if (!isAlive(pid)) return '';
  if (onLinux) return readProc(pid, 'cmdline').replaceAll('\0', ' ').trim();
  return ps(pid, 'command');
}

/**
 * What tells a process from any other that gets the same id later, on this machine or in a restarted container:
 * when it began, and its command line. Empty if there is none.
 */
export function identityOf(pid: number): string {
  const command = commandLine(pid);
  if (command === '') return '';
  return `${onLinux ? statField(pid, BEGAN_AT) : ps(pid, 'lstart')} ${command}`;
}

/**
 * Memory of a process and everything below it, in bytes. Pages that processes share count once
 * (proportional set size) where the system tells, otherwise once for each.
 */
export function residentBytes(pid: number): number {
  if (!onLinux) return ownResidentBytes(pid);
  return familyOf(pid).reduce((sum, member) => sum + ownBytes(member), 0);
}

/** Memory of this one process alone, in bytes. */
export function ownResidentBytes(pid: number): number {
  return onLinux ? ownBytes(pid) : Number(ps(pid, 'rss') || 0) * 1024;
}

/** Processes whose working folder is `folder`; Postgres keeps it, so its left-over backends are found this way. */
export function processesIn(folder: string): number[] {
  if (!onLinux) return [];
  return allPids().filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false; // ended meanwhile, or belongs to somebody else
    }
  });
}

const STATE = 0;
const PARENT = 1;
const BEGAN_AT = 19;

/** Fields of /proc/<pid>/stat behind the name, which itself may hold blanks and brackets. */
function statField(pid: number, field: number): string | undefined {
  const stat = readProc(pid, 'stat');
  return stat === '' ? undefined : stat.slice(stat.lastIndexOf(')') + 2).split(' ')[field];
}

function familyOf(root: number): number[] {
  const parents = new Map(allPids().map((pid) => [pid, Number(statField(pid, PARENT))]));
  const family = [root];
  for (const member of family) {
    for (const [pid, parent] of parents) if (parent === member) family.push(pid);
  }
  return family;
}

function ownBytes(pid: number): number {
  const proportional = /^Pss:\s+(\d+) kB/m.exec(readProc(pid, 'smaps_rollup'));
  const resident = proportional ?? /^VmRSS:\s+(\d+) kB/m.exec(readProc(pid, 'status'));
  return Number(resident?.[1] ?? 0) * 1024;
}

function allPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // ended meanwhile, or not ours to read
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
