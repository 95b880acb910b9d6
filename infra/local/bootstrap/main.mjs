import { resolve } from 'node:path';

import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { BootstrapError } from './report.mjs';
import { runInNode24 } from './run.mjs';
import { withSetUpLock } from './set-up-lock.mjs';
import { ensureToolchain } from './toolchain.mjs';

const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..');

/** Puts everything in place and runs the script; ends this process with its exit code. */
export async function main(argv) {
  try {
    const isTool = argv[0] === '--exec';
    const [target, ...args] = isTool ? argv.slice(1) : argv;
    if (!target)
      throw new BootstrapError('Say what to run: node infra/local/bootstrap.mjs <script.ts> [arguments]');
    const environment = await withSetUpLock(ROOT, async () => {
      const found = await ensureToolchain(ROOT);
      await ensureInstalled(ROOT, found);
      if (!isTool) await ensureBuilt(ROOT, found);
      return found;
    });
    process.exitCode = await runInNode24(ROOT, environment, { isTool, target, args });
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
