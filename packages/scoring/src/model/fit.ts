/** Fit: how well an account matches the ideal customer profile, 0–100. What is unknown never counts as a miss. */

import { instantInWords } from '@penstock/kernel/dates-in-words';
import type { Counted, Dated, FitFacts } from './fit-facts.ts';
import { asksForProfile, CRITERION_LABELS, type FitCriterion, type Icp, type Range } from './icp.ts';

export type FitPart = {
  criterion: string;
  label: string;
  verdict: 'match' | 'miss' | 'unknown' | 'excluded';
  points: number;
  actual: string;
  expected: string;
};

const UNKNOWN_SHARE = 0.5;
const DAY_MS = 86_400_000;

/**
 * Points of each criterion; they add up to the fit. A match gives its whole weight, an unknown value half of it, a miss nothing;
 * a required criterion that is missed, or an excluding one that is met, excludes the account (fit 0). Both ends of a range are
 * inside (R015). What excludes has no weight of its own.
 */
export function fitParts(icp: Icp, account: FitFacts, at: Date): FitPart[] {
  const weightOf = ({ weight, excluded }: FitCriterion) => (excluded ? 0 : weight);
  const total = icp.criteria.reduce((sum, criterion) => sum + weightOf(criterion), 0);
  const parts = icp.criteria.map((criterion): FitPart => {
    const verdict = judge(criterion, account, at);
    const share = verdict === 'match' ? 1 : verdict === 'unknown' ? UNKNOWN_SHARE : 0;
    return {
      criterion: criterion.kind,
      label: CRITERION_LABELS[criterion.kind],
      verdict,
      points: total === 0 ? 0 : (100 * weightOf(criterion) * share) / total,
      actual: actualOf(criterion, account) ?? 'unknown',
      expected: expectedOf(criterion),
    };
  });
  return parts.some((part) => part.verdict === 'excluded')
    ? parts.map((part) => ({ ...part, points: 0 }))
    : parts;
}

export function fitScore(parts: readonly FitPart[]): number {
  return parts.reduce((sum, part) => sum + part.points, 0);
}

const VERDICTS = { match: 'Fits', excluded: 'Excluded by', miss: 'Misses', unknown: 'Not known' } as const;

/** Why a fit is what it is: what fits with what it is, then what doesn't, then what nobody knows. */
export function fitInWords(parts: readonly FitPart[]): string {
  const phrases = (['match', 'excluded', 'miss', 'unknown'] as const).flatMap((verdict) => {
    const named = parts.filter((part) => part.verdict === verdict);
    const words = named.map(({ label, actual }) => (verdict === 'unknown' ? label : `${label} (${actual})`));
    return words.length === 0 ? [] : [`${VERDICTS[verdict]}: ${words.join(', ')}`];
  });
  return phrases.length === 0 ? 'The profile asks for nothing yet' : phrases.join('. ');
}

/** When a fit has to be judged again though nobody tells anything new; null if it stands until then. */
export function fitUntil(icp: Icp, account: FitFacts, at: Date): Date | null {
  const ends = icp.criteria.flatMap((criterion) => {
    if (!('withinDays' in criterion)) return [];
    const newest = newestOf(criterion, account);
    const end = newest === null ? 0 : newest.getTime() + criterion.withinDays * DAY_MS;
    // The very millisecond after the last one that still counts.
    return end >= at.getTime() ? [end + 1] : [];
  });
  // People come and go, and values run out, without a word to scoring.
  if (asksForProfile(icp)) ends.push(at.getTime() + DAY_MS);
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

function judge(criterion: FitCriterion, account: FitFacts, at: Date): FitPart['verdict'] {
  const matches = matchOf(criterion, account, at);
  if (matches === null) return 'unknown';
  if (criterion.excluded) return matches ? 'excluded' : 'match';
  if (matches) return 'match';
  return criterion.required ? 'excluded' : 'miss';
}

function matchOf(criterion: FitCriterion, account: FitFacts, at: Date): boolean | null {
  switch (criterion.kind) {
    case 'employee_count':
      return within(criterion, account.employeeCount);
    case 'annual_revenue_usd':
      return within(criterion, account.annualRevenueUsd);
    case 'stakeholders':
    case 'departments':
      return enough(criterion, account.profile[criterion.kind]);
    case 'growing_department':
    case 'behaviour':
      return lately(newestOf(criterion, account), criterion.withinDays, at);
    default:
      return among(criterion, wordsOf(criterion.kind, account));
  }
}

function within(range: Range, value: number | null): boolean | null {
  if (value === null) return null;
  return (range.min === null || value >= range.min) && (range.max === null || value <= range.max);
}

/** Who is not known yet may be there: too few known people are no miss, too many are one. */
function enough(range: Range, counted: Counted | null): boolean | null {
  if (counted === null) return null;
  if (counted.exact) return within(range, counted.count);
  if (range.max !== null && counted.count > range.max) return false;
  return range.min === null || counted.count >= range.min ? true : null;
}

/** What never happened may only not have been seen; what happened too long ago is a miss. */
function lately(newest: Date | null, withinDays: number, at: Date): boolean | null {
  return newest === null ? null : newest.getTime() + withinDays * DAY_MS >= at.getTime();
}

type Naming = Extract<FitCriterion, { anyOf: string[] }>;
type Recent = Extract<FitCriterion, { withinDays: number }>;

function newestOf(criterion: Recent, account: FitFacts): Date | null {
  const times = recentOf(criterion.kind, account)
    .filter(({ name }) => among(criterion, [name]))
    .map((event) => event.at.getTime());
  return times.length === 0 ? null : new Date(Math.max(...times));
}

/** Vocabularies of our own are taken at their word. */
const EXACT: ReadonlySet<FitCriterion['kind']> = new Set(['industry', 'country', 'behaviour']);

function among({ kind, anyOf }: Naming, values: readonly string[]): boolean | null {
  if (values.length === 0) return null;
  const wanted = anyOf.map(fold);
  return values
    .map(fold)
    .some((value) =>
      EXACT.has(kind) ? wanted.includes(value) : wanted.some((word) => ` ${value} `.includes(` ${word} `)),
    );
}

/** `series_a`, `Series A` and `series-a` are one; a tool's name also stands for its editions. */
const fold = (word: string): string =>
  word
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();

function wordsOf(kind: Naming['kind'], account: FitFacts): readonly string[] {
  const { profile } = account;
  switch (kind) {
    case 'industry':
      return account.industry === null ? [] : [account.industry];
    case 'country':
      return account.country === null ? [] : [account.country];
    case 'business_model':
      return profile.businessModel;
    case 'growth_stage':
      return profile.growthStage;
    case 'tech_stack':
    case 'competing_tools':
      return profile.techStack;
    case 'pain_points':
      return profile.painPoints;
    case 'growing_department':
    case 'behaviour':
      return recentOf(kind, account).map(({ name }) => name);
  }
}

const recentOf = (kind: 'growing_department' | 'behaviour', account: FitFacts): readonly Dated[] =>
  kind === 'behaviour' ? account.happened : account.profile.growing;

const MOST_TOLD = 6;

function actualOf(criterion: FitCriterion, account: FitFacts): string | null {
  switch (criterion.kind) {
    case 'employee_count':
      return account.employeeCount?.toString() ?? null;
    case 'annual_revenue_usd':
      return account.annualRevenueUsd?.toString() ?? null;
    case 'stakeholders':
    case 'departments': {
      const counted = account.profile[criterion.kind];
      return counted && `${counted.count}${counted.exact ? '' : ' known'}`;
    }
    case 'growing_department':
    case 'behaviour': {
      const newest = newestOf(criterion, account);
      return newest && `last on ${instantInWords(newest)}`;
    }
    default: {
      const words = wordsOf(criterion.kind, account);
      const rest = words.length - MOST_TOLD;
      const told = words.slice(0, MOST_TOLD).join(', ');
      return words.length === 0 ? null : rest > 0 ? `${told} and ${rest} more` : told;
    }
  }
}

function expectedOf(criterion: FitCriterion): string {
  const wanted = wantedOf(criterion);
  return criterion.excluded ? `not ${wanted}` : wanted;
}

function wantedOf(criterion: FitCriterion): string {
  if ('withinDays' in criterion)
    return `${criterion.anyOf.map(fold).join(', ')} within ${criterion.withinDays} days`;
  if ('anyOf' in criterion) return criterion.anyOf.join(', ');
  const { min, max } = criterion;
  if (min !== null && max !== null) return `${min}–${max}`;
  if (min !== null) return `at least ${min}`;
  return max === null ? 'any' : `at most ${max}`;
}
