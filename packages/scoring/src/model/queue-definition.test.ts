import { expect, it } from 'vitest';

import { belongs, DEFAULT_QUEUES, type Sorted } from './queue-definition.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const DAY_MS = 86_400_000;
const mass = (kind: string, daysAgo: number, value = 0.5) => ({
  kind,
  value,
  halfLifeDays: 30,
  at: new Date(NOW.getTime() - daysAgo * DAY_MS),
});
const queuesOf = (item: Partial<Sorted>): string[] => {
  const whole = { band: 1, hasOpenDeal: false, signal: 0, risk: 0, masses: [], ...item };
  return DEFAULT_QUEUES.filter(({ filter }) => belongs(filter, whole, NOW)).map(({ key }) => key);
};

it.each<[string, Partial<Sorted>, string[]]>([
  ['an account of which nothing is known', {}, []],
  ['somebody who asked', { band: 0, signal: 60 }, ['inbound-now']],
  ['an account at the line of heat', { signal: 30 }, ['hot-without-deal']],
  ['an account just below it', { signal: 29.99 }, []],
  ['a hot account with an open deal and no news', { signal: 60, hasOpenDeal: true }, []],
  [
    'an open deal whose account did something seven days ago',
    { signal: 20, hasOpenDeal: true, masses: [mass('visit', 7)] },
    ['stalled-with-intent'],
  ],
  ['the same a day later', { signal: 20, hasOpenDeal: true, masses: [mass('visit', 8)] }, []],
  ['a champion who left', { masses: [mass('champion_departure', 60)] }, ['champions-moved']],
  ['one who left long ago', { masses: [mass('champion_departure', 91)] }, []],
  ['news that no longer count', { masses: [mass('executive_hire', 5, 0)] }, []],
  ['an open deal at risk', { risk: 20, hasOpenDeal: true }, ['deals-at-risk']],
  ['risk without a deal', { risk: 80 }, []],
])('sorts %s', (_, item, queues) => {
  expect(queuesOf(item)).toEqual(queues);
});
