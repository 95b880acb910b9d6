import { expect, it } from 'vitest';

import { nextSearchAt } from './search-cadence.ts';

const now = new Date('2026-11-01T00:00:00Z');
const hours = (outcome: 'none' | 'failed', failures: number) =>
  (nextSearchAt({ outcome, failures }, 90, now).getTime() - now.getTime()) / 3_600_000;

it('looks again after the cadence, and sooner after an outage, ever later while it lasts', () => {
  expect(hours('none', 3)).toBe(90 * 24);
  expect([0, 1, 2, 3, 9].map((failures) => hours('failed', failures))).toEqual([1, 4, 16, 64, 720]);
});
