import { expect, it } from 'vitest';

import { researchCard } from './research-card.ts';

const NOW = new Date('2026-11-23T15:00:00Z');
const account = {
  industry: 'Insurance',
  employeeCount: null,
  annualRevenueUsd: 41_300_000,
  country: 'US',
  region: 'CO',
  city: 'Denver',
  origin: 'import',
};

it('tells what is known with its source, and has no line for what is not', () => {
  const card = researchCard({
    account,
    values: [{ field: 'industry', value: 'Financial services', source: 'people-data-labs', observedAt: NOW }],
    deals: [],
    news: [],
    gaps: ['no finance'],
  });
  expect(card.map(({ label, value, source }) => [label, value, source])).toEqual([
    ['Industry', 'Financial services', 'people-data-labs'],
    ['Annual revenue', '$41.3M', 'import'],
    ['Place', 'Denver, CO, US', 'import'],
    ['Not known', 'no finance', 'people of the account'],
  ]);
});

it('says why an earlier deal was lost, and links the news', () => {
  const card = researchCard({
    account,
    values: [],
    deals: [{ name: 'Team', stageType: 'lost', lostReason: 'no budget', ownerName: 'Ana', updatedAt: NOW }],
    news: [
      { summary: 'Raised $12M', source: 'sec', occurredAt: NOW, url: 'https://sec.example/1', count: 2 },
    ],
    gaps: [],
  });
  expect(card.slice(-2)).toMatchObject([
    { label: 'News', value: 'Raised $12M (newest of 2)', url: 'https://sec.example/1' },
    { label: 'Lost deal', value: 'Team, Ana: no budget' },
  ]);
});
