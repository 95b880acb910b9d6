import { SourceError } from '@penstock/signals/source-port';
import type { ListedItem, SourceAdapter } from '@penstock/signals/source-port';
import { createSourceAdapters } from '@penstock/sources/registry';
import { readFormIndex } from '@penstock/sources/sec-edgar/form-index';
import { expect, it } from 'vitest';

import { referenceText } from './reference.ts';

const adapters = createSourceAdapters({ contact: 'Penstock tests tests@penstock.example' });

function adapterOf(id: string): SourceAdapter {
  const adapter = adapters.get(id);
  if (!adapter) throw new TypeError(`no source ${id}`);
  return adapter;
}

function listed(id: string, body: string): ListedItem[] {
  const adapter = adapterOf(id);
  const request = adapter.listRequest(null, 0, new Date('2020-03-19T15:00:00Z')) ?? { path: '' };
  return adapter.parseList({ status: 200, headers: {}, body }, request).items;
}

function faultOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof SourceError ? error.fault : String(error);
  }
}

const index = (context: Parameters<typeof referenceText>[0], file: string): string =>
  referenceText(context, `sec-edgar/index/${file}`, 'latin1');

it('the index of 2020-03-18 holds 4,084 filings: 87 D, 89 D/A, 232 8-K, 13 8-K/A', (context) => {
  const rows = readFormIndex('edgar', index(context, 'form.20200318.idx'));
  const count = (form: string): number => rows.filter((row) => row.form === form).length;
  expect([rows.length, count('D'), count('D/A'), count('8-K'), count('8-K/A')]).toEqual([
    4_084, 87, 89, 232, 13,
  ]);
  expect(listed('sec-edgar/daily-index', index(context, 'form.20200318.idx'))).toHaveLength(176);
  expect(
    adapterOf('sec-edgar/daily-index').listRequest('2020-03-17', 0, new Date('2020-03-19T15:00:00Z'))?.path,
  ).toBe('/Archives/edgar/daily-index/2020/QTR1/form.20200318.idx');
});

it('an empty index is an outage, not a day without filings', (context) => {
  expect(faultOf(() => listed('sec-edgar/daily-index', index(context, 'empty-form.idx')))).toBe('empty');
});

it('a malformed index is an outage', (context) => {
  expect(faultOf(() => listed('sec-edgar/daily-index', index(context, 'badform.idx.txt')))).toBe('malformed');
});

it('the feed lists D and D/A only, though it holds other forms that begin with D', (context) => {
  const text = referenceText(context, 'sec-edgar/form-d/getcurrent-type-D.atom.xml', 'latin1');
  const items = listed('sec-edgar/current-form-d', text);
  const terms = [...text.matchAll(/term="([^"]+)"/g)].map((match) => match[1]);
  expect(terms.some((term) => term?.startsWith('DEF'))).toBe(true);
  expect(items).toHaveLength(terms.filter((term) => term === 'D' || term === 'D/A').length);
  expect(items[0]).toMatchObject({ key: '0002132077-26-000001', publishedAt: '2026-07-02T21:23:57.000Z' });
});

it('a feed of 8-K reports holds no Form D, and that is no fault', (context) => {
  expect(
    listed(
      'sec-edgar/current-form-d',
      referenceText(context, 'sec-edgar/8-k/getcurrent-type-8-K.atom.xml', 'latin1'),
    ),
  ).toEqual([]);
});
