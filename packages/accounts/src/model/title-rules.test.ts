import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TitleRulesBody } from '../contracts.ts';
import { rankOf } from './buying-role.ts';
import { DEFAULT_TITLE_RULES } from './default-title-rules.ts';
import { deadRules } from './title-rule-faults.ts';
import { readTitle, type TitleRule } from './title-rules.ts';
import { tryTitles } from './try-titles.ts';

const read = (title: string | null, rules: readonly TitleRule[] = DEFAULT_TITLE_RULES.rules) =>
  readTitle(title, { rules });
const rule = (name: string, says: string[], more: Partial<TitleRule> = {}): TitleRule => ({
  name,
  says,
  saysNot: [],
  role: 'it',
  seniority: null,
  ...more,
});

describe('the rules that workspaces start with', () => {
  it.each([
    ['VP Sales', 'executive', 'vice_president'],
    ['Chief Executive Officer', 'executive', 'chief'],
    ['Senior Vice-President of Marketing', 'executive', 'vice_president'],
    ['RevOps Director', 'department_manager', 'director'],
    ['Sales manager', 'department_manager', 'manager'],
    ['CRM administrator', 'it', 'individual'],
    ['Chief Financial Officer', 'finance', 'chief'],
    ['CTO', 'it', 'chief'],
    ['Head of Procurement', 'procurement', 'director'],
    ['Leiterin Einkauf', 'procurement', 'director'],
    ['Vertriebsleiter', 'department_manager', 'director'],
    ['Geschäftsführer', 'executive', 'chief'],
    ['Président', 'executive', 'chief'],
    ['Account Executive', 'end_user', 'individual'],
    ['Product Owner', 'end_user', 'individual'],
    ['Staff Accountant', 'finance', 'individual'],
    ['Executive Assistant to the CEO', 'end_user', 'individual'],
    ['Sales Development Representative', 'end_user', 'individual'],
  ])('read %s as %s, %s', (title, role, seniority) => {
    expect(read(title)).toMatchObject({ role, seniority });
  });

  it.each([null, '', '  ', '—'])('say nothing about the title %j', (title) => {
    expect(read(title)).toMatchObject({ role: null, seniority: null });
    expect(rankOf(null)).toBeGreaterThan(rankOf('individual'));
  });

  it('say which of them read the title, and by which phrase', () => {
    expect(read('Chief Financial Officer')).toMatchObject({
      roleBy: { rule: 'Finance', phrase: 'financ*' },
      seniorityBy: { rule: 'Chiefs of an area', phrase: 'chief' },
    });
    expect(read('Account Executive')).toMatchObject({ roleBy: null, seniorityBy: null });
  });

  it('are valid, and each of them can count', () => {
    expect(TitleRulesBody.parse(DEFAULT_TITLE_RULES)).toEqual(DEFAULT_TITLE_RULES);
    expect(deadRules(DEFAULT_TITLE_RULES.rules)).toEqual([]);
  });
});

describe('rules of a workspace', () => {
  it('count in their order, with exceptions, and may give no part', () => {
    const rules = [
      rule('Sales engineers', ['sales engineer'], { role: 'end_user' }),
      rule('Students', ['student'], { role: 'none', saysNot: ['student success'] }),
      ...DEFAULT_TITLE_RULES.rules,
    ];
    expect(read('Senior Sales Engineer', rules)).toMatchObject({ role: 'end_user', seniority: 'individual' });
    expect(read('Student', rules)).toMatchObject({ role: null, roleBy: { rule: 'Students' } });
    expect(read('Head of Student Success', rules)).toMatchObject({ role: 'department_manager' });
  });

  it.each([
    ['an earlier rule reads every such title', [rule('A', ['sales']), rule('B', ['sales operations'])], 'B'],
    ['an earlier one stars the word', [rule('A', ['financ*']), rule('B', ['finance', 'financial*'])], 'B'],
    ['two earlier ones share it', [rule('A', ['cio']), rule('B', ['cto']), rule('C', ['cto', 'cio'])], 'C'],
    ['it keeps out what it reads', [rule('A', ['sales lead'], { saysNot: ['lead'] })], 'A'],
  ])('are found never to count where %s', (_, rules, dead) => {
    expect(deadRules(rules).map(({ index }) => rules[index]?.name)).toEqual([dead]);
  });

  it.each([
    [
      'says something else',
      [rule('A', ['sales']), rule('B', ['sales'], { role: null, seniority: 'manager' })],
    ],
    ['has another word too', [rule('A', ['sales']), rule('B', ['sales operations', 'revops'])]],
    ['has exceptions', [rule('A', ['sales'], { saysNot: ['senior'] }), rule('B', ['sales ops'])]],
    ['is narrower', [rule('A', ['finance']), rule('B', ['financ*'])]],
  ])('may count where the other %s', (_, rules) => {
    expect(deadRules(rules)).toEqual([]);
  });

  it('that are found dead never say anything, whatever the title', () => {
    const word = fc.constantFrom('sales', 'head', 'finance', 'financ*', '*leiter', 'vertriebsleiter', 'it');
    const phrase = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join(' '));
    const made = fc.record({
      says: fc.array(phrase, { minLength: 1, maxLength: 3 }),
      saysNot: fc.array(phrase, { maxLength: 1 }),
      role: fc.constantFrom('it' as const, 'finance' as const, 'none' as const),
      seniority: fc.constantFrom(null, 'chief' as const),
    });
    const title = fc.array(fc.constantFrom('sales', 'head', 'finance', 'vertriebsleiter', 'it', 'of'), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(made, { maxLength: 4 }), title, (some, words) => {
        const rules = some.map((one, at) => ({ ...one, name: `${at}` }));
        const { roleBy, seniorityBy } = read(words.join(' '), rules);
        for (const { index } of deadRules(rules)) {
          expect(roleBy?.rule).not.toBe(`${index}`);
          expect(seniorityBy?.rule).not.toBe(`${index}`);
        }
      }),
    );
  });

  const one = { name: 'A', says: ['sales'], role: 'it', seniority: null };
  it.each([
    ['no phrase', [{ ...one, says: [] }], 'needs at least one phrase'],
    ['an empty phrase', [{ ...one, says: [' '] }], 'is too short'],
    ['a phrase of nothing', [{ ...one, says: ['**'] }], 'has no letter'],
    ['a star inside of a word', [{ ...one, says: ['sa*es'] }], 'inside of a word'],
    ['an unknown role', [{ ...one, role: 'wizard' }], 'Invalid option'],
    ['nothing to say', [{ ...one, role: null }], 'choose at least one'],
    ['a name twice', [one, { ...one, name: 'a' }], 'two rules of one name'],
    ['10,000 rules', Array.from({ length: 10_000 }, (_, at) => ({ ...one, name: `${at}` })), '200 rules'],
  ])('with %s are refused', (_, rules, message) => {
    const parsed = TitleRulesBody.safeParse({ rules });
    expect(parsed.error?.issues.map((issue) => issue.message).join()).toContain(message);
  });

  it('read a pattern as words', () => {
    const rules = [rule('Evil', ['(a+)+$'])];
    expect(read(`${'a'.repeat(5_000)}!`, rules)).toMatchObject({ roleBy: null });
  });
});

it('says who is read otherwise, and what no rule knows', () => {
  const people = [
    { personId: '1', title: 'Sales Data Analyst', corrected: false },
    { personId: '2', title: 'sales data analyst', corrected: true },
    { personId: '3', title: 'Alchemist', corrected: false },
    { personId: '4', title: 'alchemist', corrected: false },
    { personId: '5', title: 'CEO', corrected: false },
  ];
  const draft = {
    rules: [rule('Sellers', ['sales*'], { role: 'end_user' }), ...DEFAULT_TITLE_RULES.rules],
  };
  const trial = tryTitles(people, draft, DEFAULT_TITLE_RULES);
  expect(trial).toMatchObject({ changed: 1, ranksChanged: 0, unknownPeople: 2 });
  expect(trial.examples).toMatchObject([
    { personId: '1', before: { role: 'it' }, after: { role: 'end_user' }, rule: 'Sellers' },
  ]);
  expect(trial.unknown).toEqual([{ title: 'Alchemist', people: 2 }]);
  expect(trial.rules[0]).toEqual({ name: 'Sellers', people: 2 });
});
