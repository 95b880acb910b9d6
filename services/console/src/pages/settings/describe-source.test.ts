import { expect, it } from 'vitest';

import { describedOf, EMPTY_SOURCE, typedOf } from './describe-source.ts';

const KINDS = ['funding', 'executive_hire'] as const;

it('describes a source from what was typed, and leaves out what was not', () => {
  const typed = {
    ...EMPTY_SOURCE,
    url: ' https://api.vendor.example/v1 ',
    headers: 'x-plan: gold\nnothing',
    secretIn: 'header',
    secretName: 'x-key',
    kindAt: '/type',
    cik: '',
    words: 'Series B: funding\nNew boss: executive hire\nAward: nothing we know',
    always: '',
  };
  expect(describedOf(typed, KINDS)).toEqual({
    kind: 'described',
    url: 'https://api.vendor.example/v1',
    headers: { 'x-plan': 'gold' },
    secret: { in: 'header', name: 'x-key' },
    everyMinutes: 60,
    items: '/data',
    at: {
      key: '/id',
      company: '/company/name',
      domain: '/company/domain',
      title: '/title',
      date: '/date',
      link: '/url',
      kind: '/type',
    },
    tells: { byWord: { 'Series B': 'funding', 'New boss': 'executive_hire' }, always: null },
    strength: 0.5,
    method: 'GET',
    body: '',
    pages: null,
  });
});

it('sends no key where none is wanted', () => {
  expect(describedOf(EMPTY_SOURCE, KINDS)).toMatchObject({ secret: null, tells: { always: 'funding' } });
  expect(describedOf({ ...EMPTY_SOURCE, secretIn: 'bearer' }, KINDS).secret).toEqual({ in: 'bearer' });
});

it('asks for pages, and shows in the form what was described', () => {
  const typed = {
    ...EMPTY_SOURCE,
    url: 'https://api.vendor.example/v1',
    words: 'series b: funding',
    always: 'executive hire',
    headers: 'x-plan: gold',
    strength: '0.8',
    method: 'POST',
    body: '{"skip": "{{offset}}"}',
    pagesBy: 'offset',
    pagesMost: '3',
  };
  const described = describedOf(typed, KINDS);
  expect(described).toMatchObject({ pages: { by: 'offset', as: '', size: 50, most: 3 }, strength: 0.8 });
  const known = {
    ...described,
    headers: described.headers ?? {},
    strength: 0.8,
    method: 'POST' as const,
    body: typed.body,
    pages: { by: 'offset' as const, as: '', size: 50, most: 3 },
    tells: { byWord: { 'series b': 'funding' as const }, always: 'executive_hire' as const },
  };
  expect(typedOf(known)).toEqual(typed);
});
