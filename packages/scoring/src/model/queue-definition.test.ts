import { expect, it } from 'vitest';

import { belongs, dayCapacity, DEFAULT_QUEUES, type QueueFilter, type Sorted } from './queue-definition.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const DAY_MS = 86_400_000;
const mass = (kind: string, daysAgo: number, value = 0.5) => ({
  kind,
  value,
  halfLifeDays: 30,
  at: new Date(NOW.getTime() - daysAgo * DAY_MS),
});
const NOTHING: Sorted = {
  band: 1,
  hasOpenDeal: false,
  reactivates: false,
  signal: 0,
  risk: 0,
  masses: [],
  ownerId: null,
  teamId: null,
  country: null,
  lists: [],
};
const queuesOf = (item: Partial<Sorted>): string[] => {
  const whole = { ...NOTHING, ...item };
  return DEFAULT_QUEUES.filter(({ filter }) => belongs(filter, whole, NOW)).map(({ key }) => key);
};

it.each<[string, Partial<Sorted>, string[]]>([
  ['an account of which nothing is known', {}, []],
  ['somebody who asked', { band: 0, signal: 60 }, ['inbound-now']],
  ['an account at the line of heat', { signal: 30 }, ['hot-without-deal']],
  ['an account just below it', { signal: 29.99 }, []],
  ['a hot account with an open deal and no news', { signal: 60, hasOpenDeal: true }, []],
  [
    'an open deal whose account did something today',
    { signal: 20, hasOpenDeal: true, masses: [mass('visit', 0)] },
    [],
  ],
  [
    'a stalled deal whose account shows intent again',
    { signal: 20, hasOpenDeal: true, reactivates: true },
    ['stalled-with-intent'],
  ],
  ['a champion who left', { masses: [mass('champion_departure', 60)] }, ['champions-moved']],
  ['one who left long ago', { masses: [mass('champion_departure', 91)] }, []],
  ['news that no longer count', { masses: [mass('executive_hire', 5, 0)] }, []],
  ['an open deal at risk', { risk: 20, hasOpenDeal: true }, ['deals-at-risk']],
  ['risk without a deal', { risk: 80 }, []],
])('sorts %s', (_, item, queues) => {
  expect(queuesOf(item)).toEqual(queues);
});

it.each<[string, Partial<QueueFilter>, Partial<Sorted>, boolean]>([
  ['a member of a list', { lists: ['one', 'two'] }, { lists: ['two'] }, true],
  ['who is in another list', { lists: ['one'] }, { lists: ['two'] }, false],
  ['a person their own', { owners: ['ada'] }, { ownerId: 'ada' }, true],
  ['a person nothing of others', { owners: ['ada'] }, { ownerId: 'bo' }, false],
  ['a person nothing of nobody', { owners: ['ada'] }, {}, false],
  ['a team what its people own', { teams: ['west'] }, { ownerId: 'bo', teamId: 'west' }, true],
  ['a team and one more', { teams: ['west'], owners: ['cy'] }, { ownerId: 'cy', teamId: 'east' }, true],
  ['a territory whoever owns it', { countries: ['DE', 'AT'] }, { country: 'AT' }, true],
  ['a territory nothing from elsewhere', { countries: ['DE'] }, { country: 'US' }, false],
  ['a territory nothing of unknown place', { countries: ['DE'] }, {}, false],
])('gives %s', (_, filter, item, inside) => {
  const everything = DEFAULT_QUEUES[0]?.filter;
  expect(everything && belongs({ ...everything, band: 'any', ...filter }, { ...NOTHING, ...item }, NOW)).toBe(
    inside,
  );
});

it('a day holds the most that one of a person’s queues asks, and the usual twenty where none is theirs', () => {
  const [first] = DEFAULT_QUEUES;
  if (!first) throw new Error('no queue');
  const queue = (capacity: number, filter: Partial<QueueFilter>) => ({
    ...first,
    capacity,
    filter: { ...first.filter, ...filter },
  });
  const queues = [queue(8, {}), queue(15, { teams: ['t'] }), queue(40, { owners: ['ana'] })];
  expect(dayCapacity(queues, { id: 'ana', teamId: null })).toBe(40);
  expect(dayCapacity(queues, { id: 'ben', teamId: 't' })).toBe(15);
  expect(dayCapacity(queues, { id: 'chloe', teamId: 'u' })).toBe(8);
  expect(dayCapacity(queues.slice(1), { id: 'chloe', teamId: 'u' })).toBe(20);
});
