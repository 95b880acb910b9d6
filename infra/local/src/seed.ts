import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Seeded } from './instance-options.ts';
import { REPOSITORY } from './paths.ts';
import { reasonOf, SetupError } from './setup-error.ts';

const SEED_TIMEOUT_MS = 120_000;

/** Fills the sandbox workspace (again and again without harm) and returns who can sign in. */
export async function seedSandbox(environment: Record<string, string>): Promise<Seeded> {
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(REPOSITORY, 'services/gateway/src/seed-sandbox.ts')],
      { env: environment, cwd: REPOSITORY, timeout: SEED_TIMEOUT_MS, maxBuffer: 16_000_000 },
    );
    const line = stdout
      .trim()
      .split('\n')
      .findLast((entry) => entry.startsWith('{'));
    return JSON.parse(line ?? '{"signIns":[],"formUrl":""}') as Seeded;
  } catch (cause) {
    throw new SetupError(
      'component_failed',
      `The sandbox workspace could not be filled: ${reasonOf(cause)}`,
      { cause },
    );
  }
}
