import { expect, it } from 'vitest';

import { eventReportOf, roleKey } from './event-report.ts';

it('one office is one, however it is written', () => {
  for (const role of [
    'Chief Financial Officer',
    'CFO',
    'Interim CFO',
    'Chief Financial Officer and Treasurer',
    'Senior Vice President and Chief  Financial Officer',
  ])
    expect(roleKey(role), role).toBe('chief financial officer');
  expect(roleKey('Vice President, Sales')).not.toBe(roleKey('Vice President, Finance'));
  expect(roleKey('Interim')).toBe('interim');
});

it('says what an event is about, or that it can not be recognised', () => {
  const about = (...[source, kind, facts]: Parameters<typeof eventReportOf>) =>
    eventReportOf(source, kind, facts)?.about ?? null;
  expect(about('sec-edgar/current-form-d', 'funding', {})).toBe('round');
  expect(about('greenhouse', 'expansion', { country: 'DE' })).toBe('country de');
  expect(about('greenhouse', 'expansion', { department: 'Finance' })).toBe('department finance');
  expect(about('greenhouse', 'expansion', {})).toBeNull();
  expect(about('press/1', 'executive_hire', { role: 'CTO' })).toBe('chief technology officer');
  expect(about('press/1', 'executive_hire', { role: null })).toBeNull();
  expect(about('sec-edgar/current-8-k', 'acquisition', { direction: 'sold' })).toBe('sold');
  expect(about('greenhouse', 'hiring', { title: 'Sales Ops (m/w/d)' })).toBe('opening sales ops');
  expect(about('dns', 'competitive_install', { tool: 'Rival', change: 'adopted' })).toBe('adopted rival');
  expect(about('visits', 'visit', {})).toBeNull();
});

it('sources of one house are one witness; the press retells', () => {
  expect(eventReportOf('sec-edgar/daily-index', 'funding', {})).toMatchObject({
    origin: 'sec-edgar',
    tellsEventsApart: true,
  });
  for (const source of ['press/7', 'predictleads/news', 'lusha/news'])
    expect(eventReportOf(source, 'funding', {})).toMatchObject({ origin: 'press', tellsEventsApart: false });
});
