import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { TestContext } from 'vitest';

const REPOSITORY = resolve(import.meta.dirname, '..', '..');

/** Real filings, specifications and vectors with known answers. They are not part of this repository. */
const FOLDER = process.env['PENSTOCK_DATA'] || resolve(REPOSITORY, '..', 'shared', 'data');

/** Where the reference data lies; nothing may be there. */
export const referenceFolder = (): string => FOLDER;

/** Path of a reference file; skips the check, with the reason, where it is absent. */
export function referencePath(context: TestContext, file: string): string {
  const path = join(FOLDER, file);
  if (!existsSync(path))
    context.skip(
      `no ${file}: put the reference data beside the repository, or name its folder in PENSTOCK_DATA`,
    );
  return path;
}

export const referenceText = (
  context: TestContext,
  file: string,
  encoding: 'utf8' | 'latin1' = 'utf8',
): string => readFileSync(referencePath(context, file), encoding);

export const referenceJson = (context: TestContext, file: string): unknown =>
  JSON.parse(referenceText(context, file));
