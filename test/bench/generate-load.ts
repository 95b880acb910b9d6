import { fork } from 'node:child_process';
import { resolve } from 'node:path';

import type { LoadJob, LoadReport } from './load-generator.ts';

/** Runs one load in a process of its own and gives its report. */
export function generateLoad(job: LoadJob): Promise<LoadReport> {
  return new Promise((done, fail) => {
    const child = fork(resolve(import.meta.dirname, 'load-generator.ts'), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    // Safe: the generator sends nothing but its report.
    child.once('message', (report) => done(report as LoadReport));
    child.once('exit', (code) => code !== 0 && fail(new Error(`the load generator ended with ${code}`)));
    child.send(job);
  });
}

/** Of several loads together. */
export function p99Of(reports: readonly LoadReport[]): number {
  const all = reports.flatMap((report) => report.latenciesMs).toSorted((a, b) => a - b);
  return all[Math.max(0, Math.ceil(all.length * 0.99) - 1)] ?? Number.NaN;
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
