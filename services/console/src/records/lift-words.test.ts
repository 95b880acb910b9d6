import { expect, it } from 'vitest';

import { liftInWords } from './lift-words.ts';

const hiring = { kind: 'hiring', label: 'Relevant hiring' };
const funding = { kind: 'funding', label: 'Funding' };
const intent = { kind: 'intent', label: 'Intent' };

it.each([
  [
    [hiring],
    [{ kind: 'hiring', count: 1 }],
    'A second independent relevant hiring signal would put it in the top 20.',
  ],
  [
    [hiring],
    [{ kind: 'hiring', count: 9 }],
    'Another independent relevant hiring signal would put it in the top 20.',
  ],
  [
    [funding, hiring],
    [{ kind: 'hiring', count: 1 }],
    'A funding signal or a second independent relevant hiring signal would put it in the top 20.',
  ],
  [[intent], [], 'An intent signal would put it in the top 20.'],
  [[], [], 'No single signal would lift it there.'],
])('%j with %j: %s', (lifts, known, sentence) => {
  expect(liftInWords(lifts, known, 20)).toBe(sentence);
});
