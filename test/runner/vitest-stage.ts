import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { broken, sum, type Outcome } from './outcome.ts';
import { runCommand } from './run-command.ts';

/** Runs one project of vitest.config.ts and counts. A run that breaks off counts as one failure more. */
export async function runVitestProject(root: string, project: string, timeoutMs: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-outcome-'));
  const file = join(folder, 'outcome.json');
  try {
    const result = await runCommand(
      join(root, 'node_modules/.bin/vitest'),
      [
        'run',
        `--project=${project}`,
        '--passWithNoTests',
        `--reporter=${join(root, 'test/runner/vitest-reporter.ts')}`,
      ],
      { cwd: root, timeoutMs, show: true, environment: { PENSTOCK_TEST_OUTCOME: file } },
    );
    const counted = readOutcome(file);
    if (result.timedOut) {
      return sum([
        counted,
        broken(`${project} tests`, `ran longer than ${timeoutMs / 60_000} minutes and were ended`),
      ]);
    }
    const explained = result.code === 0 || counted.failures.length > 0;
    return explained ? counted : sum([counted, broken(`${project} tests`, lastLines(result.output))]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readOutcome(file: string): Outcome {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Outcome;
  } catch {
    return { passed: 0, failures: [], skips: [] }; // it broke off before it could count
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-20).join('\n');
}
