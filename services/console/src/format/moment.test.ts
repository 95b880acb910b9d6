import { expect, it } from 'vitest';

import { clock, dated, duration, onDay, relative } from './moment.ts';

it.each([
  [412, '0.4 s'],
  [41_000, '41 s'],
  [3 * 60_000, '3 min'],
  [125 * 60_000, '2 h 5 min'],
  [4 * 86_400_000, '4 d'],
])('says %i ms as %s', (ms, said) => {
  expect(duration(ms)).toBe(said);
});

it.each([
  [41_000, '0:41'],
  [3_753_000, '1:02:33'],
  [100_800_000, '1 d 4 h'],
])('lets a clock of %i ms show %s', (ms, shown) => {
  expect(clock(ms)).toBe(shown);
});

const now = Date.parse('2026-11-23T12:00:00Z');
it.each([
  ['2026-11-23T11:59:55Z', 'now'],
  ['2026-11-23T11:57:00Z', '3 min ago'],
  ['2026-11-23T14:20:00Z', 'in 2 h'],
  ['2026-11-21T12:00:00Z', '2 d ago'],
  ['2026-01-02T12:00:00Z', '2 Jan 2026'],
])('says %s as %s', (iso, said) => {
  expect(relative(iso, now)).toBe(said);
});

it.each([
  ['2026-11-26T23:30:00Z', 'UTC', 'on Thursday'],
  ['2026-11-26T23:30:00Z', 'Europe/Berlin', 'on Friday'],
  ['2026-11-23T22:00:00Z', 'UTC', 'today'],
  ['2026-11-23T23:30:00Z', 'Europe/Berlin', 'tomorrow'],
  ['2026-12-23T09:00:00Z', 'UTC', 'on 23 Dec 2026'],
])('names the day of %s in %s: %s', (iso, zone, told) => {
  expect(onDay(iso, Date.parse('2026-11-23T09:00:00Z'), zone)).toBe(told);
});

it.each([
  ['Mail sent on 2026-11-23T23:30:00Z', 'Europe/Berlin', 'Mail sent on 24 Nov 2026'],
  ['Mail sent on 2026-11-23T23:30:00.250Z', 'America/New_York', 'Mail sent on 23 Nov 2026'],
  ['Decision by 2026-12-01, “by 2026-12-01”', 'America/New_York', 'Decision by 1 Dec 2026, “by 2026-12-01”'],
  ['Order 2026-99-99, stalled', 'UTC', 'Order 2026-99-99, stalled'],
])('writes the dates of “%s” for a reader in %s', (said, zone, read) => {
  expect(dated(said, zone)).toBe(read);
});
