import { expect, it } from 'vitest';

import { idFromKey, newId } from './ids.ts';

it('keeps the order of ids made for the same instant', () => {
  const at = new Date('2026-01-01T00:00:00Z');
  const ids = Array.from({ length: 500 }, () => newId(at));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(500);
});

it('orders ids by time and carries it', () => {
  const early = newId(new Date('2026-01-01T00:00:00Z'));
  expect(early < newId(new Date('2026-01-01T00:00:00.001Z'))).toBe(true);
  expect(early).toMatch(/^019b7[0-9a-f]{3}-/);
});

it('gives the same id for the same key', () => {
  expect(idFromKey('a')).toBe(idFromKey('a'));
  expect(idFromKey('a')).not.toBe(idFromKey('b'));
});
