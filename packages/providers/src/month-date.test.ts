import { expect, it } from 'vitest';

import { dateOf } from './month-date.ts';

it.each([
  ['2025-03', '2025-03-01'],
  ['2025-03-14', '2025-03-14'],
  ['2025', '2025-01-01'],
  ['Mar 2025', '2025-03-01'],
  ['September 2024', '2024-09-01'],
  ['Sept. 2024', '2024-09-01'],
  ['2025-02-30', null],
  ['2025-13', null],
  ['0001-01', null],
  ['Present', null],
  ['', null],
  [null, null],
])('%s is %s', (text, date) => {
  expect(dateOf(text)).toBe(date);
});
