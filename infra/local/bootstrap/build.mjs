import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runQuietly, step } from './report.mjs';
import { isStamped, packageFolders, sourceStamp, writeStamp } from './stamp.mjs';

const OUTPUTS = { generate: 'src/generated', build: 'dist' };
const TASKS = Object.keys(OUTPUTS);

const QUIET = {
  // The generator asks for an engine that it then does not use; any existing file keeps it from downloading one.
  PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
};

/** Generates the database client, bundles the workflows, builds the console: what has changed since the last time. */
export async function ensureBuilt(root, environment) {
  const stamp = sourceStamp(root);
  if (isStamped(root, 'build', stamp) && outputsExist(root)) return;
  const turbo = join(root, 'node_modules/.bin/turbo');
  const flags = ['--output-logs=errors-only', '--no-color', '--env-mode=loose'];
  await step('generated code, workflow bundle, console', 'up to a minute', () =>
    runQuietly(
      root,
      'build',
      'The log above says which package does not build.',
      turbo,
      ['run', ...TASKS, ...flags],
      {
        cwd: root,
        env: { ...environment, ...QUIET },
      },
    ),
  );
  writeStamp(root, 'build', stamp);
}

function outputsExist(root) {
  return packageFolders(root).every((folder) => {
    const { scripts = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return TASKS.every((task) => !scripts[task] || existsSync(join(folder, OUTPUTS[task])));
  });
}
