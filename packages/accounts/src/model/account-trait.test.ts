import { expect, it } from 'vitest';

import { traitProblem } from './account-trait.ts';

it.each([
  ['stakeholders', ['6'], null],
  ['stakeholders', [], null],
  ['stakeholders', ['6', '7'], 'is one number'],
  ['departments', ['a few'], 'is not a whole number from 0 to 9999'],
  ['departments', ['-1'], 'is not a whole number from 0 to 9999'],
  ['pain_points', ['manual processes', 'late reports'], null],
] as const)('%s of %j: %s', (trait, words, problem) => {
  expect(traitProblem(trait, words)).toBe(problem);
});
