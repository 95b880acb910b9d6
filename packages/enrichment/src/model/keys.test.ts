import { expect, it } from 'vitest';

import { hasSpare, keyFor, keysInUse, refusesKey, type Key } from './keys.ts';

const key = (id: string, more: Partial<Key> = {}): Key => ({
  id,
  provider: 'hunter',
  use: 'order',
  passedOver: false,
  ...more,
});

it('takes the first that can be used, in their order', () => {
  const [a, b] = [key('a'), key('b')];
  expect(keyFor([a, b], 'hunter', 'x')?.id).toBe('a');
  expect(keyFor([{ ...a, passedOver: true }, b], 'hunter', 'x')?.id).toBe('b');
  expect(keyFor([a, b], 'hunter', 'x', new Set(['a']))?.id).toBe('b');
  expect(keyFor([a, b], 'apollo', 'x')).toBeNull();
});

it('finds out about keys that are passed over only where no other is left', () => {
  const both = [key('a', { passedOver: true }), key('b', { passedOver: true })];
  expect(keyFor(both, 'hunter', 'x')?.id).toBe('a');
  expect(keyFor(both, 'hunter', 'x', new Set(['a', 'b']))).toBeNull();
});

it('spreads calls over keys that share, and stays with one for the same record', () => {
  const keys = ['a', 'b', 'c'].map((id) => key(id, { use: 'share' }));
  const counts = Map.groupBy(
    Array.from({ length: 900 }, (_, at) => keyFor(keys, 'hunter', `person ${at}`)?.id),
    (id) => id,
  );
  expect([...counts.values()].every(({ length }) => length > 200 && length < 400)).toBe(true);
  expect(keyFor(keys, 'hunter', 'one')).toBe(keyFor(keys, 'hunter', 'one'));
});

it('knows whether another key is left', () => {
  const [a, b] = [key('a'), key('b')];
  expect(hasSpare([a, b], a)).toBe(true);
  expect(hasSpare([a, { ...b, passedOver: true }], a)).toBe(false);
  expect(hasSpare([a, b], a, new Set(['b']))).toBe(false);
  expect(hasSpare([a, key('c', { provider: 'apollo' })], a)).toBe(false);
});

it('tries another key only after faults that are the key’s own', () => {
  expect((['unauthorized', 'quota_exhausted', 'rate_limited', 'timeout'] as const).map(refusesKey)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('counts the keys that calls are made with: the first, or all that share and can be used', () => {
  const key = (id: string, use: 'order' | 'share', passedOver = false) => ({
    id,
    provider: 'p',
    use,
    passedOver,
  });
  const ids = (keys: Parameters<typeof keysInUse>[0]) => keysInUse(keys, 'p').map(({ id }) => id);
  expect(ids([key('a', 'order'), key('b', 'order')])).toEqual(['a']);
  expect(ids([key('a', 'order', true), key('b', 'order')])).toEqual(['b']);
  expect(ids([key('a', 'share'), key('b', 'share', true), key('c', 'share')])).toEqual(['a', 'c']);
  expect(ids([key('a', 'share', true), key('b', 'share', true)])).toEqual(['a', 'b']);
  expect(keysInUse([key('a', 'share')], 'other')).toEqual([]);
});
