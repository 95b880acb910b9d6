import { expect, it } from 'vitest';

import { sharedBuffers } from './postgres.ts';

const GIB = 2 ** 30;

it('gives Postgres an eighth of the memory, and never less than its own default', () => {
  expect(sharedBuffers(0.5 * GIB)).toBe('128MB');
  expect(sharedBuffers(GIB)).toBe('128MB');
  expect(sharedBuffers(4 * GIB)).toBe('512MB');
  expect(sharedBuffers(24 * GIB)).toBe('3072MB');
  expect(sharedBuffers(512 * GIB)).toBe('8192MB');
});
