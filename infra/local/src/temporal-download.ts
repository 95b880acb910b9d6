import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';

import { reasonOf } from './setup-error.ts';
import { BINARY_NAMES, type TemporalRelease } from './temporal-release.ts';

export class DownloadError extends Error {
  override readonly name = 'DownloadError';
}

/** A network that answers nothing must not hold up the next way of getting the server. */
const ANSWER_TIMEOUT_MS = 8_000;
const ARCHIVE_TIMEOUT_MS = 5 * 60_000;

/**
 * Downloads the release archive, compares its SHA-256 with the release's list, and puts the two binaries into
 * `folder`. Leaves nothing behind if anything is wrong.
 * @throws DownloadError saying what.
 */
export async function downloadTemporal(release: TemporalRelease, folder: string): Promise<void> {
  const draft = `${folder}.download`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    const expected = await expectedChecksum(release);
    const archive = join(draft, release.archiveName);
    await saveArchive(release.archiveUrl, archive);
    await assertChecksum(archive, expected);
    await promisify(execFile)('tar', ['-xzf', archive, '-C', draft, ...BINARY_NAMES]);
    for (const name of BINARY_NAMES) chmodSync(join(draft, name), 0o755);
    rmSync(archive);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } catch (cause) {
    if (cause instanceof DownloadError) throw cause;
    throw new DownloadError(`${release.archiveUrl}: ${networkReason(cause)}`, { cause });
  } finally {
    if (existsSync(draft)) rmSync(draft, { recursive: true, force: true });
  }
}

/** The archive's line in a list of `<sha256>  <file name>` lines. */
async function expectedChecksum(release: TemporalRelease): Promise<string> {
  const reply = await get(release.checksumsUrl, ANSWER_TIMEOUT_MS);
  const line = (await reply.text()).split('\n').find((entry) => entry.trim().endsWith(release.archiveName));
  const checksum = /^[0-9a-f]{64}\b/.exec(line?.trim() ?? '')?.[0];
  if (checksum === undefined) {
    throw new DownloadError(`${release.checksumsUrl} names no SHA-256 of ${release.archiveName}`);
  }
  return checksum;
}

async function saveArchive(url: string, file: string): Promise<void> {
  const reply = await get(url, ARCHIVE_TIMEOUT_MS);
  if (!reply.body) throw new DownloadError(`${url} has no content`);
  await pipeline(Readable.fromWeb(reply.body as ReadableStream), createWriteStream(file));
}

async function get(url: string, timeoutMs: number): Promise<Response> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!reply.ok) throw new DownloadError(`${url} answered ${reply.status}`);
  return reply;
}

async function assertChecksum(file: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual === expected) return;
  throw new DownloadError(
    `the archive's SHA-256 is ${actual}, and the release's list says ${expected}: it is not used`,
  );
}

function networkReason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return reasonOf(cause);
}
