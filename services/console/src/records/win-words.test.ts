import { expect, it } from 'vitest';

import { winInWords } from './win-words.ts';

const some = { won: 12, lost: 30, needed: 25, area: null, areaLow: null };

it('says why there is no number before it shows one', () => {
  expect(winInWords({ ...some, state: 'none', won: 0, lost: 0 })).toContain('No deal is decided yet');
  expect(winInWords({ ...some, state: 'too_few' })).toContain(
    '12 won and 30 lost deals are too few: 25 of each',
  );
  expect(winInWords({ ...some, state: 'no_skill', area: 0.52, areaLow: 0.41 })).toContain('No skill');
  expect(winInWords({ ...some, state: 'ready', area: 0.814, areaLow: 0.77 })).toContain('81 of 100 pairs');
});
