import { expect, it } from 'vitest';

import { causeOf, happenedIn } from './notification-causes.ts';

const id = '0190a000-0000-7000-8000-000000000001';

it('reads what is told out of an event, by its kind', () => {
  const payload = { signalId: id, accountId: 'x', kind: 'funding' };
  expect(happenedIn({ kind: 'signal.recorded', payload })).toEqual({
    kind: 'signal',
    subjectId: id,
    ends: false,
  });
  expect(happenedIn({ kind: 'score.changed', payload })).toBeNull();
});

it('begins and ends an alert by the same id', () => {
  const opened = happenedIn({ kind: 'alert.opened', payload: { alertId: id, kind: 'balance_low', n: 1 } });
  const closed = happenedIn({ kind: 'alert.closed', payload: { alertId: id } });
  expect(opened).toMatchObject({ kind: 'alert', ends: false });
  expect(closed).toMatchObject({ ends: true });
  expect(opened && closed && causeOf(opened) === causeOf(closed)).toBe(true);
});

it.each([{}, { signalId: 7 }, { signalId: 'no id' }])(
  'takes nothing from an event without an id: %j',
  (payload) => {
    expect(happenedIn({ kind: 'signal.recorded', payload })).toBeNull();
  },
);
