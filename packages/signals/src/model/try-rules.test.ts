import { expect, it } from 'vitest';

import { tryRules, type TriedOpening } from './try-rules.ts';
import { DEFAULT_WATCH_RULES, type WatchRules } from './watch-rules.ts';

const opening = (title: string, more: Partial<TriedOpening> = {}): TriedOpening => ({
  title,
  department: null,
  countries: ['US'],
  accountId: 'a',
  isOpen: true,
  ...more,
});
const only = (name: string, ...titles: string[]): WatchRules => ({
  ...DEFAULT_WATCH_RULES,
  jobs: [
    {
      name,
      titles,
      notTitles: [],
      departments: [],
      countries: [],
      seniority: 'any',
      strength: 0.5,
    },
  ],
});

it('counts hits and accounts by rule, and what is gained and lost against the published rules', () => {
  const openings = [
    opening('Sales Ops Manager'),
    opening('Sales Operations Analyst', { accountId: 'b' }),
    opening('Data Engineer', { accountId: 'b' }),
    opening('Office Manager'),
  ];
  const trial = tryRules(
    openings,
    only('Operations', 'sales operations', 'data engineer'),
    only('Old', 'sales operations', 'office manager'),
  );
  expect(trial).toMatchObject({ hits: 3, accounts: 2, gained: 1, lost: 1 });
  expect(trial.rules).toEqual([{ name: 'Operations', hits: 3, accounts: 2, gained: 1 }]);
  expect(trial.examples.map(({ title, phrase, isGained }) => [title, phrase, isGained])).toEqual([
    ['Sales Ops Manager', 'sales operations', false],
    ['Sales Operations Analyst', 'sales operations', false],
    ['Data Engineer', 'data engineer', true],
  ]);
  expect(trial.lostExamples).toMatchObject([{ title: 'Office Manager', rule: 'Old' }]);
});

it('shows every rule’s hits, even beside one that hits all', () => {
  const openings = [
    ...Array.from({ length: 200 }, (_, at) => opening(`Sales ${at}`)),
    opening('RevOps Lead', { accountId: 'z' }),
  ];
  const rules: WatchRules = {
    ...DEFAULT_WATCH_RULES,
    jobs: [...only('All', 'sales').jobs, ...only('RevOps', 'revops').jobs],
  };
  const trial = tryRules(openings, rules, rules);
  expect(trial.rules).toMatchObject([{ hits: 200 }, { hits: 1, accounts: 1 }]);
  expect(trial.examples.at(-1)?.title).toBe('RevOps Lead');
});

it('counts the team by the openings that are still up', () => {
  const openings = [opening('Account Executive'), opening('SDR', { isOpen: false })];
  expect(tryRules(openings, DEFAULT_WATCH_RULES, DEFAULT_WATCH_RULES).teamOpenings).toBe(1);
});
