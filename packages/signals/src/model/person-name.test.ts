import { expect, it } from 'vitest';

import { plainName } from './person-name.ts';

it.each([
  ['Jane A. Roe, Jr.', 'jane roe'],
  ['Jané Roe', 'jane roe'],
  ['Mary-Ann O’Neill Ph.D.', 'mary-ann oneill'],
  ['Roe', null],
  ['', null],
])('%s', (name, plain) => {
  expect(plainName(name)).toBe(plain);
});
