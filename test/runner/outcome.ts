export type Failure = { name: string; message: string };
export type Skip = { name: string; reason: string };

/** What a stage has to say in the end. */
export type Outcome = { passed: number; failures: Failure[]; skips: Skip[] };

export const NOTHING: Outcome = { passed: 0, failures: [], skips: [] };

/** All outcomes as one. */
export function sum(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((total, outcome) => total + outcome.passed, 0),
    failures: outcomes.flatMap((outcome) => outcome.failures),
    skips: outcomes.flatMap((outcome) => outcome.skips),
  };
}

/** A stage that did not get as far as counting. */
export function broken(name: string, message: string): Outcome {
  return { ...NOTHING, failures: [{ name, message }] };
}

/** The end of the output: failures with their messages, skips with their reasons, and the line of totals as the last one. */
export function summary({ passed, failures, skips }: Outcome): string {
  return [
    ...section(
      'Failed',
      failures.map(({ name, message }) => `${name}\n${indent(message)}`),
    ),
    ...section(
      'Skipped',
      skips.map(({ name, reason }) => `${name}: ${reason}`),
    ),
    `${passed} passed, ${failures.length} failed, ${skips.length} skipped`,
  ].join('\n');
}

function section(title: string, entries: string[]): string[] {
  return entries.length === 0 ? [] : [`${title}:`, ...entries.map((entry) => `  - ${entry}`), ''];
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n');
}
