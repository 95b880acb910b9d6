import { statfs } from 'node:fs/promises';

import { SetupError, systemCode } from './setup-error.ts';

/** Room for Postgres's write-ahead log (1 GB at most between checkpoints) on top of what is there already. */
const NEEDED_BYTES = 1_000_000_000;

/** @throws SetupError `disk_full` if the disk that holds `folder` has less than 1 GB left. */
export async function assertDiskSpace(folder: string, neededBytes = NEEDED_BYTES): Promise<void> {
  const disk = await statfs(folder);
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes >= neededBytes) return;
  throw diskFull(folder, `${gigabytes(freeBytes)} are free and ${gigabytes(neededBytes)} are needed`);
}

/** Turns "no space left" of any file operation into the sentence for it; other errors pass unchanged. */
export function explainDisk(error: unknown, folder: string): unknown {
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, 'writing failed for lack of space');
  return error;
}

function diskFull(folder: string, why: string): SetupError {
  return new SetupError(
    'disk_full',
    `The disk that holds ${folder} is full: ${why}. Free some space there and start again.`,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
