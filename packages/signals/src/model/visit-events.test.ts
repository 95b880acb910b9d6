import { expect, it } from 'vitest';

import { visitEvents } from './visit-events.ts';

const AT = new Date('2026-11-25T10:00:00Z');
const seen = { path: '/docs', today: 1, pricingToday: null, visitorsOfWeek: 1, days: 1 };

it('tells a visit once a day, stronger where it has become a habit', () => {
  expect(visitEvents('Northmill', seen, AT)).toEqual([
    {
      interest: 'visit',
      period: '2026-11-25',
      strength: 0.3,
      summary: 'Somebody at Northmill looked at /docs',
    },
  ]);
  expect(visitEvents('Northmill', { ...seen, days: 5 }, AT)).toMatchObject([
    { strength: 0.5, summary: 'Somebody at Northmill looked at /docs, on 5 days within a month' },
  ]);
});

it('tells of prices and of several people besides', () => {
  const events = visitEvents('Northmill', { ...seen, pricingToday: '/pricing', visitorsOfWeek: 3 }, AT);
  expect(events.map(({ interest, strength }) => [interest, strength])).toEqual([
    ['visit', 0.3],
    ['pricing', 0.6],
    ['several', 0.7],
  ]);
  const later = visitEvents('Northmill', { ...seen, visitorsOfWeek: 4 }, new Date('2026-11-24T10:00:00Z'));
  expect(later.at(-1)?.period).toBe(events.at(-1)?.period);
});
