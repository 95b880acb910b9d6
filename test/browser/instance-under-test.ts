import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';

import { runCommand } from '../runner/run-command.ts';

export type UnderTest = AsyncDisposable & { url: string };

const ROOT = join(import.meta.dirname, '../..');
const CONSOLE = join(ROOT, 'services/console');
const BUILD_TIMEOUT_MS = 120_000;

/** The instance that `PENSTOCK_TEST_URL` names, or a whole one of our own with the console built from what is here. */
export async function instanceUnderTest(): Promise<UnderTest> {
  const given = process.env['PENSTOCK_TEST_URL'];
  if (given) return { url: given.replace(/\/$/, ''), [Symbol.asyncDispose]: () => Promise.resolve() };
  await buildConsole();
  const instance = await startInstance({
    dataDir: await throwAwayDataDir('browser'),
    label: 'browser tests',
    services: ['sandbox', 'gateway', 'worker'],
    seed: true,
    postgresSettings: { fsync: 'off' },
  });
  return { url: instance.publicUrl, [Symbol.asyncDispose]: () => instance.stop() };
}

async function buildConsole(): Promise<void> {
  const built = join(CONSOLE, 'dist/index.html');
  if (existsSync(built) && statSync(built).mtimeMs > newest(join(CONSOLE, 'src'))) return;
  const vite = join(CONSOLE, 'node_modules/.bin/vite');
  const { code, output } = await runCommand(vite, ['build'], { cwd: CONSOLE, timeoutMs: BUILD_TIMEOUT_MS });
  if (code !== 0) throw new Error(`The console does not build:\n${output}`);
}

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}
