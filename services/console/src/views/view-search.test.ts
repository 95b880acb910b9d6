import { expect, it } from 'vitest';

import { sameView, viewOf } from './view-search.ts';

it('keeps what is set, in one order', () => {
  expect(viewOf({ stage: 'qualified', q: undefined, direction: 'asc', min: 0.5 })).toEqual({
    direction: 'asc',
    min: 0.5,
    stage: 'qualified',
  });
  expect(sameView({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true);
  expect(sameView({ a: '1' }, { a: '1', b: '2' })).toBe(false);
});
