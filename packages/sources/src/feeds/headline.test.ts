import { expect, it } from 'vitest';

import { namesIn, readHeadline } from './headline.ts';

it.each([
  [
    'Larkspur Dynamics raises $12.5M Series B to automate labs',
    'funding',
    'Larkspur Dynamics',
    { amountUsd: 12_500_000, round: 'Series B' },
  ],
  [
    'Berlin-based Quill & Feather secures €4 million seed round',
    'funding',
    'Quill & Feather',
    { amount: 4_000_000, currency: 'EUR' },
  ],
  ['Zürich-based Öhlmühle raises €4 million', 'funding', 'Öhlmühle', { amount: 4_000_000 }],
  ['Exclusive: Acme closes a $1bn round', 'funding', 'Acme', { amountUsd: 1_000_000_000 }],
  [
    'Ninefold Labs acquires Feedwell Systems for $20m',
    'acquisition',
    'Ninefold Labs',
    { direction: 'acquired' },
  ],
  [
    'Feedwell Systems acquired by Ninefold Labs',
    'acquisition',
    'Feedwell Systems',
    { direction: 'was_acquired' },
  ],
  [
    'Acme Robotics lays off 1,200 workers',
    'budget_cut',
    'Acme Robotics',
    { people: 1_200, workforcePercent: null },
  ],
  [
    'Acme Robotics cuts about 15% of its workforce',
    'budget_cut',
    'Acme Robotics',
    { workforcePercent: 15, people: null },
  ],
  [
    'Acme Robotics appoints Jane Roe as its new Chief Financial Officer',
    'executive_hire',
    'Acme Robotics',
    { role: 'Chief Financial Officer' },
  ],
  ['Acme Robotics CFO Jane Roe steps down', 'leadership_change', 'Acme Robotics', { role: 'CFO' }],
  ['Acme Robotics opens first office in Germany', 'expansion', 'Acme Robotics', { country: 'DE' }],
])('%s', (title, kind, company, facts) => {
  expect(readHeadline(title)).toMatchObject({ kind, company, facts });
});

it.each([
  'How startups raise money in 2026',
  'Acme closes $40 million deal with the Navy',
  'Acme announces $3 million profit',
  'Acme raises prices by $5',
  'Acme opens up about burnout',
  'Opinion: why nobody buys robots',
  'Acme acquires Feedwell Systems for $20m?',
  'Acme could raise $20 million',
  '',
])('hears nothing in “%s”', (title) => {
  expect(readHeadline(title)).toBeNull();
});

it('puts no name of a person into what is told', () => {
  const claim = readHeadline('Acme Robotics names Jane Roe as Chief Technology Officer');
  expect(JSON.stringify({ told: claim?.told, facts: claim?.facts })).not.toContain('Roe');
});

it('reads a hostile title in linear time', () => {
  const title = `${'Aa '.repeat(5_000)}raises`;
  expect(readHeadline(title.slice(0, 300))).toBeNull();
});

it('finds the companies that a text may name', () => {
  expect(namesIn('Why Larkspur Dynamics now works with Ninefold Labs')).toEqual([
    'Larkspur Dynamics',
    'Ninefold Labs',
  ]);
  expect(namesIn('Larkspur Dynamics Partners With Ninefold')).toContain('Larkspur Dynamics');
  expect(namesIn('nothing here')).toEqual([]);
  expect(namesIn('Partnerschaft: Öhlmühle und Nordmühle AG')).toEqual([
    'Partnerschaft',
    'Öhlmühle',
    'Nordmühle AG',
  ]);
});
