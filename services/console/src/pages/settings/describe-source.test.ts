import { expect, it } from 'vitest';

import { describedOf, EMPTY_SOURCE } from './describe-source.ts';

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
  });
});

it('sends no key where none is wanted', () => {
  expect(describedOf(EMPTY_SOURCE, KINDS)).toMatchObject({ secret: null, tells: { always: 'funding' } });
  expect(describedOf({ ...EMPTY_SOURCE, secretIn: 'bearer' }, KINDS).secret).toEqual({ in: 'bearer' });
});
