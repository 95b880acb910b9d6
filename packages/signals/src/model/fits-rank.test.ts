import { expect, it } from 'vitest';

import { fitsRank } from './fits-rank.ts';
import { OPENING_RANKS } from './opening-ranks.ts';

it.each([
  ['VP Sales', ['any', 'manager', 'lead', 'executive']],
  ['Chief Revenue Officer', ['any', 'manager', 'lead', 'executive']],
  ['Head of Revenue Operations', ['any', 'manager', 'lead']],
  ['Vertriebsleiterin DACH', ['any', 'manager', 'lead']],
  ['GTM Operations Lead', ['any', 'manager', 'lead']],
  ['Sales Operations Manager', ['any', 'manager']],
  ['Sales Development Representative', ['any', 'individual']],
  ['CRM Administrator', ['any', 'individual']],
])('%s is an opening for %j', (title, ranks) => {
  expect(OPENING_RANKS.filter((rank) => fitsRank(rank, title))).toEqual(ranks);
});
