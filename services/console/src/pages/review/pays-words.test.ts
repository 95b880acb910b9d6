import { expect, it } from 'vitest';

import { paysInWords } from './pays-words.ts';

it('tells reply and meeting rates with and without a signal, and how many times as often', () => {
  expect(
    paysInWords({ outreach: 100, replies: 30, meetings: 12 }, { outreach: 200, replies: 15, meetings: 4 }),
  ).toBe(
    'With a signal before 30 % reply and 12 % meet, of 100; without one 8 % reply and 2 % meet, of 200. Replies come 4.0 times as often.',
  );
});

it('compares nothing of which there are too few', () => {
  expect(
    paysInWords({ outreach: 3, replies: 1, meetings: 0 }, { outreach: 40, replies: 2, meetings: 1 }),
  ).toBe(
    'With a signal before 1 replies and 0 meetings of 3; without one 5 % reply and 3 % meet, of 40. Too few of one of them to compare: 20 of each are needed.',
  );
});
