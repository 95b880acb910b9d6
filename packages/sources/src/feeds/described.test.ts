import type { DescribedSettings } from '@penstock/signals/source-port';
import { expect, it } from 'vitest';

import { createDescribedSource, readDescribed } from './described.ts';

const settings: DescribedSettings = {
  kind: 'described',
  url: 'https://api.vendor.example/v1/events?limit=5',
  headers: { 'x-plan': 'gold' },
  secret: null,
  everyMinutes: 30,
  items: '/data',
  at: {
    company: '/who/name',
    domain: '/who/site',
    cik: '/who/cik',
    kind: '/type',
    title: '/head',
    date: '/at',
  },
  tells: { byWord: { round: 'funding' }, always: null },
  strength: 0.7,
};
const row = (more: Record<string, unknown> = {}) => ({
  type: 'Round',
  head: '<b>Acme</b> raises &pound;3m',
  who: { name: 'Acme', site: 'https://www.Acme.example/about', cik: 1781814 },
  at: 1_780_000_000,
  ...more,
});
const read = (...data: unknown[]) => readDescribed('described/1', settings, JSON.stringify({ data }));
const adapter = createDescribedSource(
  { id: 'described/1', name: 'Events', pollEverySeconds: null },
  settings,
  'Us (a@b)',
);
const asked = { path: '/' };

it('reads each item by where its parts stand, without markup', () => {
  expect(read(row()).items).toMatchObject([
    {
      company: 'Acme',
      domain: 'acme.example',
      cik: '0001781814',
      kind: 'funding',
      title: 'Acme raises £3m',
      date: '2026-05-28T20:26:40.000Z',
    },
  ]);
});

it('leaves out what names no company, tells nothing or is of another kind', () => {
  const { items, leftOut } = read(
    row(),
    row({ who: {} }),
    row({ type: 'Award' }),
    row({ head: '' }),
    null,
    7,
  );
  expect([items.length, leftOut]).toEqual([1, 5]);
});

it('knows no kind by the name of what every object has', () => {
  expect(read(row(), row({ type: 'constructor' }), row({ type: '__proto__' }))).toMatchObject({ leftOut: 2 });
});

it('takes dates that can not be as no date', () => {
  for (const at of ['soon', '1901-01-01', -5, {}, null, '2399-01-01'])
    expect(read(row({ at })).items[0]?.date).toBe('');
});

it('keeps items apart by their own id, else by what they say', () => {
  const keys = (...rows: unknown[]) => read(...rows).items.map(({ key }) => key);
  const [one, same, other] = keys(row(), row(), row({ head: 'Acme raises more' }));
  expect(one).toBe(same);
  expect(other).not.toBe(one);
});

it.each([
  ['not JSON', '<html>'],
  ['no list at /data', '{"data":{}}'],
  ['none of 1 items', '{"data":[{"head":"x"}]}'],
])('says %s', (because, body) => {
  expect(() => adapter.parseList({ status: 200, headers: {}, body }, asked)).toThrow(because);
});

it('asks with the described headers and its own name, and tells by domain and filing number', () => {
  expect(adapter.listRequest(null, 0, new Date())).toEqual({
    path: '/v1/events?limit=5',
    headers: { 'x-plan': 'gold', 'user-agent': 'Us (a@b)', accept: 'application/json' },
  });
  const [item] = adapter.parseList(
    { status: 200, headers: {}, body: JSON.stringify({ data: [row()] }) },
    asked,
  ).items;
  expect(item && adapter.parseItem(item, { status: 200, headers: {}, body: item.body ?? '' })).toMatchObject({
    outcome: 'signal',
    finding: {
      kind: 'funding',
      strength: 0.7,
      company: { name: 'Acme', domain: 'acme.example', ids: [{ kind: 'cik', value: '0001781814' }] },
      evidence: { quote: 'Acme raises £3m', url: settings.url },
    },
  });
});
