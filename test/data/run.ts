import { resolve } from 'node:path';

import { startVitest } from 'vitest/node';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const counts = { passed: 0, failed: 0, skipped: 0 };

/** A line per check as it ends: what was checked, and why if it was not or is not so. */
const lines: Reporter = {
  onTestCaseResult(check: TestCase) {
    const result = check.result();
    if (result.state === 'pending') return;
    counts[result.state] += 1;
    if (result.state === 'passed') print(`✓ ${check.fullName}`);
    if (result.state === 'skipped')
      print(`- ${check.fullName}: skipped, ${result.note ?? 'no reason given'}`);
    if (result.state === 'failed')
      print(`✗ ${check.fullName}\n${result.errors.map(({ message }) => message).join('\n')}`);
  },
  onTestModuleEnd(module: TestModule) {
    for (const error of module.errors()) {
      counts.failed += 1;
      print(`✗ ${module.moduleId}\n${error.message}`);
    }
  },
};

/** `npm run verify:data`: the checks of this folder; exits 1 if one fails, or if there was nothing to run. */
const vitest = await startVitest('test', [], {
  root: resolve(import.meta.dirname, '..', '..'),
  project: ['data'],
  reporters: [lines],
  watch: false,
});
await vitest.close();
print(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 || counts.passed + counts.skipped === 0 ? 1 : 0;
