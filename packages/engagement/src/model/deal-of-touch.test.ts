import { expect, it } from 'vitest';

import { dealOfTouch } from './deal-of-touch.ts';

const deal = (id: string, personId: string | null = null, leadId: string | null = null) => ({
  id,
  personId,
  leadId,
});

it.each([
  ['none', [], null],
  ['the only one', [deal('a')], 'a'],
  ['several', [deal('a'), deal('b')], null],
  ['one with the person', [deal('a'), deal('b', 'ada')], 'b'],
  ['two with the person', [deal('a', 'ada'), deal('b', 'ada')], null],
  ['that of the lead', [deal('a', 'ada'), deal('b', 'bob', 'lead')], 'b'],
])('of %s', (_what, deals, expected) => {
  expect(dealOfTouch(deals, { personId: 'ada', leadId: 'lead' })).toBe(expected);
});
