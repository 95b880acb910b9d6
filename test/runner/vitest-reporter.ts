import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';

import type { Outcome } from './outcome.ts';

/** Counts for the runner, which reads the file named by PENSTOCK_TEST_OUTCOME; prints a line per test file. */
export default class CountingReporter implements Reporter {
  onTestModuleEnd(module: TestModule): void {
    const { passed, failures, skips } = outcomeOf(module);
    const mark = failures.length > 0 ? '✗' : passed > 0 ? '✓' : '-';
    const count = [
      `${passed} passed`,
      failures.length > 0 && `${failures.length} failed`,
      skips.length > 0 && `${skips.length} skipped`,
    ];
    const seconds = (module.diagnostic().duration / 1_000).toFixed(1);
    process.stdout.write(
      `    ${mark} ${fileOf(module)} (${count.filter(Boolean).join(', ')}) ${seconds} s\n`,
    );
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const outcome: Outcome = { passed: 0, failures: [], skips: [] };
    for (const module of modules) {
      const { passed, failures, skips } = outcomeOf(module);
      outcome.passed += passed;
      outcome.failures.push(...failures);
      outcome.skips.push(...skips);
    }
    for (const error of errors)
      outcome.failures.push({ name: 'outside of any test', message: text([error]) });
    const file = process.env['PENSTOCK_TEST_OUTCOME'];
    if (file) writeFileSync(file, JSON.stringify(outcome));
  }
}

function outcomeOf(module: TestModule): Outcome {
  const outcome: Outcome = { passed: 0, failures: [], skips: [] };
  addErrors(outcome, module, fileOf(module));
  for (const suite of module.children.allSuites())
    addErrors(outcome, suite, `${fileOf(module)} > ${suite.fullName}`);
  for (const test of module.children.allTests())
    addTest(outcome, test, `${fileOf(module)} > ${test.fullName}`);
  return outcome;
}

/** What goes wrong around tests (a file that can't be read, a hook) counts like a failed test. */
function addErrors(outcome: Outcome, place: TestModule | TestSuite, name: string): void {
  const errors = place.errors();
  if (errors.length > 0) outcome.failures.push({ name, message: text(errors) });
}

function addTest(outcome: Outcome, test: TestCase, name: string): void {
  const result = test.result();
  if (result.state === 'passed') outcome.passed += 1;
  else if (result.state === 'failed') outcome.failures.push({ name, message: text(result.errors) });
  else if (result.state === 'skipped')
    outcome.skips.push({ name, reason: result.note ?? reasonInName(test) });
  else outcome.failures.push({ name, message: 'it never ran to its end' });
}

/** A suite that can't run here says why in brackets at the end of a name. */
function reasonInName(test: TestCase): string {
  return /\(([^()]*)\)/.exec(test.fullName)?.[1] ?? 'no reason given';
}

function text(errors: readonly Pick<SerializedError, 'message' | 'stack'>[]): string {
  return errors.map((error) => error.stack ?? error.message).join('\n');
}

function fileOf(module: TestModule): string {
  return relative(process.cwd(), module.moduleId);
}
