import { expect, it } from 'vitest';

import { believe, isNews, itemPauseMs } from './doubt.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour));
const known = { baselineAt: at(1), lastSuccessAt: at(9), successes: 5, strange: 0 };
const window = (published: (Date | null)[], shared: number) => ({ published, known: shared });
const NOW = at(12);

it('takes the first sight as what was there, and what shares something with it as the source', () => {
  const first = { baselineAt: null, lastSuccessAt: null, successes: 0, strange: 0 };
  expect(believe(window([at(1)], 0), first, NOW)).toBe('baseline');
  expect(believe(window([at(1), at(9)], 1), known, NOW)).toBe('news');
});

it('doubts a list that shows nothing known and is not newer, until it has shown it four times', () => {
  const other = window([at(2), at(3), null], 0);
  expect(believe(other, known, NOW)).toBe('strange');
  expect(believe(other, { ...known, strange: 2 }, NOW)).toBe('strange');
  expect(believe(other, { ...known, strange: 3 }, NOW)).toBe('baseline');
});

it('believes a busy source that shows only what is newer', () => {
  expect(believe(window([at(10), at(11), at(2)], 0), known, NOW)).toBe('news');
  expect(believe(window([at(13), at(14), at(2)], 0), known, NOW)).toBe('strange');
});

it('begins again where the first sight was of something else', () => {
  expect(believe(window([at(1), null], 0), { ...known, successes: 1 }, NOW)).toBe('baseline');
});

it('tells of what is dated after the first sight, and not of days to come', () => {
  const now = at(12);
  expect(isNews(at(5), 'baseline', at(1), now)).toBe(true);
  expect(isNews(at(0), 'baseline', at(1), now)).toBe(false);
  expect(isNews(null, 'baseline', at(1), now)).toBe(false);
  expect(isNews(new Date('2099-01-01'), 'baseline', at(1), now)).toBe(false);
  expect(isNews(at(5), 'baseline', null, now)).toBe(false);
  expect(isNews(at(0), 'news', at(1), now)).toBe(true);
});

it('waits longer for a document each time, six hours at most', () => {
  expect([0, 1, 2, 60].map((attempts) => itemPauseMs(attempts, false))).toEqual([
    0, 240_000, 480_000, 21_600_000,
  ]);
  expect(itemPauseMs(0, true)).toBe(120_000);
});
