import { expect, it } from 'vitest';

import { broken, NOTHING, sum, summary } from './outcome.ts';

it('adds up stages and ends with one line of totals', () => {
  const outcome = sum([
    { ...NOTHING, passed: 40 },
    { passed: 2, failures: [], skips: [{ name: 'browser > queue', reason: 'no Chromium' }] },
    broken('lint', 'a.ts: wrong\nb.ts: wrong'),
  ]);
  expect(summary(outcome).split('\n')).toEqual([
    'Failed:',
    '  - lint',
    '      a.ts: wrong',
    '      b.ts: wrong',
    '',
    'Skipped:',
    '  - browser > queue: no Chromium',
    '',
    '42 passed, 1 failed, 1 skipped',
  ]);
});

it('has nothing but the totals to say when all is well', () => {
  expect(summary({ ...NOTHING, passed: 3 })).toBe('3 passed, 0 failed, 0 skipped');
});
