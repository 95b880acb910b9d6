import { expect, it } from 'vitest';

import { mayClaim, seesItem, type Claimable } from './claim.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const LATER = new Date(NOW.getTime() + 60_000);
const rep = { id: 'ada', visibleOwnerIds: ['ada', 'ben'] };
const manager = { id: 'mia', visibleOwnerIds: null };
const item = (changes: Partial<Claimable> = {}): Claimable => ({
  state: 'open',
  ownerId: null,
  claimedBy: null,
  claimExpiresAt: null,
  ...changes,
});

it.each([
  ['nobody’s', item(), true, true],
  ['her own', item({ ownerId: 'ada' }), true, true],
  ['a teammate’s', item({ ownerId: 'ben' }), true, true],
  ['somebody’s whose work she does not see', item({ ownerId: 'cyd' }), false, false],
  ['one she holds', item({ ownerId: 'cyd', claimedBy: 'ada', claimExpiresAt: LATER }), true, true],
  ['one a teammate holds', item({ claimedBy: 'ben', claimExpiresAt: LATER }), true, false],
  ['one whose lease ran out now', item({ claimedBy: 'ben', claimExpiresAt: NOW }), true, true],
  [
    'one a teammate holds of a stranger',
    item({ ownerId: 'cyd', claimedBy: 'ben', claimExpiresAt: LATER }),
    true,
    false,
  ],
  [
    'one a teammate held of a stranger',
    item({ ownerId: 'cyd', claimedBy: 'ben', claimExpiresAt: NOW }),
    true,
    false,
  ],
  ['a snoozed one', item({ state: 'snoozed' }), true, false],
  ['one that is done', item({ state: 'done', claimedBy: 'ada', claimExpiresAt: LATER }), true, false],
])('a rep and %s', (_, what, sees, may) => {
  expect(seesItem(rep, what)).toBe(sees);
  expect(mayClaim(rep, what, NOW)).toBe(may);
});

it('a manager sees all, and takes what nobody holds', () => {
  expect(seesItem(manager, item({ ownerId: 'cyd' }))).toBe(true);
  expect(mayClaim(manager, item({ ownerId: 'cyd' }), NOW)).toBe(true);
  expect(mayClaim(manager, item({ claimedBy: 'cyd', claimExpiresAt: LATER }), NOW)).toBe(false);
});
