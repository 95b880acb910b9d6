import { expect, it } from 'vitest';

import { medianMinutes, waitingState } from './service-level.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

it.each([
  [10, null, 'waiting'],
  [45, null, 'soon'],
  [60, null, 'soon'],
  [61, null, 'missed'],
  [300, 250, 'touched'],
  [300, 200, 'missed'],
])('an item of %i minutes, touched %s minutes ago, within an hour: %s', (since, touched, state) => {
  const firstTouchAt = touched === null ? null : ago(touched);
  expect(waitingState({ createdAt: ago(since), firstTouchAt }, 60, NOW)).toBe(state);
});

it('takes the middle, and the mean of the two middle ones', () => {
  expect(medianMinutes([])).toBeNull();
  expect(medianMinutes([600_000, 60_000, 120_000])).toBe(2);
  expect(medianMinutes([60_000, 180_000])).toBe(2);
});
