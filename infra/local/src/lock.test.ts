import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { folderForTest } from './folder-for-test.ts';
import { readLock, takeLock } from './lock.ts';
import { identityOf } from './process-table.ts';

const folder = () => folderForTest('lock');

it('refuses a second start with the address of the first and how to stop it', () => {
  const dataDir = folder();
  const lock = takeLock(dataDir);
  lock.announce('at http://127.0.0.1:4100');
  expect(() => takeLock(dataDir)).toThrow(
    `Penstock already runs at http://127.0.0.1:4100 (process ${process.pid}, data in ${dataDir}). ` +
      `Use that one, or stop it with Ctrl-C in its terminal or with: kill ${process.pid}`,
  );
  lock.release();
  takeLock(dataDir).release();
});

it('says so while the first one is still starting', () => {
  const dataDir = folder();
  takeLock(dataDir);
  expect(() => takeLock(dataDir)).toThrow('already runs and is still starting');
});

it('takes over the lock of a process that is gone, also if its number belongs to another by now', () => {
  const dataDir = folder();
  const stale = { pid: process.pid, identity: 'began earlier, another program', address: '' };
  writeFileSync(join(dataDir, 'lock'), JSON.stringify(stale));
  expect(readLock(dataDir)).toBeUndefined();
  takeLock(dataDir);
  expect(JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8'))).toMatchObject({
    identity: identityOf(process.pid),
  });
});

it('takes over a lock that a crash cut short', () => {
  const dataDir = folder();
  writeFileSync(join(dataDir, 'lock'), '{"pid": 1');
  expect(() => takeLock(dataDir)).not.toThrow();
});
