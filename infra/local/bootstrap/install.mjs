import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { runQuietly, step } from './report.mjs';
import { installStamp, isStamped, writeStamp } from './stamp.mjs';

const REMEDY =
  'If the package registry could not be reached: check the network or the proxy settings of npm, then run the same command again. ' +
  'If the lockfile does not fit the package.json files: run pnpm install once and keep the changed lockfile.';

/** Installs the workspace's packages from the lockfile, if it or a package.json has changed since the last time. */
export async function ensureInstalled(root, environment) {
  const stamp = installStamp(root);
  if (isStamped(root, 'install', stamp) && existsSync(join(root, 'node_modules/.modules.yaml'))) return;
  await step('packages', 'the first time a few minutes at most', () =>
    runQuietly(root, 'install', REMEDY, 'pnpm', ['install', '--frozen-lockfile', '--reporter=append-only'], {
      cwd: root,
      // Without it pnpm asks before it replaces a node_modules of another version.
      env: { ...environment, CI: 'true' },
    }),
  );
  writeStamp(root, 'install', stamp);
}
