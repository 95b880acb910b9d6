import { expect, it } from 'vitest';

import { whyNotNow, type Looked } from './look-again.ts';

const NOW = new Date('2026-11-30T12:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const source: Looked = {
  active: true,
  costs: false,
  lookedAt: ago(3_600_000),
  dueAt: ago(-3_600_000),
  fault: '',
  resting: null,
};

it.each<[Partial<Looked>, RegExp | null]>([
  [{}, null],
  [{ lookedAt: null }, null],
  [{ lookedAt: ago(60_000) }, /just now/],
  [{ active: false }, /nobody watches/],
  [{ costs: true }, /each look costs/],
  [{ resting: 'all 10 requests of this day are used' }, /all 10 requests/],
  [{ fault: 'rate_limited: HTTP 429' }, /left alone/],
  [{ fault: 'rate_limited: HTTP 429', dueAt: ago(1) }, null],
  [{ fault: 'unavailable: HTTP 503' }, null],
])('is looked at at once, or says why not: %j', (more, why) => {
  const told = whyNotNow({ ...source, ...more }, NOW);
  if (why === null) expect(told).toBeNull();
  else expect(told).toMatch(why);
});
