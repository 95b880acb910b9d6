import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

import { folderForTest } from './folder-for-test.ts';
import { endOrphans, openRecord, readRecord } from './instance-record.ts';
import { isAlive } from './process-table.ts';

function sleeper(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: 'ignore',
    detached: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? 0;
}

const folder = () => folderForTest('record');

it('ends what an earlier start left running', async () => {
  const dataDir = folder();
  const orphan = sleeper();
  openRecord(dataDir).note('temporal', orphan);
  await expect(endOrphans(dataDir)).resolves.toEqual(['temporal']);
  // It is gone for good once this process has taken note of its end.
  await expect.poll(() => isAlive(orphan)).toBe(false);
  expect(readRecord(dataDir)).toEqual({});
});

it('leaves alone a process that merely has the same number', async () => {
  const dataDir = folder();
  const stranger = sleeper();
  openRecord(dataDir).note('worker', stranger);
  const file = join(dataDir, 'instance.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"identity": "', '"identity": "earlier '));
  await expect(endOrphans(dataDir)).resolves.toEqual([]);
  expect(isAlive(stranger)).toBe(true);
});

it('finds nothing where nothing was recorded', async () => {
  await expect(endOrphans(folder())).resolves.toEqual([]);
});
