import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';

import { assertDiskSpace, explainDisk } from './disk-space.ts';

it('refuses a disk with too little room in one sentence', async () => {
  await expect(assertDiskSpace(tmpdir(), 1)).resolves.toBeUndefined();
  await expect(assertDiskSpace(tmpdir(), Number.MAX_SAFE_INTEGER)).rejects.toThrow(
    new RegExp(`^The disk that holds ${tmpdir()} is full: [\\d.]+ GB are free and [\\d.]+ GB are needed`),
  );
});

it('turns "no space left" into the same sentence and leaves other errors alone', () => {
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
  expect(explainDisk(full, '/data')).toMatchObject({
    code: 'disk_full',
    message: expect.stringContaining('/data'),
  });
  const other = new Error('something else');
  expect(explainDisk(other, '/data')).toBe(other);
});
