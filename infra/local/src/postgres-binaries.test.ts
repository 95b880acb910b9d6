import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { folderForTest } from './folder-for-test.ts';
import { canReach } from './postgres-binaries.ts';

it('knows whether another user may pass through every folder above', () => {
  const home = folderForTest('reach');
  const inner = join(home, 'checkout', 'data');
  mkdirSync(inner, { recursive: true });
  const stranger = { uid: 54_321, gid: 54_321 };
  chmodSync(home, 0o700);
  expect(canReach(join(inner, 'postgres'), stranger)).toBe(false);
  chmodSync(home, 0o711);
  expect(canReach(join(inner, 'postgres'), stranger)).toBe(true);
});
