import { expect, it } from 'vitest';

import { DEFAULT_WATCH_RULES, ruleOf, saysPhrase } from './watch-rules.ts';

const rule = (title: string, more = {}) =>
  ruleOf(DEFAULT_WATCH_RULES, { title, department: null, countries: [], ...more })?.name ?? null;

it.each([
  ['Sales Operations Manager', 'Sales operations'],
  ['Senior RevOps Analyst', 'Sales operations'],
  ['Manager, Rev-Ops (EMEA)', 'Sales operations'],
  ['Head of Revenue Operations', 'Sales operations'],
  ['GTM Operations Lead', 'Sales operations'],
  ['CRM Administrator', 'Sales operations'],
  ['Salesforce Administrator II', 'Sales operations'],
  ['VP, Sales', 'Sales leadership'],
  ['Chief Revenue Officer', 'Sales leadership'],
  ['Sales Operations Intern', null],
  ['Account Executive', null],
  ['Software Engineer', null],
  ['Operations Manager, Warehouse', null],
  ['Wholesale Manager', null],
])('%s', (title, expected) => {
  expect(rule(title)).toBe(expected);
});

it('asks for whole words, and a star for any ending', () => {
  expect(saysPhrase('Maestro developer', 'ae')).toBe(false);
  expect(saysPhrase('Senior AE', 'account executive')).toBe(true);
  expect(saysPhrase('Vertriebsleiterin', 'vertriebsleit*')).toBe(true);
  expect(saysPhrase('Vertriebsleiterin', 'vertrieb')).toBe(false);
});
