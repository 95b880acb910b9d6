import type { Icp, IcpCriterion } from '../../api/records.ts';

export const KINDS: Readonly<Record<IcpCriterion['kind'], string>> = {
  employee_count: 'Employees',
  industry: 'Industry',
  country: 'Country',
  annual_revenue_usd: 'Annual revenue, $',
};

/** A new criterion of a kind, with values that change nothing yet. */
export function blankCriterion(kind: IcpCriterion['kind']): IcpCriterion {
  const rest = { weight: 1, required: false };
  if (kind === 'employee_count' || kind === 'annual_revenue_usd')
    return { kind, min: null, max: null, ...rest };
  return { kind, anyOf: [], ...rest };
}

/** What a criterion asks for, as a sentence. */
export function describeCriterion(criterion: IcpCriterion): string {
  const suffix = `, weight ${criterion.weight}${criterion.required ? ', required' : ''}`;
  if ('anyOf' in criterion)
    return `${KINDS[criterion.kind]}: ${criterion.anyOf.join(' or ') || 'any'}${suffix}`;
  const { min, max } = criterion;
  const number = (value: number) => value.toLocaleString('en-US');
  const range =
    min !== null && max !== null
      ? `${number(min)} to ${number(max)}`
      : min !== null
        ? `at least ${number(min)}`
        : max !== null
          ? `at most ${number(max)}`
          : 'any';
  return `${KINDS[criterion.kind]}: ${range}${suffix}`;
}

/** What a draft changes, line by line. */
export function icpChanges(published: Icp, draft: Icp): { sign: '+' | '−'; text: string }[] {
  const before = published.criteria.map(describeCriterion);
  const after = draft.criteria.map(describeCriterion);
  return [
    ...(published.name === draft.name ? [] : [{ sign: '+' as const, text: `Name: ${draft.name}` }]),
    ...before.filter((line) => !after.includes(line)).map((text) => ({ sign: '−' as const, text })),
    ...after.filter((line) => !before.includes(line)).map((text) => ({ sign: '+' as const, text })),
  ];
}
