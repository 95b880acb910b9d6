import { expect, it } from 'vitest';

import { retryAfterMs } from './retry-after.ts';

const now = new Date('2026-01-02T03:04:05Z');

it.each([
  ['120', 120_000],
  ['0', 0],
  ['1.5', 1_500],
  ['Fri, 02 Jan 2026 03:04:35 GMT', 30_000],
  ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
  ['999999999', 86_400_000],
])('reads %j as %i ms', (value, expected) => {
  expect(retryAfterMs(value, now)).toBe(expected);
});

it.each([undefined, '', 'soon', '-5'])('reads nothing from %j', (value) => {
  expect(retryAfterMs(value, now)).toBeUndefined();
});
