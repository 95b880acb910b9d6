import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { folderForTest } from './folder-for-test.ts';
import { loadSecrets } from './secrets.ts';

const folder = () => folderForTest('secrets');

it('makes secrets once, readable by their owner alone', () => {
  const dataDir = folder();
  const first = loadSecrets(dataDir);
  expect(loadSecrets(dataDir)).toEqual(first);
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(Buffer.from(first.secretKey, 'base64')).toHaveLength(32);
  expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
});

it('adds one that a newer version needs and keeps the others', () => {
  const dataDir = folder();
  const { appPassword, ...older } = loadSecrets(dataDir);
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify(older));
  const now = loadSecrets(dataDir);
  expect(now).toMatchObject(older);
  expect(now.appPassword).not.toBe(appPassword);
  expect(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'))).toEqual(now);
});
