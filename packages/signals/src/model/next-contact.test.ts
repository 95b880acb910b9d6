import { committeeMember } from '@penstock/accounts/model/buying-committee';
import { DEFAULT_TITLE_RULES } from '@penstock/accounts/model/default-title-rules';
import { expect, it } from 'vitest';

import { nextContacts, whyNext } from './next-contact.ts';

const NOW = new Date('2026-11-29T12:00:00Z');
const person = (personId: string, title: string | null, engagedAt: Date | null, reachable = true) => ({
  ...committeeMember(
    { personId, name: personId, title, correctedRole: null, engagedAt, reportsTo: null },
    DEFAULT_TITLE_RULES,
    NOW,
  ),
  reachable,
});

it('prefers who takes part, then the same part in buying, then who can be reached', () => {
  const left = person('left', 'VP Sales', NOW);
  const people = [
    person('unknown', null, null),
    person('analyst', 'Sales Analyst', null),
    person('executive', 'Chief Revenue Officer', null, false),
    person('finance', 'Finance Manager', NOW),
  ];
  expect(nextContacts(people, left).map(({ personId }) => personId)).toEqual([
    'finance',
    'executive',
    'analyst',
    'unknown',
  ]);
  expect(nextContacts(people.toReversed(), left)[0]?.personId).toBe('finance');
  expect(people.map((one) => whyNext(one, left))).toEqual([
    'can be reached',
    'can be reached',
    'has the same part in buying, can’t be reached yet',
    'has answered us before, can be reached',
  ]);
});
