import { expect, it } from 'vitest';

import { MOST_FAILURES, retryPauseMs } from './retry-pause.ts';

it('waits longer each time, at most an hour, and about three days in all', () => {
  expect([0, 1, 2, 5, 10, 11, 1_000].map(retryPauseMs)).toEqual([
    5_000, 5_000, 10_000, 80_000, 2_560_000, 3_600_000, 3_600_000,
  ]);
  const all = Array.from({ length: MOST_FAILURES }, (_, at) => retryPauseMs(at + 1)).reduce(
    (a, b) => a + b,
    0,
  );
  expect(all / 86_400_000).toBeGreaterThan(2.9);
  expect(all / 86_400_000).toBeLessThan(3.2);
});
