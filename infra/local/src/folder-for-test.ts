import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

/** An empty folder that is removed, with what is in it, when the test that asked for it has ended. */
export function folderForTest(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `penstock-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
