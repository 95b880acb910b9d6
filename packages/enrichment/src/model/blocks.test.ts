import { expect, it } from 'vitest';

import { blockAfterRefusal, pauseAfterFaults } from './blocks.ts';
import { blockedByHeaders } from './limit-headers.ts';

it('opens after five faults in a row, for longer each time, never above ten minutes', () => {
  expect([1, 4, 5, 6, 7].map(pauseAfterFaults)).toEqual([0, 0, 15_000, 30_000, 60_000]);
  expect(pauseAfterFaults(400)).toBe(600_000);
});

it('waits as long as the vendor asks, and stops asking without credits or with a wrong key', () => {
  expect(blockAfterRefusal('rate_limited', 2_000)).toEqual({ reason: 'rate_limited', forMs: 2_000 });
  expect(blockAfterRefusal('rate_limited', undefined)).toEqual({ reason: 'rate_limited', forMs: 10_000 });
  expect(blockAfterRefusal('quota_exhausted', undefined)?.reason).toBe('quota_exhausted');
  expect(blockAfterRefusal('unauthorized', undefined)?.reason).toBe('unauthorized');
  expect(blockAfterRefusal('timeout', undefined)).toBeNull();
});

const NOW = Date.parse('2026-11-24T10:00:00Z');

it.each([
  [{}, 0],
  [{ 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '30' }, 0],
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }, 30_000],
  [{ 'ratelimit-remaining': '0', 'ratelimit-reset': String(NOW / 1_000 + 12) }, 12_000],
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-11-24T10:00:07Z' }, 7_000],
  [{ 'x-minute-requests-left': '0' }, 60_000],
  [{ 'x-24-hour-requests-left': '0' }, 3_600_000],
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' + '0'.repeat(12) }, 3_600_000],
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }, 60_000],
  [{ 'x-ratelimit-remaining': "{'minute': 0}" }, 0],
])('reads %o as %i ms', (headers, waitMs) => {
  expect(blockedByHeaders(headers as Record<string, string>, NOW)).toBe(waitMs);
});
