import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { checkArchitecture } from './architecture.ts';
import { broken, NOTHING, sum, type Outcome } from './outcome.ts';
import { runCommand } from './run-command.ts';
import { checkSqlClock } from './sql-clock.ts';

type Check = { name: string; run(root: string): Promise<string> };

const CHECK_TIMEOUT_MS = 120_000;
const SHOWN_LINES = 80;

const CHECKS: readonly Check[] = [
  tool('formatting', 'oxfmt', ['--list-different', '.'], 'npm run format mends it.'),
  tool('lint', 'oxlint', ['--type-aware'], ''),
  tool('types', 'tsc', ['-p', 'tsconfig.json'], ''),
  tool(
    'types of the console',
    'tsc',
    ['-p', 'services/console/tsconfig.json'],
    '',
    'services/console/tsconfig.json',
  ),
  tool('unused code', 'knip', ['--no-progress'], ''),
  ownCheck('architecture', checkArchitecture),
  ownCheck('time in SQL', checkSqlClock),
];

/** Runs every check that needs nothing but the sources; each counts as one. */
export async function runStaticChecks(root: string, print: (line: string) => void): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const check of CHECKS) {
    const startedAt = performance.now();
    const problem = await check.run(root);
    print(
      `    ${problem === '' ? '✓' : '✗'} ${check.name} ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`,
    );
    outcomes.push(problem === '' ? { ...NOTHING, passed: 1 } : broken(check.name, problem));
  }
  return sum(outcomes);
}

/** A tool of node_modules/.bin; what it prints is the problem. `onlyWith` names a file without which it has nothing to do. */
function tool(name: string, binary: string, args: string[], remedy: string, onlyWith?: string): Check {
  return {
    name,
    async run(root) {
      if (onlyWith !== undefined && !existsSync(join(root, onlyWith))) return '';
      const command = join(root, 'node_modules/.bin', binary);
      const { code, output, timedOut } = await runCommand(command, args, {
        cwd: root,
        timeoutMs: CHECK_TIMEOUT_MS,
      });
      if (code === 0) return '';
      if (timedOut) return `ran longer than ${CHECK_TIMEOUT_MS / 1_000} s`;
      return `${shortened(output.trim())}\n${remedy}`.trim();
    },
  };
}

/** Enough to begin with; who wants all of it runs the tool alone. */
function shortened(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const left = lines.length - SHOWN_LINES;
  return left > 0
    ? [...lines.slice(0, SHOWN_LINES), `… and ${left} lines more`].join('\n')
    : lines.join('\n');
}

function ownCheck(name: string, check: (root: string) => string[]): Check {
  return { name, run: (root) => Promise.resolve(check(root).join('\n')) };
}
