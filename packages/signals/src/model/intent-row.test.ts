import { expect, it } from 'vitest';

import { intentColumns, missingIntentColumns, readIntentRow } from './intent-row.ts';

const NOW = new Date('2026-11-29T12:00:00Z');
const columns = intentColumns([
  'Company Domain',
  'Account name',
  'Signal type',
  'Topics',
  'Composite score',
  'Date',
]);
const read = (...cells: string[]) => readIntentRow(cells, columns, NOW);

it('finds the columns that vendors name their own way, and says which are missing', () => {
  expect(columns).toEqual({ domain: 0, company: 1, kind: 2, topic: 3, score: 4, date: 5 });
  expect(missingIntentColumns(intentColumns(['Topic', 'Score']))).toMatch(/no column “domain”/);
  expect(missingIntentColumns(intentColumns(['website', 'score']))).toMatch(/no column “kind”/);
  expect(missingIntentColumns(intentColumns(['website', 'keyword']))).toBeNull();
});

it.each([
  [['https://www.acme.com/x', '', 'Content consumption', 'CRM', '80', '2026-11-28'], 'content_spike', 0.8],
  [['', 'Acme', 'competitor_research', 'Rivalforce', '0.6', ''], 'competitor_research', 0.6],
  [['acme.com', '', 'Category search', '', '', ''], 'category_search', 0.5],
  [['acme.com', '', '', 'Sales tools', '55,5 %', '2026-11-28T08:00:00Z'], 'content_spike', 0.555],
])('%s', (cells, kind, strength) => {
  expect(read(...cells)).toMatchObject({ row: { kind, strength: expect.closeTo(strength, 5) } });
});

it.each([
  [['', '', 'content', 'x', '', ''], /names no company/],
  [['not a domain', '', 'content', 'x', '', ''], /is no domain/],
  [['acme.com', '', 'weather', 'x', '', ''], /none of content/],
  [['acme.com', '', '', '', '', ''], /none of content/],
  [['acme.com', '', 'content', 'x', 'high', ''], /no number/],
  [['acme.com', '', 'content', 'x', '-3', ''], /no number/],
  [['acme.com', '', 'content', 'x', '101', ''], /no number/],
  [['acme.com', '', 'content', 'x', '', '28/11/2026'], /no day/],
  [['acme.com', '', 'content', 'x', '', '2026-02-31'], /no day/],
  [['acme.com', '', 'content', 'x', '', '2027-11-28'], /not come yet/],
  [['acme.com', '', 'content', 'x', '', '1900-01-01'], /days ago/],
])('refuses %s', (cells, problem) => {
  expect(read(...cells)).toMatchObject({ problem: expect.stringMatching(problem) });
});
