import { describe, expect, it } from 'vitest';

import { endOfLocalDay, localTime } from './local-time.ts';

const MONDAY = new Date('2026-11-23T15:30:00Z');

describe('the clock where somebody is', () => {
  it('is one time where the country has one zone', () => {
    expect(localTime({ country: 'DE', region: null }, MONDAY)).toEqual({
      zones: ['Europe/Berlin'],
      from: 'Mon 16:30',
      to: 'Mon 16:30',
      working: true,
      worksAgainAt: null,
    });
  });

  it('is a range where a country has several, and working time only if it is that in all', () => {
    const there = localTime({ country: 'US', region: null }, MONDAY);
    expect(there).toMatchObject({ from: 'Mon 07:30', to: 'Mon 10:30', working: false });
    expect(there?.worksAgainAt).toEqual(new Date('2026-11-23T16:00:00Z'));
  });

  it('is exact by the region', () => {
    expect(localTime({ country: 'us', region: 'CO' }, MONDAY)).toMatchObject({
      from: 'Mon 08:30',
      to: 'Mon 08:30',
    });
    expect(localTime({ country: 'CA', region: 'QC' }, MONDAY)?.zones).toEqual(['America/Toronto']);
  });

  it('waits over a weekend', () => {
    const friday = new Date('2026-11-27T18:00:00Z');
    expect(localTime({ country: 'FR', region: null }, friday)).toMatchObject({
      working: false,
      worksAgainAt: new Date('2026-11-30T07:00:00Z'),
    });
  });

  it('is unknown where the country is', () => {
    expect(localTime({ country: null, region: 'CO' }, MONDAY)).toBeNull();
    expect(localTime({ country: 'XX', region: null }, MONDAY)).toBeNull();
  });
});

describe('the end of a day', () => {
  it.each([
    ['UTC', '2026-11-23T15:30:00Z', '2026-11-23T23:59:59.999Z'],
    ['America/New_York', '2026-11-24T03:00:00Z', '2026-11-24T04:59:59.999Z'],
    // Clocks go back an hour: the day has 25 hours.
    ['Europe/Berlin', '2026-10-24T22:30:00Z', '2026-10-25T22:59:59.999Z'],
    // Clocks go forward: 23 hours.
    ['Europe/Berlin', '2026-03-28T23:30:00Z', '2026-03-29T21:59:59.999Z'],
    // Here they change at midnight itself.
    ['America/Santiago', '2026-09-05T20:00:00Z', '2026-09-06T03:59:59.999Z'],
  ])('in %s at %s is %s', (zone, at, end) => {
    expect(endOfLocalDay(zone, new Date(at)).toISOString()).toBe(end);
  });
});
