import { expect, it } from 'vitest';

import { dayOf, nextDay, roomOfDay, whyResting } from './source-day.ts';

const none = { mostRequests: null, mostMicros: null };

it('has room for everything where there is no limit', () => {
  expect(roomOfDay(none, { requests: 1e6, costMicros: 1e9 }, 20, 5_000)).toBe(20);
  expect(whyResting(none, { requests: 1e6, costMicros: 1e9 })).toBeNull();
});

it('gives what the day has left, and never less than nothing', () => {
  const limit = { mostRequests: 100, mostMicros: null };
  expect(roomOfDay(limit, { requests: 95, costMicros: 0 }, 20, 0)).toBe(5);
  expect(roomOfDay(limit, { requests: 120, costMicros: 0 }, 20, 0)).toBe(0);
  expect(whyResting(limit, { requests: 100, costMicros: 0 })).toBe('all 100 requests of this day are used');
  expect(whyResting(limit, { requests: 99, costMicros: 0 })).toBeNull();
});

it('stops before money is spent that the day does not have', () => {
  const limit = { mostRequests: null, mostMicros: 1_000_000 };
  expect(roomOfDay(limit, { requests: 3, costMicros: 980_000 }, 20, 9_000)).toBe(2);
  expect(roomOfDay(limit, { requests: 3, costMicros: 995_000 }, 1, 9_000)).toBe(0);
  // What a request costs may be known only afterwards.
  expect(roomOfDay(limit, { requests: 3, costMicros: 999_999 }, 20, 0)).toBe(20);
  expect(roomOfDay(limit, { requests: 3, costMicros: 1_000_000 }, 20, 0)).toBe(0);
  expect(whyResting(limit, { requests: 3, costMicros: 1_000_000 })).toBe('$1.00 of this day are spent');
});

it('counts days by UTC', () => {
  expect(dayOf(new Date('2026-11-29T23:59:59.999Z'))).toBe('2026-11-29');
  expect(nextDay(new Date('2026-11-29T23:59:59.999Z')).toISOString()).toBe('2026-11-30T00:00:00.000Z');
  expect(nextDay(new Date('2026-11-30T00:00:00.000Z')).toISOString()).toBe('2026-12-01T00:00:00.000Z');
});
