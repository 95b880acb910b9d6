import { describe, expect, it } from 'vitest';

import { buyingCommittee, ENGAGED_DAYS, type CommitteePerson } from './buying-committee.ts';
import { DEFAULT_TITLE_RULES } from './default-title-rules.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const person = (
  name: string,
  title: string | null,
  more: Partial<CommitteePerson> = {},
): CommitteePerson => ({
  personId: name,
  name,
  title,
  correctedRole: null,
  engagedAt: null,
  reportsTo: null,
  ...more,
});
const committeeOf = (people: CommitteePerson[]) => buyingCommittee(people, DEFAULT_TITLE_RULES, NOW);
const stateOf = (people: CommitteePerson[], role: string) =>
  committeeOf(people).seats.find((seat) => seat.role === role)?.state;

describe('a buying committee', () => {
  it('says of each role whether it is missing, filled or engaged', () => {
    const people = [
      person('Ann', 'VP Sales', { engagedAt: daysAgo(3) }),
      person('Bob', 'Chief Financial Officer'),
    ];
    expect(stateOf(people, 'executive')).toBe('engaged');
    expect(stateOf(people, 'finance')).toBe('filled');
    expect(stateOf(people, 'procurement')).toBe('missing');
    expect(committeeOf(people).complete).toBe(false);
  });

  it('forgets who has been silent for longer than a quarter, to the day', () => {
    expect(stateOf([person('Ann', 'VP Sales', { engagedAt: daysAgo(ENGAGED_DAYS) })], 'executive')).toBe(
      'engaged',
    );
    expect(stateOf([person('Ann', 'VP Sales', { engagedAt: daysAgo(ENGAGED_DAYS + 1) })], 'executive')).toBe(
      'filled',
    );
  });

  it('believes a correction before the title, and leaves out who has no part', () => {
    const corrected = [
      person('Ann', 'VP Sales', { correctedRole: 'procurement' }),
      person('Bob', 'Director of Sales', { correctedRole: 'none' }),
      person('Cy', null),
    ];
    expect(stateOf(corrected, 'procurement')).toBe('filled');
    expect(stateOf(corrected, 'executive')).toBe('missing');
    expect(committeeOf(corrected).others.map(({ name }) => name)).toEqual(['Bob', 'Cy']);
  });

  it('is complete when every role takes part', () => {
    const titles = ['CEO', 'Sales Manager', 'Account Executive', 'CTO', 'CFO', 'Buyer'];
    const people = titles.map((title) => person(title, title, { engagedAt: daysAgo(1) }));
    expect(committeeOf(people)).toMatchObject({ complete: true, engagedPeople: 6 });
  });

  it('names the most senior of a role first, and who takes part before all', () => {
    const people = [
      person('Manager', 'Sales Manager'),
      person('Director', 'Director of Sales'),
      person('Lead', 'Team Lead Sales', { engagedAt: daysAgo(2) }),
    ];
    const seat = committeeOf(people).seats.find(({ role }) => role === 'department_manager');
    expect(seat?.people.map(({ name }) => name)).toEqual(['Lead', 'Director', 'Manager']);
  });
});
