import { expect, it } from 'vitest';

import { dealAdvice } from './deal-advice.ts';

const calm = { play: null, riskParts: [], stalled: false, nextStep: 'Demo', missing: [] };

it.each([
  [
    'new intent before any risk',
    { play: 'Bring the demo forward.', riskParts: [{ key: 'idle' }] },
    /forward/,
  ],
  ['its largest risk', { riskParts: [{ key: 'budget_cut' }, { key: 'no_next_step' }] }, /Re-confirm budget/],
  ['a risk of its own', { riskParts: [{ key: 'no_next_step' }] }, /Agree a next step/],
  ['that it stands still', { stalled: true, missing: ['Finance'] }, /Nothing has moved/],
  ['who is missing', { missing: ['Finance', 'IT'] }, /Finance, IT/],
  ['nothing', {}, /next step: Demo/],
])('says what to do about %s', (_, change, advice) => {
  expect(dealAdvice({ ...calm, ...change })).toMatch(advice);
});
