import { expect, it } from 'vitest';

import { wordTable } from './word-table.ts';

it('knows its own words, and none of those that every object has', () => {
  const table = wordTable({ valid: 1 });
  expect([table['valid'], table['constructor'], table['__proto__'], table['toString']]).toEqual([
    1,
    undefined,
    undefined,
    undefined,
  ]);
});
