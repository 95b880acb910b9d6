import { expect, it } from 'vitest';

import { blankRule, describeRule, ruleChanges, whatIsMissing, type WatchRules } from './watch-rule-words.ts';

const rules: WatchRules = {
  jobs: [
    {
      name: 'Sales operations',
      titles: ['sales operations', 'revenue operations', 'deal desk', 'crm manager'],
      notTitles: ['intern'],
      departments: [],
      countries: ['DE'],
      seniority: 'any',
      strength: 0.6,
    },
  ],
  team: { name: 'Sales', titles: ['sales'] },
  synonyms: [['gtm', 'go to market']],
  competitors: [],
  news: { rules: [], ignoredPublishers: [] },
};
const [first] = rules.jobs;

it('describes a rule in a line', () => {
  expect(first && describeRule(first)).toBe(
    'title says sales operations, revenue operations, deal desk or 1 more · not intern · DE',
  );
});

it('names what was added, taken away and changed', () => {
  const changed: WatchRules = {
    ...rules,
    jobs: [
      ...rules.jobs.map((rule) => ({ ...rule, titles: [...rule.titles.slice(1), 'cpq'], strength: 0.7 })),
      { ...blankRule(rules), titles: ['bid manager'] },
    ],
  };
  expect(ruleChanges(rules, changed)).toEqual([
    {
      sign: '±',
      text: '“Sales operations”: title + cpq; title − sales operations; strength 0.6 → 0.7',
    },
    { sign: '+', text: 'Rule “Rule 2”: title says bid manager' },
  ]);
  const tool = { name: 'Rival', mentions: [], records: [] };
  expect(ruleChanges(rules, { ...rules, competitors: [tool] })).toEqual([
    { sign: '+', text: 'Competing tool “Rival”' },
  ]);
  expect(ruleChanges(changed, rules)).toContainEqual({ sign: '−', text: 'Rule “Rule 2”' });
  expect(ruleChanges(rules, rules)).toEqual([]);
});

it('says why rules can’t be saved', () => {
  expect(whatIsMissing(rules)).toBeNull();
  expect(whatIsMissing({ ...rules, jobs: [...rules.jobs, blankRule(rules)] })).toMatch(/needs at least one/);
  expect(whatIsMissing({ ...rules, jobs: [...rules.jobs, ...rules.jobs] })).toMatch(/Two rules/);
  expect(whatIsMissing({ ...rules, synonyms: [['one']] })).toMatch(/two or more/);
  const tool = { name: 'Rival', mentions: [], records: ['mx'] };
  expect(whatIsMissing({ ...rules, competitors: [tool, { ...tool, records: [] }] })).toMatch(/have one name/);
  expect(whatIsMissing({ ...rules, competitors: [tool] })).toMatch(/four characters/);
});
