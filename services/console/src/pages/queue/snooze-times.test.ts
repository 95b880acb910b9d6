import { expect, it } from 'vitest';

import { snoozeChoices } from './snooze-times.ts';

it.each([
  ['a Saturday', new Date(2026, 10, 28, 12), true],
  ['a Sunday, when tomorrow is Monday', new Date(2026, 10, 29, 12), false],
  ['a Monday', new Date(2026, 10, 30, 12), true],
])('offers no moment twice on %s', (_, now, offersMonday) => {
  const choices = snoozeChoices(now);
  const moments = choices.map(({ value }) => value.until?.getTime() ?? null);
  expect(new Set(moments).size).toBe(moments.length);
  expect(choices.some(({ label }) => label.startsWith('Monday'))).toBe(offersMonday);
  expect(moments.every((moment) => moment === null || moment > now.getTime())).toBe(true);
});
