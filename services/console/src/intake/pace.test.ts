import { expect, it } from 'vitest';

import { paceOf } from './pace.ts';

it.each([
  [100_000, 0, { rows: 0, ms: 5_000 }, '0 of 100,000 rows'],
  [100_000, 500, { rows: 500, ms: 200 }, '500 of 100,000 rows'],
  [
    100_000,
    20_000,
    { rows: 20_000, ms: 10_000 },
    '20,000 of 100,000 rows, 2,000 a second, about 40 seconds left',
  ],
  [
    100_000,
    60_000,
    { rows: 10_000, ms: 20_000 },
    '60,000 of 100,000 rows, 500 a second, about 80 seconds left',
  ],
  [900, 900, { rows: 900, ms: 3_000 }, '900 of 900 rows, 300 a second, almost done'],
])('%j rows, %j taken', (total, taken, since, words) => {
  expect(paceOf(total, taken, since)).toBe(words);
});
