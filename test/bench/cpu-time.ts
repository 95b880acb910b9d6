import { readdirSync, readFileSync } from 'node:fs';

import type { Instance } from '@penstock/infra-local/instance-options';

const TICKS_PER_SECOND = 100;
/** Fields of /proc/<pid>/stat behind the name. */
const PARENT = 1;
const OWN = [11, 12];
const OF_ENDED_CHILDREN = [13, 14];

/** Processor seconds by part of the instance since it began: services, Temporal, and Postgres by whose work it does. Linux only; empty elsewhere. */
export function cpuSeconds(
  instance: Instance,
  others: Record<string, number | undefined> = {},
): Map<string, number> {
  const seconds = new Map<string, number>();
  const add = (name: string, ticks: number) =>
    seconds.set(name, (seconds.get(name) ?? 0) + ticks / TICKS_PER_SECOND);
  const all = processes();
  for (const [name, root] of [...Object.entries(instance.pids()), ...Object.entries(others)]) {
    const family = all.filter(({ pid }) => pid === root);
    for (const member of family)
      family.push(...all.filter(({ stat }) => Number(stat[PARENT]) === member.pid));
    for (const { pid, stat } of family) {
      const part = name === 'postgres' ? partOfPostgres(pid) : name;
      add(part, sum(stat, OWN));
      if (pid === root)
        add(name === 'postgres' ? 'postgres, connections that ended' : name, sum(stat, OF_ENDED_CHILDREN));
    }
  }
  return seconds;
}

/** What was used between two looks, largest first. */
export function cpuBetween(before: Map<string, number>, after: Map<string, number>): [string, number][] {
  return [...after]
    .map(([name, seconds]): [string, number] => [name, seconds - (before.get(name) ?? 0)])
    .toSorted(([, a], [, b]) => b - a);
}

function processes(): { pid: number; stat: string[] }[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      return stat === ''
        ? []
        : [{ pid: Number(name), stat: stat.slice(stat.lastIndexOf(')') + 2).split(' ') }];
    });
}

function partOfPostgres(pid: number): string {
  const title = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
  if (/ temporal(_\w+)? /.test(title)) return 'postgres for Temporal';
  return /\d\(\d+\)/.test(title) ? 'postgres for Penstock' : 'postgres: WAL, checkpoints, vacuum';
}

const sum = (stat: readonly string[], fields: readonly number[]) =>
  fields.reduce((ticks, field) => ticks + Number(stat[field] ?? 0), 0);

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
}
