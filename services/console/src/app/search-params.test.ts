import { expect, it } from 'vitest';

import { nextSearch, pipelineSearch, queueSearch } from './search-params.ts';

it.each(['https://example.com', '//example.com', '/\\example.com', 'javascript:alert(1)', 7])(
  'does not go to %s after signing in',
  (next) => {
    expect(nextSearch({ next })).toEqual({ next: undefined });
  },
);

it('goes back to the page that was asked for', () => {
  expect(nextSearch({ next: '/pipeline?order=value' })).toEqual({ next: '/pipeline?order=value' });
});

it('drops what a page does not know, by name, so that the raw value can’t shine through', () => {
  expect(queueSearch({ filter: 'everything', q: '' })).toEqual({ filter: undefined, q: undefined });
  expect(pipelineSearch({ order: 'value', direction: 'up', stage: 3 })).toMatchObject({
    order: 'value',
    direction: undefined,
    stage: '3',
  });
});
