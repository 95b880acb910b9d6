import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { canReach } from './postgres-binaries.ts';

it('knows whether another user may pass through every folder above', () => {
  const home = mkdtempSync(join(tmpdir(), 'penstock-reach-'));
  const inner = join(home, 'checkout', 'data');
  mkdirSync(inner, { recursive: true });
  const stranger = { uid: 54_321, gid: 54_321 };
  chmodSync(home, 0o700);
  expect(canReach(join(inner, 'postgres'), stranger)).toBe(false);
  chmodSync(home, 0o711);
  expect(canReach(join(inner, 'postgres'), stranger)).toBe(true);
});
