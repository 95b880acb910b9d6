import { expect, it } from 'vitest';

import { isNearlySpent, monthPace, sharedBudgets } from './budgets.ts';

const NOW = new Date('2026-11-16T00:00:00.000Z');
const spent = (chargedMicros: number, limitMicros: number | null = 100) => ({
  limitMicros,
  reservedMicros: 0,
  chargedMicros,
});

it('names the budgets that a call shares, widest first', () => {
  const scopes = (teamId: string | null, campaignId: string | null, runId: string | null) =>
    sharedBudgets({ teamId, campaignId, runId }, NOW).map(({ scope, period }) => `${scope} ${period}`);
  expect(scopes(null, null, null)).toEqual(['month 2026-11']);
  expect(scopes('t', 'c', 'r')).toEqual(['month 2026-11', 'team t/2026-11', 'campaign c', 'run r']);
});

it('tells when a month is empty at the pace so far', () => {
  expect(monthPace(spent(40), NOW)).toEqual({ passed: 0.5, projectedMicros: 80, emptyOn: null });
  expect(monthPace(spent(80), NOW)).toMatchObject({
    projectedMicros: 160,
    emptyOn: new Date('2026-11-19T18:00:00.000Z'),
  });
  // What is empty already is empty now.
  expect(monthPace(spent(200), NOW).emptyOn).toEqual(NOW);
});

it('foretells nothing on the first day, nor where nothing is spent or nothing limits', () => {
  expect(monthPace(spent(99), new Date('2026-11-01T10:00:00.000Z')).projectedMicros).toBeNull();
  expect(monthPace(spent(0), NOW).projectedMicros).toBeNull();
  expect(monthPace(spent(80, null), NOW)).toMatchObject({ projectedMicros: 160, emptyOn: null });
});

it('warns from 80 percent on, reserved money counting', () => {
  expect(isNearlySpent(spent(79))).toBe(false);
  expect(isNearlySpent({ ...spent(70), reservedMicros: 10 })).toBe(true);
  expect(isNearlySpent(spent(1_000, null))).toBe(false);
});
