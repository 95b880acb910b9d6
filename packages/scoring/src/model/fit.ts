/** Fit: how well an account matches the ideal customer profile, 0–100. What is unknown never counts as a miss. */

export type Range = { min: number | null; max: number | null };
type Weighted = { weight: number; required: boolean };
export type FitCriterion =
  | ({ kind: 'employee_count' | 'annual_revenue_usd' } & Range & Weighted)
  | ({ kind: 'industry' | 'country'; anyOf: string[] } & Weighted);

export type Icp = { name: string; criteria: FitCriterion[] };

export type Firmographics = {
  employeeCount: number | null;
  annualRevenueUsd: number | null;
  industry: string | null;
  country: string | null;
};

export type FitPart = {
  criterion: string;
  label: string;
  verdict: 'match' | 'miss' | 'unknown' | 'excluded';
  points: number;
  actual: string;
  expected: string;
};

const LABELS: Record<FitCriterion['kind'], string> = {
  employee_count: 'Employees',
  annual_revenue_usd: 'Annual revenue',
  industry: 'Industry',
  country: 'Country',
};
const UNKNOWN_SHARE = 0.5;

/**
 * Points of each criterion; they add up to the fit. A match gives its whole weight, an unknown value half of it, a miss nothing;
 * a required criterion that is missed excludes the account (fit 0). Both ends of a range are inside (R015).
 */
export function fitParts(icp: Icp, account: Firmographics): FitPart[] {
  const total = icp.criteria.reduce((sum, criterion) => sum + criterion.weight, 0);
  const parts = icp.criteria.map((criterion): FitPart => {
    const verdict = judge(criterion, account);
    const share = verdict === 'match' ? 1 : verdict === 'unknown' ? UNKNOWN_SHARE : 0;
    return {
      criterion: criterion.kind,
      label: LABELS[criterion.kind],
      verdict,
      points: total === 0 ? 0 : (100 * criterion.weight * share) / total,
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

function judge(criterion: FitCriterion, account: Firmographics): FitPart['verdict'] {
  const matches = matchOf(criterion, account);
  if (matches === null) return 'unknown';
  if (matches) return 'match';
  return criterion.required ? 'excluded' : 'miss';
}

function matchOf(criterion: FitCriterion, account: Firmographics): boolean | null {
  switch (criterion.kind) {
    case 'employee_count':
      return within(criterion, account.employeeCount);
    case 'annual_revenue_usd':
      return within(criterion, account.annualRevenueUsd);
    case 'industry':
      return among(criterion.anyOf, account.industry);
    case 'country':
      return among(criterion.anyOf, account.country);
  }
}

function within(range: Range, value: number | null): boolean | null {
  if (value === null) return null;
  return (range.min === null || value >= range.min) && (range.max === null || value <= range.max);
}

function among(anyOf: readonly string[], value: string | null): boolean | null {
  if (value === null) return null;
  return anyOf.some((wanted) => wanted.toLowerCase() === value.toLowerCase());
}

function actualOf(criterion: FitCriterion, account: Firmographics): string | null {
  switch (criterion.kind) {
    case 'employee_count':
      return account.employeeCount?.toString() ?? null;
    case 'annual_revenue_usd':
      return account.annualRevenueUsd?.toString() ?? null;
    case 'industry':
      return account.industry;
    case 'country':
      return account.country;
  }
}

function expectedOf(criterion: FitCriterion): string {
  if ('anyOf' in criterion) return criterion.anyOf.join(', ');
  const { min, max } = criterion;
  if (min !== null && max !== null) return `${min}–${max}`;
  if (min !== null) return `at least ${min}`;
  return max === null ? 'any' : `at most ${max}`;
}
