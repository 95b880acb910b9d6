import { DEFAULT_TITLE_RULES } from '@penstock/accounts/model/default-title-rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { NO_PROFILE, profileOf, type FitFacts, type FitProfile } from './fit-facts.ts';
import { fitInWords, fitParts, fitScore, fitUntil } from './fit.ts';
import { whyImpossible, type FitCriterion, type Icp } from './icp.ts';
import { ICP_TEMPLATES, MID_MARKET_FINANCE } from './icp-templates.ts';

const NOW = new Date('2026-11-29T12:00:00.000Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const counting = { weight: 1, required: false, excluded: false };

type More = Partial<Omit<FitFacts, 'profile'>> & { profile?: Partial<FitProfile> };
const account = ({ profile, ...more }: More = {}): FitFacts => ({
  employeeCount: 500,
  annualRevenueUsd: null,
  industry: 'Financial services',
  country: 'US',
  happened: [],
  ...more,
  profile: { ...NO_PROFILE, ...profile },
});
const icpOf = (...criteria: FitCriterion[]): Icp => ({ name: 'Tried', criteria });
const fitOf = (icp: Icp, more: More = {}) => fitScore(fitParts(icp, account(more), NOW));
const verdictOf = (criterion: FitCriterion, more: More = {}) =>
  fitParts(icpOf(criterion), account(more), NOW)[0]?.verdict;

const plain = icpOf(
  { kind: 'employee_count', min: 200, max: 1_000, weight: 5, required: false, excluded: false },
  { kind: 'industry', anyOf: ['Financial services'], weight: 3, required: false, excluded: false },
  { kind: 'country', anyOf: ['US', 'GB'], weight: 2, required: true, excluded: false },
);

describe('fit', () => {
  it('counts an unknown value as half, never as a miss', () => {
    expect(fitOf(plain, { industry: null })).toBeCloseTo(85, 9);
    expect(fitOf(plain, { industry: 'Mining' })).toBeCloseTo(70, 9);
  });

  it('excludes an account that misses a required criterion', () => {
    expect(fitOf(plain, { country: 'FR' })).toBe(0);
    expect(fitParts(plain, account({ country: 'FR' }), NOW).at(-1)?.verdict).toBe('excluded');
  });

  it('excludes who has what is not wanted, and takes its weight out of the rest', () => {
    const without = icpOf(...plain.criteria, {
      kind: 'competing_tools',
      anyOf: ['Outreach'],
      weight: 9,
      required: false,
      excluded: true,
    });
    expect(fitOf(without, { profile: { techStack: ['Salesforce', 'Outreach Engage'] } })).toBe(0);
    expect(fitOf(without, { profile: { techStack: ['Salesforce'] } })).toBeCloseTo(100, 9);
    expect(fitOf(without)).toBeCloseTo(100, 9);
  });

  it('gives points that add up and stay within 0 and 100, whatever is known', () => {
    const words = fc.array(fc.constantFrom('b2b', 'series a', 'Salesforce', 'manual processes'), {
      maxLength: 3,
    });
    const counted = fc.option(fc.record({ count: fc.nat(9), exact: fc.boolean() }), { nil: null });
    const known = fc.record({
      businessModel: words,
      growthStage: words,
      techStack: words,
      painPoints: words,
      stakeholders: counted,
      departments: counted,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...ICP_TEMPLATES),
        known,
        fc.option(fc.nat(2_000), { nil: null }),
        (icp, profile, employeeCount) => {
          const parts = fitParts(icp, account({ profile, employeeCount }), NOW);
          const excluded = parts.some((part) => part.verdict === 'excluded');
          expect(fitScore(parts)).toBeGreaterThanOrEqual(0);
          expect(fitScore(parts)).toBeLessThanOrEqual(100 + 1e-9);
          if (excluded) expect(fitScore(parts)).toBe(0);
        },
      ),
    );
  });
});

it('says why in words: what fits, what doesn’t, and what nobody knows', () => {
  expect(fitInWords(fitParts(plain, account({ employeeCount: null, industry: 'Retail' }), NOW))).toBe(
    'Fits: Country (US). Misses: Industry (Retail). Not known: Employees',
  );
  expect(fitInWords([])).toBe('The profile asks for nothing yet');
});

describe('R015, mid-market finance', () => {
  const all = {
    profile: {
      growing: [{ name: 'Accounting', at: daysAgo(20) }],
      painPoints: ['manual processes', 'wants better financial reporting'],
    },
  };
  it.each([
    [199, 0],
    [200, 100],
    [1_000, 100],
    [1_001, 0],
  ])('%i employees give %i', (employeeCount, expected) => {
    expect(fitOf(MID_MARKET_FINANCE, { ...all, employeeCount })).toBeCloseTo(expected, 9);
  });

  it('tells a growing accounting department from one that has grown long ago, and from an unknown one', () => {
    const grew = (name: string, days: number) =>
      fitOf(MID_MARKET_FINANCE, { profile: { ...all.profile, growing: [{ name, at: daysAgo(days) }] } });
    expect(grew('Finance & Accounting', 180)).toBeCloseTo(100, 9);
    expect(grew('Accounting', 181)).toBeCloseTo((100 * 8) / 11, 9);
    expect(fitOf(MID_MARKET_FINANCE, { profile: { painPoints: all.profile.painPoints } })).toBeCloseTo(
      (100 * 9.5) / 11,
      9,
    );
  });
});

describe('what an ICP can ask for', () => {
  it.each<[string, FitCriterion, More, string | undefined]>([
    [
      'a growth stage as any provider writes it',
      { kind: 'growth_stage', anyOf: ['Series A'], ...counting },
      { profile: { growthStage: ['series_a'] } },
      'match',
    ],
    [
      'another business model',
      { kind: 'business_model', anyOf: ['b2b'], ...counting },
      { profile: { businessModel: ['b2c'] } },
      'miss',
    ],
    [
      'an edition of a tool',
      { kind: 'tech_stack', anyOf: ['salesforce'], ...counting },
      { profile: { techStack: ['Salesforce Sales Cloud'] } },
      'match',
    ],
    [
      'a tool whose name only begins so',
      { kind: 'tech_stack', anyOf: ['sales'], ...counting },
      { profile: { techStack: ['Salesforce'] } },
      'miss',
    ],
    ['a stack that nobody knows', { kind: 'tech_stack', anyOf: ['salesforce'], ...counting }, {}, 'unknown'],
    [
      'enough known people',
      { kind: 'stakeholders', min: 3, max: null, ...counting },
      { profile: { stakeholders: { count: 3, exact: false } } },
      'match',
    ],
    [
      'too few known people: there may be more',
      { kind: 'stakeholders', min: 3, max: null, ...counting },
      { profile: { stakeholders: { count: 2, exact: false } } },
      'unknown',
    ],
    [
      'too few people, as somebody said',
      { kind: 'stakeholders', min: 3, max: null, ...counting },
      { profile: { stakeholders: { count: 2, exact: true } } },
      'miss',
    ],
    [
      'more departments than wanted',
      { kind: 'departments', min: 1, max: 2, ...counting },
      { profile: { departments: { count: 3, exact: false } } },
      'miss',
    ],
    [
      'a visit within the days',
      { kind: 'behaviour', anyOf: ['visit'], withinDays: 30, ...counting },
      { happened: [{ name: 'visit', at: daysAgo(30) }] },
      'match',
    ],
    [
      'a visit before them',
      { kind: 'behaviour', anyOf: ['visit'], withinDays: 30, ...counting },
      { happened: [{ name: 'visit', at: daysAgo(31) }] },
      'miss',
    ],
    [
      'no visit that was seen',
      { kind: 'behaviour', anyOf: ['visit'], withinDays: 30, ...counting },
      { happened: [{ name: 'funding', at: NOW }] },
      'unknown',
    ],
    [
      'another kind whose name begins alike',
      { kind: 'behaviour', anyOf: ['hiring'], withinDays: 30, ...counting },
      { happened: [{ name: 'hiring_freeze', at: NOW }] },
      'unknown',
    ],
  ])('%s', (_, criterion, more, verdict) => {
    expect(verdictOf(criterion, more)).toBe(verdict);
  });

  it('reads what somebody set before what providers report, and people by their titles', () => {
    const profile = profileOf(
      {
        traits: { pain_points: ['manual processes'], business_model: ['b2b'] },
        reported: { business_model: 'public', tech_stack: 'Slack, Zoom;Jira' },
        titles: ['CFO', 'Head of Accounting', 'IT manager', 'Intern', null],
        roles: [null, null, null, 'none', null],
        growing: [],
      },
      DEFAULT_TITLE_RULES,
    );
    expect(profile).toMatchObject({
      businessModel: ['b2b'],
      techStack: ['Slack', 'Zoom', 'Jira'],
      stakeholders: { count: 3, exact: false },
      departments: { count: 2, exact: false },
    });
  });
});

describe('when a fit is judged again', () => {
  const visits = icpOf({ kind: 'behaviour', anyOf: ['visit'], withinDays: 30, ...counting });
  it('is right until that very moment, and changes at it', () => {
    const facts = account({ happened: [{ name: 'visit', at: daysAgo(10) }] });
    const until = fitUntil(visits, facts, NOW) ?? NOW;
    const fitAt = (ms: number) => fitScore(fitParts(visits, facts, new Date(ms)));
    expect([fitAt(until.getTime() - 1), fitAt(until.getTime())]).toEqual([100, 0]);
  });
  it('is never for a profile of facts that stand still', () => {
    expect(fitUntil(plain, account(), NOW)).toBeNull();
    expect(fitUntil(visits, account(), NOW)).toBeNull();
  });
});

describe('a profile that nothing can fit', () => {
  it.each<[string, FitCriterion]>([
    ['asks for at least 9 and at most 3', { kind: 'employee_count', min: 9, max: 3, ...counting }],
    [
      'is both required and excluded',
      { kind: 'country', anyOf: ['US'], weight: 1, required: true, excluded: true },
    ],
    [
      'can’t exclude',
      { kind: 'behaviour', anyOf: ['visit'], withinDays: 9, weight: 1, required: false, excluded: true },
    ],
    [
      'excludes any number',
      { kind: 'stakeholders', min: null, max: null, weight: 1, required: false, excluded: true },
    ],
  ])('%s', (problem, criterion) => {
    expect(whyImpossible(icpOf(...plain.criteria, criterion))).toMatchObject({ index: 3 });
    expect(whyImpossible(icpOf(...plain.criteria, criterion))?.problem).toContain(problem);
  });
  it('has no weight that counts', () => {
    expect(
      whyImpossible(icpOf({ kind: 'country', anyOf: ['US'], weight: 3, required: false, excluded: true })),
    ).toMatchObject({ index: null });
  });
  it('is none of the templates', () => {
    expect(ICP_TEMPLATES.map(whyImpossible).filter(Boolean)).toEqual([]);
  });
});
