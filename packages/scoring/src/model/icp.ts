/** The ideal customer profile as RevOps edits it (R014–R016). */

export type Range = { min: number | null; max: number | null };
/** `required`: who is known to miss it is excluded. `excluded`: who is known to match it is. */
type Weighted = { weight: number; required: boolean; excluded: boolean };
type RangeKind = 'employee_count' | 'annual_revenue_usd' | 'stakeholders' | 'departments';
type WordKind =
  | 'industry'
  | 'country'
  | 'business_model'
  | 'growth_stage'
  | 'tech_stack'
  | 'competing_tools'
  | 'pain_points';

export type FitCriterion =
  | ({ kind: RangeKind } & Range & Weighted)
  | ({ kind: WordKind; anyOf: string[] } & Weighted)
  // What happened lately: it can lapse without any news.
  | ({ kind: 'growing_department'; anyOf: string[]; withinDays: number } & Weighted)
  | ({ kind: 'behaviour'; anyOf: string[]; withinDays: number } & Weighted);

export type Icp = { name: string; criteria: FitCriterion[] };

export const CRITERION_LABELS: Record<FitCriterion['kind'], string> = {
  employee_count: 'Employees',
  annual_revenue_usd: 'Annual revenue',
  industry: 'Industry',
  country: 'Country',
  business_model: 'Business model',
  growth_stage: 'Growth stage',
  tech_stack: 'Tech stack',
  competing_tools: 'Competing tools',
  growing_department: 'Growing department',
  pain_points: 'Pain points',
  stakeholders: 'People who decide',
  departments: 'Departments that decide',
  behaviour: 'Behaviour',
};

/** What is known of these is read beside the account's own facts; a profile that asks for none of them does not pay for it. */
const OWN_FACTS: ReadonlySet<FitCriterion['kind']> = new Set([
  'employee_count',
  'annual_revenue_usd',
  'industry',
  'country',
  'behaviour',
]);

export const asksForProfile = (icp: Icp): boolean => icp.criteria.some(({ kind }) => !OWN_FACTS.has(kind));

/** Why no account can fit, with the criterion at fault; null for a profile that some account may fit. */
export function whyImpossible(icp: Icp): { index: number | null; problem: string; remedy: string } | null {
  for (const [index, criterion] of icp.criteria.entries()) {
    const problem = problemOf(criterion);
    if (problem) return { index, ...problem };
  }
  if (icp.criteria.every(({ weight, excluded }) => excluded || weight === 0))
    return {
      index: null,
      problem: 'no criterion has a weight, so nothing would count',
      remedy: 'Give at least one criterion that does not exclude a weight.',
    };
  return null;
}

function problemOf(criterion: FitCriterion): { problem: string; remedy: string } | null {
  if (criterion.required && criterion.excluded)
    return { problem: 'is both required and excluded: nothing can match', remedy: 'Choose one of the two.' };
  if ('withinDays' in criterion && criterion.excluded)
    return {
      problem: 'can’t exclude: what happened would be forgotten after some days',
      remedy: 'Let it count or require it.',
    };
  if ('anyOf' in criterion) return null;
  const { min, max } = criterion;
  if (min !== null && max !== null && min > max)
    return {
      problem: `asks for at least ${min} and at most ${max}: nothing can match`,
      remedy: 'Swap the two numbers.',
    };
  return criterion.excluded && min === null && max === null
    ? { problem: 'excludes any number: nothing can match', remedy: 'Say from where to where.' }
    : null;
}
