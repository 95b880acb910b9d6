import { expect, it } from 'vitest';

import { limitWords, readLimits, typedOf } from './key-limit-words.ts';

it('says limits as one says them', () => {
  expect(limitWords([])).toBe('no limit');
  expect(
    limitWords([
      { requests: 15, windowSeconds: 1 },
      { requests: 2_000, windowSeconds: 86_400 },
      { requests: 10, windowSeconds: 30 },
    ]),
  ).toBe('15 a second, 2,000 a day, 10 in 30 s');
});

it('reads what was typed, and nothing that is no limit', () => {
  const limits = [{ requests: 1_000, windowSeconds: 60 }];
  expect(readLimits(typedOf(limits))).toEqual(limits);
  expect(readLimits([{ requests: '1,000', windowSeconds: '60' }])).toEqual(limits);
  for (const requests of ['', '0', '1.5', 'many', '1000001'])
    expect(readLimits([{ requests, windowSeconds: '60' }])).toBeNull();
});
