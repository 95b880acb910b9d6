import { expect, it } from 'vitest';

import {
  blankTitleRule,
  describeTitleRule,
  partLabel,
  titleRuleChanges,
  whatTitlesMiss,
  type TitleRule,
  type TitleRules,
} from './title-rule-words.ts';

const chiefs: TitleRule = {
  name: 'Chiefs',
  says: ['chief', 'ceo', 'founder', 'owner'],
  saysNot: ['product owner'],
  role: null,
  seniority: 'chief',
};
const it_: TitleRule = { name: 'IT', says: ['cto'], saysNot: [], role: 'it', seniority: null };
const rules: TitleRules = { rules: [chiefs, it_] };

it('describes a rule and a part in a line', () => {
  expect(describeTitleRule(chiefs)).toBe('Chief · chief, ceo, founder or 1 more · not product owner');
  expect(partLabel({ role: 'it', seniority: 'director' })).toBe('IT, director');
  expect(partLabel({ role: null, seniority: null })).toBe('No part');
});

it('names what was added, taken away, changed and moved', () => {
  expect(titleRuleChanges(rules, rules)).toEqual([]);
  const draft = {
    rules: [
      { ...it_, says: ['cio'], role: 'finance' as const },
      chiefs,
      blankTitleRule(rules, ['alchemist']),
    ],
  };
  expect(titleRuleChanges(rules, draft)).toEqual([
    { sign: '±', text: '“IT”: + cio; − cto; IT → Finance' },
    { sign: '+', text: '“Rule 3”: End user · alchemist' },
    { sign: '±', text: 'The order of the rules' },
  ]);
  expect(titleRuleChanges(rules, { rules: [chiefs] })).toEqual([{ sign: '−', text: '“IT”' }]);
});

it.each([
  [{}, null],
  [{ name: ' ' }, 'A rule has no name.'],
  [{ name: 'it' }, 'Two rules are called “it”. Rename one.'],
  [{ says: [] }, '“Chiefs” needs at least one phrase.'],
  [{ says: ['x'] }, '“Chiefs” has a phrase of one letter.'],
  [{ seniority: null }, '“Chiefs” says neither a part nor a rank.'],
])('says of %j what is missing', (change, missing) => {
  expect(whatTitlesMiss({ rules: [{ ...chiefs, ...change }, it_] })).toBe(missing);
});
