import { expect, it } from 'vitest';

import { wilson } from './rates.ts';
import { betaDraw, seededRandom, seedOf } from './seeded-random.ts';

it('gives the published Wilson interval', () => {
  // Newcombe (1998), table I: 81 of 263, and the extreme 0 of 20.
  const known = wilson({ hits: 81, of: 263 });
  expect([known.low.toFixed(4), known.mid.toFixed(4), known.high.toFixed(4)]).toEqual([
    '0.2553',
    '0.3080',
    '0.3662',
  ]);
  expect(wilson({ hits: 0, of: 20 }).high.toFixed(4)).toBe('0.1611');
  expect(wilson({ hits: 0, of: 0 })).toEqual({ low: 0, mid: 0, high: 1 });
});

it.each([
  [0.4, 3.6],
  [2, 2],
  [81, 182],
])('draws from the beta distribution: %d and %d have its mean and variance', (a, b) => {
  const random = seededRandom(seedOf(1, 2, 3));
  const draws = Array.from({ length: 20_000 }, () => betaDraw(a, b, random));
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  expect(mean).toBeCloseTo(a / (a + b), 2);
  expect(variance / ((a * b) / ((a + b) ** 2 * (a + b + 1)))).toBeCloseTo(1, 1);
});
