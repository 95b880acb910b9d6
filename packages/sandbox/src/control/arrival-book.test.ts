import { expect, it } from 'vitest';

import { createArrivalBook } from './arrival-book.ts';

it('tells the fullest window, wherever it begins', () => {
  const book = createArrivalBook();
  for (const at of [0, 400, 900, 1_100, 1_300, 5_000]) book.record('hunter', 'sandbox_a', at);
  book.record('hunter', 'sandbox_b', 950);
  expect(book.within(1_000)).toMatchObject([
    { vendor: 'hunter', credential: 'sandbox_a', count: 6, firstMs: 0, lastMs: 5_000, mostInWindow: 4 },
    { credential: 'sandbox_b', count: 1, mostInWindow: 1 },
  ]);
});
