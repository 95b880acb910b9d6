import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

import { reasonOf } from './setup-error.ts';
import { BINARY_NAMES, type TemporalRelease } from './temporal-release.ts';

export class BuildError extends Error {
  override readonly name = 'BuildError';
}

const BUILD_TIMEOUT_MS = 30 * 60_000;

/**
 * Builds the two binaries from their Go modules into `folder`: about five minutes on two cores, seconds if the
 * Go build cache is warm.
 * @throws BuildError if there is no Go, or if it fails.
 */
export async function buildTemporal(
  release: TemporalRelease,
  folder: string,
  note: (text: string) => void,
): Promise<void> {
  const draft = `${folder}.build`;
  const go = await findGo();
  note('building Temporal from source with Go: this may take about five minutes, once');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    for (const name of BINARY_NAMES) {
      const module = release.goModules[name];
      await promisify(execFile)(go, ['install', `${module}@v${release.version}`], {
        env: { ...process.env, GOBIN: draft },
        timeout: BUILD_TIMEOUT_MS,
        maxBuffer: 16_000_000,
      });
      // Go names a binary after the last part of its module's path.
      renameSync(join(draft, basename(module)), join(draft, name));
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } catch (cause) {
    throw new BuildError(lastLine(reasonOf(cause)), { cause });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** On PATH, or where Go's own installer puts it without adding it to PATH. */
async function findGo(): Promise<string> {
  for (const go of ['go', '/usr/local/go/bin/go']) {
    const works = await promisify(execFile)(go, ['version']).catch(() => undefined);
    if (works) return go;
  }
  throw new BuildError('there is no Go (1.26 or newer) on PATH');
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? text;
}
