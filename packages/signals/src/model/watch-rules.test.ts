import { expect, it } from 'vitest';

import { findPhrases, fold } from '@penstock/kernel/phrases';

import { DEFAULT_SYNONYMS } from './synonyms.ts';
import { DEFAULT_WATCH_RULES, judgeOpening } from './watch-rules.ts';

const rule = (title: string, more = {}) =>
  judgeOpening(DEFAULT_WATCH_RULES, { title, department: null, countries: [], ...more })?.rule.name ?? null;
const saysPhrase = (text: string, phrase: string, synonyms = DEFAULT_SYNONYMS) =>
  findPhrases([phrase], synonyms)(fold(text)) !== null;

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

it('asks for words that follow one another, the last of them open', () => {
  expect(saysPhrase('Head of Sales Operations', 'sales oper*')).toBe(true);
  expect(saysPhrase('Sales and Operations', 'sales oper*')).toBe(false);
  expect(saysPhrase('Anything', '*')).toBe(false);
});

it('takes a workspace’s own phrases for one thing, both ways', () => {
  const own = [['sales operations', 'vertriebssteuerung']];
  expect(saysPhrase('Leitung Vertriebssteuerung', 'sales operations', own)).toBe(true);
  expect(saysPhrase('Sales-Operations Manager', 'vertriebssteuerung', own)).toBe(true);
  expect(saysPhrase('Senior AE', 'account executive', own)).toBe(false);
});

it('says which phrase of the rule the title says', () => {
  expect(
    judgeOpening(DEFAULT_WATCH_RULES, { title: 'RevOps Lead', department: null, countries: [] })?.phrase,
  ).toBe('revenue operations');
});

it('stays quick whatever is asked for', () => {
  expect(saysPhrase(`${'a'.repeat(50_000)} b`, 'a*a*a*a*a*a*a*a*a*a*c')).toBe(false);
});
