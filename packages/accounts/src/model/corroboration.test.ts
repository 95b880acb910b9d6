import { expect, it } from 'vitest';

import { isCorroborated } from './corroboration.ts';

const account = { domain: 'acme.com', city: 'Reading', region: 'CA' };

it.each([
  ['Reading, England: Acme raises money', true],
  ['Acme (acme.com) raises money', true],
  ['See www.acme.com.', true],
  ['Acme raises money\nCA', true],
  ['Acme raises money after proofreading', false],
  ['Acme of acme.com.br raises money', false],
  ['Acme of super-acme.com raises money', false],
  ['Acme CA', false],
])('%s: %s', (text, agrees) => {
  expect(isCorroborated(account, text)).toBe(agrees);
  expect(isCorroborated({ domain: null, city: null, region: null }, text)).toBe(false);
});
