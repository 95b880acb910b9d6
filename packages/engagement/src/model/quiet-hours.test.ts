import { describe, expect, it } from 'vitest';

import { isQuiet, nextDigest, nextLoud } from './quiet-hours.ts';

const NIGHT = { from: 22 * 60, to: 7 * 60, weekends: false };
const NEVER = { from: null, to: null, weekends: false };
const ZONE = 'Europe/Berlin';
const loud = (quiet: Parameters<typeof nextLoud>[0], at: string, zone = ZONE) =>
  nextLoud(quiet, zone, new Date(at)).toISOString();
const digest = (
  plan: { every: 'hourly' | 'daily'; hour?: number; quiet?: typeof NEVER | typeof NIGHT },
  at: string,
  zone = ZONE,
) => nextDigest({ hour: 8, quiet: NEVER, zone, ...plan }, new Date(at)).toISOString();

describe('quiet hours', () => {
  it.each([
    ['2026-11-24T20:59:00Z', false],
    ['2026-11-24T21:00:00Z', true],
    ['2026-11-25T05:59:00Z', true],
    ['2026-11-25T06:00:00Z', false],
  ])('over midnight, by the clock of the zone: %s', (at, quiet) => {
    expect(isQuiet(NIGHT, ZONE, new Date(at))).toBe(quiet);
  });

  it('end at the same hour of the clock in summer and in winter', () => {
    expect(loud(NIGHT, '2026-10-24T22:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
    expect(loud(NIGHT, '2026-10-23T22:00:00Z')).toBe('2026-10-24T05:00:00.000Z');
    expect(loud(NIGHT, '2026-03-28T22:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
  });

  it('last over the weekend where somebody wants that', () => {
    const quiet = { ...NIGHT, weekends: true };
    expect(loud(quiet, '2026-11-27T20:00:00Z')).toBe('2026-11-27T20:00:00.000Z');
    expect(loud(quiet, '2026-11-27T21:00:00Z')).toBe('2026-11-30T06:00:00.000Z');
  });

  it('hold where the hour is shifted by a part, and leave alone where none are set', () => {
    expect(loud({ ...NIGHT, to: 7 * 60 + 30 }, '2026-11-24T17:00:00Z', 'Asia/Kathmandu')).toBe(
      '2026-11-25T01:45:00.000Z',
    );
    expect(loud(NEVER, '2026-11-24T01:07:00Z')).toBe('2026-11-24T01:07:00.000Z');
  });
});

describe('the digest', () => {
  it('leaves with the next full hour of the member’s clock', () => {
    expect(digest({ every: 'hourly' }, '2026-11-24T09:10:00Z')).toBe('2026-11-24T10:00:00.000Z');
    expect(digest({ every: 'hourly' }, '2026-11-24T10:00:00Z')).toBe('2026-11-24T11:00:00.000Z');
    expect(digest({ every: 'hourly' }, '2026-11-24T09:10:00Z', 'Asia/Kolkata')).toBe(
      '2026-11-24T09:30:00.000Z',
    );
    expect(digest({ every: 'hourly', quiet: NIGHT }, '2026-11-24T20:10:00Z')).toBe(
      '2026-11-25T06:00:00.000Z',
    );
  });

  it('leaves once a day at the hour of the member’s clock', () => {
    expect(digest({ every: 'daily' }, '2026-11-24T06:59:00Z')).toBe('2026-11-24T07:00:00.000Z');
    expect(digest({ every: 'daily' }, '2026-11-24T07:00:00Z')).toBe('2026-11-25T07:00:00.000Z');
    expect(digest({ every: 'daily' }, '2026-10-24T10:00:00Z')).toBe('2026-10-25T07:00:00.000Z');
    expect(digest({ every: 'daily', hour: 0 }, '2026-11-24T10:00:00Z')).toBe('2026-11-24T23:00:00.000Z');
  });

  it('leaves behind the hour that the clock jumps over, and once where it comes twice', () => {
    expect(digest({ every: 'daily', hour: 2 }, '2026-03-28T10:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(digest({ every: 'daily', hour: 2 }, '2026-10-24T10:00:00Z')).toBe('2026-10-25T00:00:00.000Z');
    expect(digest({ every: 'daily', hour: 2 }, '2026-10-25T00:00:00Z')).toBe('2026-10-26T01:00:00.000Z');
  });
});
