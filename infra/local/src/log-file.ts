import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Two of these per component are the most that logs take on disk. */
const ROTATE_BYTES = 20_000_000;

/** Opens a log for appending; one that has grown long becomes `<file>.1` first. Returns the descriptor. */
export function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > ROTATE_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o640);
}

/** The last `count` lines that are not empty, for the end of an error sentence. */
export function lastLines(file: string, count: number): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-count);
  } catch {
    return []; // nothing was written
  }
}
