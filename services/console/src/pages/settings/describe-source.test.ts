import { expect, it } from 'vitest';

import { describedOf, EMPTY_SOURCE, faultsOf, typedOf } from './describe-source.ts';

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
  expect(describedOf(typed)).toEqual({
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
  expect(describedOf(EMPTY_SOURCE)).toMatchObject({ secret: null, tells: { always: 'funding' } });
  expect(describedOf({ ...EMPTY_SOURCE, secretIn: 'bearer' }).secret).toEqual({ in: 'bearer' });
});

it.each([
  ['words', 'Award: nothing we know', '“nothing we know” is no kind of signal. Choose one of Funding'],
  ['words', 'Series B', '“Series B” needs a name, a colon and a value'],
  ['headers', 'x-plan: gold\nnothing', '“nothing” needs a name, a colon and a value'],
  ['headers', 'x-plan:', '“x-plan:” needs a name'],
] as const)('says what is wrong with %s such as %j', (field, text, fault) => {
  expect(faultsOf({ ...EMPTY_SOURCE, [field]: text })[field]).toContain(fault);
});

it('finds nothing wrong with lines that can be taken, of kinds by label or name', () => {
  const words = 'Series B: funding\nBoss: Executive_hire\n\nB: Relevant hiring';
  expect(faultsOf({ ...EMPTY_SOURCE, words, headers: 'x-a: b:c' })).toEqual({});
});

it('asks for pages, and shows in the form what was described', () => {
  const typed = {
    ...EMPTY_SOURCE,
    url: 'https://api.vendor.example/v1',
    words: 'series b: Funding',
    always: 'executive_hire',
    headers: 'x-plan: gold',
    strength: '0.8',
    method: 'POST',
    body: '{"skip": "{{offset}}"}',
    pagesBy: 'offset',
    pagesMost: '3',
  };
  const described = describedOf(typed);
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
