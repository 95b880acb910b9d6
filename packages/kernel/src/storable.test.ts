import { expect, it } from 'vitest';

import { storable } from './storable.ts';

it('takes out what Postgres keeps in no text, however deep it lies', () => {
  expect(storable({ 'a\u0000': ['x\u0000y', { b: '\uD800 half' }] })).toEqual({
    a: ['xy', { b: '\uFFFD half' }],
  });
});

it('leaves everything else as it is', () => {
  const at = new Date(0);
  const value = { at, count: 7, none: null, missing: undefined, yes: true, text: 'Zoë 👩‍💻\n' };
  expect(storable(value)).toEqual(value);
  expect(storable(undefined)).toBeUndefined();
});

it('does not take a key named like the prototype for the prototype', () => {
  const hostile: unknown = JSON.parse('{"__proto__": {"admin": true}}');
  expect(Object.hasOwn(storable(hostile) as object, '__proto__')).toBe(true);
});
