import { describe, expect, it } from 'vitest';

import {
  balanceCause,
  budgetCause,
  compareAlerts,
  errorCause,
  hitRateCause,
  type Cause,
  type OpenAlert,
} from './alerts.ts';

const cause = (subject: string, more: Partial<Cause> = {}): Cause => ({
  kind: 'budget_nearly_spent',
  subject,
  about: {},
  figures: { share: 0.8 },
  keeps: false,
  ...more,
});
const open = (subject: string): OpenAlert => ({
  id: `id of ${subject}`,
  kind: 'budget_nearly_spent',
  subject,
  figures: { share: 0.8 },
});

describe('what becomes of alerts', () => {
  it('opens what is new, keeps what is there, closes what is gone', () => {
    const { opens, closes, changes } = compareAlerts([open('a'), open('b')], [cause('b'), cause('c')]);
    expect([opens.map(({ subject }) => subject), closes.map(({ id }) => id), changes]).toEqual([
      ['c'],
      ['id of a'],
      [],
    ]);
  });

  it('opens nothing for a cause that only keeps, and closes nothing either', () => {
    const keeping = { keeps: true, figures: { share: 0.76 } };
    expect(compareAlerts([], [cause('a', keeping)]).opens).toEqual([]);
    const { closes, changes } = compareAlerts([open('a')], [cause('a', keeping)]);
    expect([closes, changes]).toEqual([[], [{ id: 'id of a', figures: { share: 0.76 } }]]);
  });

  it('keeps the same subject of another kind apart', () => {
    const { opens, closes } = compareAlerts([open('a')], [cause('a', { kind: 'key_refused' })]);
    expect([opens.length, closes.length]).toEqual([1, 1]);
  });
});

it.each([
  [79, 'keeps'],
  [80, 'opens'],
  [120, 'opens'],
  [74, null],
])('judges a budget of which %i of 100 is used: %s', (usedMicros, state) => {
  expect(budgetCause({ limitMicros: 100, usedMicros })).toBe(state);
});

it('counts the days that credits last, by the use of the last week', () => {
  expect(balanceCause({ credits: 60, usedCredits: 70, overDays: 7 })).toEqual({
    state: 'opens',
    perDay: 10,
    daysLeft: 6,
  });
  expect(balanceCause({ credits: 80, usedCredits: 70, overDays: 7 }).state).toBe('keeps');
  expect(balanceCause({ credits: 100, usedCredits: 70, overDays: 7 }).state).toBeNull();
  // A key that is hours old has a day of use at least.
  expect(balanceCause({ credits: 100, usedCredits: 10, overDays: 0.1 }).daysLeft).toBe(10);
  expect(balanceCause({ credits: 0, usedCredits: 0, overDays: 7 })).toMatchObject({
    state: 'opens',
    daysLeft: 0,
  });
  expect(balanceCause({ credits: 5, usedCredits: 0, overDays: 7 }).state).toBeNull();
});

it.each([
  [{ calls: 20, failed: 4 }, 'opens'],
  [{ calls: 19, failed: 19 }, 'keeps'],
  [{ calls: 100, failed: 12 }, 'keeps'],
  [{ calls: 100, failed: 9 }, null],
  [{ calls: 0, failed: 0 }, null],
])('judges failed calls: %j is %s', (seen, state) => {
  expect(errorCause(seen)).toBe(state);
});

it('tells a hit rate that has fallen from chance', () => {
  const rates = (hits: number, of: number, wasHits: number, wasOf: number) =>
    hitRateCause({ lately: { hits, of }, before: { hits: wasHits, of: wasOf } });
  expect(rates(20, 100, 500, 1_000)).toBe('opens');
  // By a third, but of so few that it may be chance.
  expect(rates(8, 50, 50, 200)).toBe('keeps');
  expect(rates(45, 100, 500, 1_000)).toBeNull();
  expect(rates(0, 49, 500, 1_000)).toBeNull();
  expect(rates(0, 100, 0, 1_000)).toBeNull();
});
