import { describe, expect, it } from 'vitest';

import { NO_PROFILE } from './fit-facts.ts';
import {
  countTests,
  problemOfFilter,
  testsOf,
  verdictOf,
  whyNobody,
  type Listed,
  type ListFilter,
} from './list-filter.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const DAY_MS = 86_400_000;
const NOTHING: ListFilter = {
  deals: 'any',
  minSignal: null,
  minRisk: null,
  minFit: null,
  kinds: [],
  newWithinDays: null,
  owners: [],
  teams: [],
  countries: [],
  criteria: [],
  files: [],
};
const ACCOUNT: Listed = {
  hasOpenDeal: false,
  signal: 40,
  risk: 0,
  fit: 80,
  masses: [{ kind: 'funding', value: 0.5, halfLifeDays: 90, at: new Date(NOW.getTime() - 10 * DAY_MS) }],
  ownerId: 'ada',
  teamId: 'west',
  country: 'DE',
  files: ['q1'],
  facts: {
    employeeCount: 300,
    annualRevenueUsd: null,
    industry: 'Finance',
    country: 'DE',
    profile: NO_PROFILE,
    happened: [],
  },
  gone: null,
};
const words = { fileName: (id: string) => `“${id}”` };
const verdict = (filter: Partial<ListFilter>, account: Partial<Listed> = {}) => {
  const whole = { ...ACCOUNT, ...account };
  return verdictOf(whole, testsOf({ ...NOTHING, ...filter }, whole, NOW, words));
};
const size = (min: number, rule: Partial<{ required: boolean; excluded: boolean }> = { required: true }) => ({
  kind: 'employee_count' as const,
  min,
  max: null,
  weight: 1,
  required: false,
  excluded: false,
  ...rule,
});

describe('who belongs in a list', () => {
  it.each<[string, Partial<ListFilter>, Partial<Listed>, boolean]>([
    ['an account in one of the countries', { countries: ['AT', 'DE'] }, {}, true],
    ['one in another country', { countries: ['AT'] }, {}, false],
    ['one whose country nobody knows', { countries: ['DE'] }, { country: null }, false],
    ['news within the time', { kinds: ['funding'], newWithinDays: 10 }, {}, true],
    ['the same a day too late', { kinds: ['funding'], newWithinDays: 9 }, {}, false],
    ['news of another kind', { kinds: ['hiring'], newWithinDays: 30 }, {}, false],
    ['a score at the line', { minSignal: 40 }, {}, true],
    ['a score below it', { minSignal: 40.01 }, {}, false],
    ['a fit at the line', { minFit: 80 }, {}, true],
    ['risk below the line', { minRisk: 1 }, {}, false],
    ['the owner’s own', { owners: ['ada'] }, {}, true],
    ['those of a team', { teams: ['west'] }, {}, true],
    ['nobody’s, where somebody’s are wanted', { owners: ['ada'] }, { ownerId: null, teamId: null }, false],
    ['an account without an open deal', { deals: 'without_open' }, {}, true],
    ['one with an open deal, where none is wanted', { deals: 'without_open' }, { hasOpenDeal: true }, false],
    ['one that a file names', { files: ['q1', 'q2'] }, {}, true],
    ['one that no file names', { files: ['q2'] }, {}, false],
    ['a size that is large enough', { criteria: [size(300)] }, {}, true],
    [
      'a size that nobody knows, which is no match',
      { criteria: [size(1)] },
      { facts: { ...ACCOUNT.facts, employeeCount: null } },
      false,
    ],
    ['a size that is excluded', { criteria: [size(300, { excluded: true })] }, {}, false],
    [
      'an unknown size where a known one is excluded',
      { criteria: [size(300, { excluded: true })] },
      { facts: { ...ACCOUNT.facts, employeeCount: null } },
      true,
    ],
    ['an account that was merged', { countries: ['DE'] }, { gone: 'The account was merged' }, false],
  ])('%s', (_, filter, account, belongs) => {
    expect(verdict(filter, account).belongs).toBe(belongs);
  });

  it('says what an account brings, and what it lacks first', () => {
    expect(verdict({ countries: ['DE'], kinds: ['funding'], newWithinDays: 30 }).because).toBe(
      'Signals: Funding on 2026-11-13T09:00:00Z; Country: DE',
    );
    expect(verdict({ minSignal: 60, countries: ['AT'] }).because).toBe(
      'Signal score: 40, wanted at least 60',
    );
    expect(verdict({ files: ['q1'] }).because).toBe('File of target accounts: “q1”');
  });
});

describe('a filter that keeps everybody out', () => {
  const judged = [{ country: 'DE' }, { country: 'AT' }, { country: null }].map((account) =>
    testsOf({ ...NOTHING, countries: ['FR'], minSignal: 30 }, { ...ACCOUNT, ...account }, NOW, words),
  );

  it('is told by the thing that does it', () => {
    const counts = countTests(judged);
    expect(counts).toEqual([
      { label: 'Signal score', wanted: 'at least 30', passed: 3, alone: 0 },
      { label: 'Country', wanted: 'FR', passed: 0, alone: 3 },
    ]);
    expect(whyNobody(counts, judged.length)).toBe(
      'Nobody is in this list. “Country: FR” keeps out all of 3, 3 by it alone.',
    );
  });

  it('is not told where there is no account', () => {
    expect(whyNobody(countTests([]), 0)).toBeNull();
  });
});

it.each<[string, Partial<ListFilter>, string | null]>([
  ['nothing', {}, 'filter'],
  ['an unknown kind', { kinds: ['gossip'] }, 'filter.kinds'],
  ['a size that nobody can have', { criteria: [{ ...size(10), max: 5 }] }, 'filter.criteria.0'],
  ['only what excludes', { criteria: [size(10, { excluded: true })] }, null],
  ['a country', { countries: ['DE'] }, null],
])('names the field of a filter that asks for %s', (_, filter, field) => {
  expect(problemOfFilter({ ...NOTHING, ...filter })?.field ?? null).toBe(field);
});
