import { expect, it } from 'vitest';

import { DEFAULT_TIERS, nextCheckAt, paidSince, tierPeriod } from './champion-tiers.ts';

const NOW = new Date('2026-11-30T12:00:00Z');
const inHours = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

it('asks again after the cadence of the tier', () => {
  expect(nextCheckAt({ state: 'answered', failures: 0 }, { everyDays: 14 }, NOW)).toEqual(inHours(14 * 24));
});

it('tries again sooner after a fault, later after each, and not before the vendor wants it', () => {
  const after = (failures: number, retryAfterMs = 0) =>
    nextCheckAt({ state: 'failed', failures, retryAfterMs }, { everyDays: 90 }, NOW);
  expect([after(1), after(2), after(3), after(99)]).toEqual([
    inHours(1),
    inHours(2),
    inHours(4),
    inHours(48),
  ]);
  expect(after(1, 7_200_000)).toEqual(inHours(2));
});

it('looks daily whether what holds a question is gone', () => {
  expect(nextCheckAt({ state: 'held', failures: 0 }, { everyDays: 90 }, NOW)).toEqual(inHours(24));
});

it('lets what was paid for be asked again when it is due, and not before', () => {
  const asked = NOW;
  const due = nextCheckAt({ state: 'answered', failures: 0 }, DEFAULT_TIERS.key, asked);
  expect(paidSince(DEFAULT_TIERS.key, due) > asked).toBe(true);
  expect(paidSince(DEFAULT_TIERS.key, new Date(due.getTime() - 2 * 3_600_000)) > asked).toBe(false);
});

it('has a budget by tier and month', () => {
  expect(tierPeriod('light', NOW)).toBe('champions/light/2026-11');
});
