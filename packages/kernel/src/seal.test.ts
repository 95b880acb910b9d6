import { randomBytes } from 'node:crypto';

import { expect, it } from 'vitest';

import { openText, sealText } from './seal.ts';

const key = randomBytes(32);

it('gives back what was sealed, and never the same ciphertext twice', () => {
  expect(openText(key, sealText(key, 'a secret'))).toBe('a secret');
  expect(sealText(key, 'a secret')).not.toBe(sealText(key, 'a secret'));
});

it('refuses altered text and another key', () => {
  const sealed = sealText(key, 'a secret');
  const flipped = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  expect(() => openText(key, flipped)).toThrow();
  expect(() => openText(randomBytes(32), sealed)).toThrow();
});
