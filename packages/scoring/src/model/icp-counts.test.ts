import { expect, it } from 'vitest';

import type { FitPart } from './fit.ts';
import { countFits } from './icp-counts.ts';

const part = (label: string, verdict: FitPart['verdict'], points = 0): FitPart => ({
  criterion: label,
  label,
  verdict,
  points,
  actual: '',
  expected: 'US',
});

it('names the criterion that keeps most accounts out when none is left', () => {
  const counts = countFits([
    [part('Country', 'excluded'), part('Industry', 'match')],
    [part('Country', 'excluded'), part('Industry', 'excluded')],
    [part('Country', 'match'), part('Industry', 'excluded')],
    [part('Country', 'excluded'), part('Industry', 'unknown')],
  ]);
  expect(counts).toMatchObject({ excluded: 4, good: 0, fair: 0, poor: 0 });
  expect(counts.warning).toBe('This profile excludes every account. “Country: US” alone keeps out 3 of 4.');
  expect(counts.criteria.map(({ excluded, alone }) => [excluded, alone])).toEqual([
    [3, 2],
    [2, 1],
  ]);
});

it('counts good, fair and poor fits, and says nothing while some are left', () => {
  const counts = countFits([
    [part('Country', 'match', 100)],
    [part('Country', 'unknown', 50)],
    [part('Country', 'miss', 0)],
    [part('Country', 'excluded')],
  ]);
  expect(counts).toMatchObject({ excluded: 1, good: 1, fair: 1, poor: 1, warning: null });
  expect(countFits([])).toMatchObject({ warning: null, criteria: [] });
});
