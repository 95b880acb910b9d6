import type { OnStep } from '../step.ts';

/** A step that is quicker than this gets one line, when it is done. */
const WORTH_TELLING_MS = 2_000;

/** Prints steps with their durations, a line each; slow ones also when they begin. */
export function printProgress(print: (line: string) => void): OnStep {
  const slow = new Map<string, NodeJS.Timeout>();
  return (event) => {
    if (event.kind === 'started') {
      slow.set(
        event.step,
        setTimeout(() => print(`  … ${event.step}`), WORTH_TELLING_MS),
      );
    } else if (event.kind === 'note') {
      print(`    ${event.step}: ${event.text}`);
    } else {
      clearTimeout(slow.get(event.step));
      const mark = event.kind === 'done' ? '✓' : '✗';
      print(`  ${mark} ${event.step.padEnd(28)} ${(event.durationMs / 1_000).toFixed(1)} s`);
    }
  };
}
