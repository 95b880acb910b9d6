import { describe, expect, it } from 'vitest';

import { fitParts, fitScore, type Firmographics, type Icp } from './fit.ts';

const midMarketFinance: Icp = {
  name: 'Mid-market finance',
  criteria: [
    { kind: 'employee_count', min: 200, max: 1_000, weight: 5, required: false },
    { kind: 'industry', anyOf: ['Financial services'], weight: 3, required: false },
    { kind: 'country', anyOf: ['US', 'GB'], weight: 2, required: true },
  ],
};
const account = (more: Partial<Firmographics>): Firmographics => ({
  employeeCount: 500,
  annualRevenueUsd: null,
  industry: 'Financial services',
  country: 'US',
  ...more,
});
const fit = (more: Partial<Firmographics>) => fitScore(fitParts(midMarketFinance, account(more)));

describe('fit', () => {
  it.each([
    [199, 50],
    [200, 100],
    [1_000, 100],
    [1_001, 50],
  ])('R015: %i employees give %i', (employeeCount, expected) => {
    expect(fit({ employeeCount })).toBeCloseTo(expected, 9);
  });

  it('counts an unknown value as half, never as a miss', () => {
    expect(fit({ industry: null })).toBeCloseTo(85, 9);
    expect(fit({ industry: 'Mining' })).toBeCloseTo(70, 9);
  });

  it('excludes an account that misses a required criterion', () => {
    expect(fit({ country: 'FR' })).toBe(0);
    expect(fitParts(midMarketFinance, account({ country: 'FR' })).at(-1)?.verdict).toBe('excluded');
  });
});
