import { createSourceAdapters } from '@penstock/sources/registry';
import { readFilingText } from '@penstock/sources/sec-edgar/filing-text';
import { readFormItems } from '@penstock/sources/sec-edgar/form-8-k';
import { readLeadershipMoves } from '@penstock/sources/sec-edgar/leadership-moves';
import { readSubmissions } from '@penstock/sources/sec-edgar/submissions';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { referenceJson, referenceText } from './reference.ts';

const Move = z.object({
  name: z.string(),
  role: z.string(),
  effective: z.string(),
  internal_promotion: z.boolean().optional(),
});
const Answer = z.object({
  items: z.array(z.string()),
  leadership_signal: z.boolean(),
  leaves: z.array(Move).default([]),
  arrives: z.array(Move).default([]),
});

it('every 8-K gives its items, and who leaves and arrives', (context) => {
  const file = referenceJson(context, 'sec-edgar/expected_8k.json');
  const { about: _, ...answers } = z.record(z.string(), z.unknown()).parse(file);
  for (const [name, raw] of Object.entries(answers)) {
    const answer = Answer.parse(raw);
    const { text } = readFilingText('edgar', referenceText(context, `sec-edgar/${name}`), ['8-K']);
    const items = readFormItems(text);
    expect(
      items.map(({ number }) => number),
      name,
    ).toEqual(answer.items);
    const moves = readLeadershipMoves(items.find(({ number }) => number === '5.02')?.text ?? '');
    const told = (direction: string) =>
      moves
        .filter((move) => move.direction === direction)
        .map(({ name: who, role, effectiveOn }) => [who, role, effectiveOn]);
    const expected = (list: z.output<typeof Move>[]) =>
      list.map((move) => [move.name, move.role, move.effective]);
    expect(told('leaves'), name).toEqual(expected(answer.leaves));
    expect(told('arrives'), name).toEqual(expected(answer.arrives));
    for (const { name: who, internal_promotion } of answer.arrives)
      expect(moves.find((move) => move.direction === 'arrives' && move.name === who)?.isInternal).toBe(
        internal_promotion ?? false,
      );
  }
});

it('the adapter tells a signal exactly where the answers have one, with its place in the text', (context) => {
  const adapter = createSourceAdapters({ contact: 'Penstock tests tests@penstock.example' }).get(
    'sec-edgar/current-8-k',
  );
  const { about: _, ...answers } = z
    .record(z.string(), z.unknown())
    .parse(referenceJson(context, 'sec-edgar/expected_8k.json'));
  for (const [name, raw] of Object.entries(answers)) {
    const body = referenceText(context, `sec-edgar/${name}`);
    const item = {
      key: '0000000000-00-000000',
      title: '8-K - Acme',
      publishedAt: '2023-03-20T12:00:00.000Z',
      documentPath: '/Archives/edgar/data/1/x.txt',
      publicUrl: '',
    };
    const reading = adapter?.parseItem(item, { status: 200, headers: {}, body });
    expect(reading?.outcome === 'signals', name).toBe(Answer.parse(raw).leadership_signal);
    if (reading?.outcome !== 'signals') continue;
    const { text } = readFilingText('edgar', body, ['8-K']);
    for (const { evidence } of reading.findings)
      expect(text.slice(evidence.quoteStart, evidence.quoteStart + evidence.quote.length)).toBe(
        evidence.quote,
      );
  }
});

it('the feed of 8-K lists the reports whose items tell something', (context) => {
  const adapter = createSourceAdapters({ contact: 'Penstock tests tests@penstock.example' }).get(
    'sec-edgar/current-8-k',
  );
  const body = referenceText(context, 'sec-edgar/8-k/getcurrent-type-8-K.atom.xml', 'latin1');
  const request = adapter?.listRequest(null, 0, new Date('2026-07-03T12:00:00Z')) ?? { path: '' };
  const items = adapter?.parseList({ status: 200, headers: {}, body }, request).items ?? [];
  const telling = body.split('<entry>').filter((entry) => /Item (5\.02|2\.05|2\.01)/.test(entry));
  expect(items).toHaveLength(telling.length);
});

it('a company’s history: 1,001 filings, 163 8-K, the newest 5.02', (context) => {
  const history = readSubmissions(
    'edgar',
    referenceText(context, 'sec-edgar/submissions/tesla_CIK0001318605.json'),
  );
  expect(history.filings).toHaveLength(1_001);
  expect(history.filings.filter(({ form }) => form === '8-K')).toHaveLength(163);
  expect(history.filings.find(({ items }) => items.includes('5.02'))).toMatchObject({
    accession: '0001564590-22-032575',
    filedOn: '2022-09-28',
    items: ['5.02', '9.01'],
  });
  expect(history.cik).toBe('0001318605');
});
