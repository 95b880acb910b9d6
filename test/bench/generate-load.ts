import { fork } from 'node:child_process';
import { resolve } from 'node:path';

import { COLLECTION } from '@penstock/infra-local/services';

import type { Latency, LoadJob, LoadReport } from './load-generator.ts';

/** Runs one load in a process of its own and gives its report. */
export const generateLoad = (job: LoadJob): Promise<LoadReport> => startLoad(job).report;

/** The same; it ends before its time when it is stopped. */
export function startLoad(job: LoadJob): { report: Promise<LoadReport>; stop: () => Promise<LoadReport> } {
  // Its own collections would count as latency.
  const child = fork(resolve(import.meta.dirname, 'load-generator.ts'), {
    execArgv: [...COLLECTION],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const report = new Promise<LoadReport>((done, fail) => {
    // Safe: the generator sends nothing but its report.
    child.once('message', (message) => done(message as LoadReport));
    child.once('exit', (code) => code !== 0 && fail(new Error(`the load generator ended with ${code}`)));
  });
  child.send(job);
  return {
    report,
    stop() {
      child.send('stop');
      return report;
    },
  };
}

/** What was due between two moments of a load whose latencies were kept. */
export function between(latencies: readonly Latency[], from: number, until: number) {
  const inside = latencies.filter(({ dueAt }) => dueAt >= from && dueAt < until);
  const sorted = inside.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return {
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    failed: inside.filter(({ failed }) => failed).length,
  };
}

export const row = (name: string, report: LoadReport): string =>
  [
    name.padEnd(16),
    `${report.perSecond.toFixed(0)}/s`.padStart(8),
    ...[report.p50Ms, report.p95Ms, report.p99Ms, report.maxMs].map((ms) =>
      `${ms.toFixed(2)} ms`.padStart(12),
    ),
    `${report.failed} failed`.padStart(12),
  ].join(' ');

export const heading = [
  'what'.padEnd(16),
  'rate'.padStart(8),
  ...['p50', 'p95', 'p99', 'max'].map((name) => name.padStart(12)),
  ''.padStart(12),
].join(' ');
