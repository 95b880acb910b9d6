import { describe, expect, it } from 'vitest';

import { DEFAULT_INTENT_MODEL } from './presets.ts';
import { reactivationInWords, reactivationOf, stallOf, type DealPulse } from './reactivation.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const quiet: DealPulse = {
  stageType: 'open',
  stageEnteredAt: daysAgo(40),
  lastActivityAt: daysAgo(30),
  medianDays: null,
  stays: 0,
};
const event = (kind: string, days: number, strength = 0.6) => ({
  kind,
  strength,
  halfLifeDays: 14,
  occurredAt: daysAgo(days),
});

describe('a stalled deal', () => {
  it('has had no move for longer than two weeks where nothing tells what is usual', () => {
    expect(stallOf(quiet, NOW)).toEqual({
      since: daysAgo(16),
      lastMovedAt: daysAgo(30),
      usualDays: 14,
      usualFrom: 'default',
    });
  });

  it('is one only after the usual time, to the millisecond', () => {
    const on = (ms: number) => new Date(daysAgo(14).getTime() - ms);
    expect(stallOf({ ...quiet, lastActivityAt: on(0) }, NOW)).toBeNull();
    expect(stallOf({ ...quiet, lastActivityAt: on(1) }, NOW)).not.toBeNull();
  });

  it.each(['won', 'lost', 'post_sale'] as const)('is never one that is %s', (stageType) => {
    expect(stallOf({ ...quiet, stageType }, NOW)).toBeNull();
  });

  it.each([
    ['a stage entered after the last activity', { stageEnteredAt: daysAgo(3) }, null],
    ['no activity at all', { lastActivityAt: null }, daysAgo(26)],
    ['an activity of the future', { lastActivityAt: daysAgo(-5) }, daysAgo(26)],
  ])('counts from its last move: %s', (_, change, since) => {
    expect(stallOf({ ...quiet, ...change }, NOW)?.since ?? null).toEqual(since);
  });

  it.each([
    [20.2, 5, 21, 'won_deals'],
    [20.2, 4, 14, 'default'],
    [0.5, 9, 7, 'won_deals'],
    [400, 9, 90, 'won_deals'],
  ])('has a usual time by the median %d of %d stays: %d days', (medianDays, stays, usualDays, usualFrom) => {
    const old = { ...quiet, stageEnteredAt: daysAgo(200), lastActivityAt: null };
    expect(stallOf({ ...old, medianDays, stays }, NOW)).toMatchObject({ usualDays, usualFrom });
  });
});

describe('a stalled deal reactivates', () => {
  const stall = stallOf(quiet, NOW) ?? expect.fail('it stands still');
  const revive = (...events: ReturnType<typeof event>[]) =>
    reactivationOf(DEFAULT_INTENT_MODEL, stall, events, NOW);

  it('by signals since, with what each gives, since when, and the play of the weightiest', () => {
    const revived = revive(event('visit', 2, 0.3), event('category_search', 1), event('category_search', 5));
    expect(revived?.since).toEqual(daysAgo(5));
    expect(revived?.parts.map(({ kind }) => kind)).toEqual(['category_search', 'visit']);
    expect(revived?.parts.reduce((sum, part) => sum + part.points, 0)).toBeCloseTo(revived?.points ?? 0, 9);
    expect(revived?.play).toBe('Bring discovery and the demo forward: they are choosing now.');
    expect(revived && reactivationInWords('Rollout', stall, revived)).toBe(
      'Intent is back: Category search, Website visits, since “Rollout” stalled on 2026-11-07T09:00:00Z',
    );
  });

  it.each([
    ['a signal before it stalled', event('category_search', 16)],
    ['a signal of the future', event('category_search', -1)],
    ['risk', event('champion_departure', 1, 1)],
    ['what is a risk where a deal is open', event('competitive_install', 1, 1)],
    ['one visit', event('visit', 0, 0.3)],
    ['a kind that nobody knows', event('horoscope', 1, 1)],
  ])('not by %s', (_, alone) => {
    expect(revive(alone)).toBeNull();
  });

  it('no longer once the new intent has faded below the line', () => {
    const old = { ...quiet, stageEnteredAt: daysAgo(400), lastActivityAt: null };
    const longStall = stallOf(old, NOW) ?? expect.fail('it stands still');
    expect(reactivationOf(DEFAULT_INTENT_MODEL, longStall, [event('category_search', 60)], NOW)).toBeNull();
  });
});
