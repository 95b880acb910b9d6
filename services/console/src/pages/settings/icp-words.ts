import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { CRITERION_LABELS } from '@penstock/scoring/model/icp';

import type { Icp, IcpCriterion } from '../../api/records.ts';

export type CriterionKind = IcpCriterion['kind'];

// Safe: the record has every kind as a key.
export const CRITERION_KINDS = Object.keys(CRITERION_LABELS) as CriterionKind[];
export const nameOf = (kind: CriterionKind): string =>
  kind === 'annual_revenue_usd' ? 'Annual revenue, $' : CRITERION_LABELS[kind];

/** Where what is known of it comes from, for who chooses a criterion. */
export const KNOWN_FROM: Readonly<Record<CriterionKind, string>> = {
  employee_count: 'From providers, forms and filings.',
  annual_revenue_usd: 'From providers and imports.',
  industry: 'From providers and filings.',
  country: 'From forms, providers and filings.',
  business_model: 'From providers, or set on the account.',
  growth_stage: 'From providers, or set on the account.',
  tech_stack: 'From providers and the company’s own site, or set on the account.',
  competing_tools: 'Tools of the same stack that compete with you.',
  growing_department: 'From openings: departments that were hired for.',
  pain_points: 'Set on the account by who has heard it.',
  stakeholders: 'People with a part in buying, by their titles; or set on the account.',
  departments: 'Different parts in buying that are filled; or set on the account.',
  behaviour: 'Signals of these kinds: intent, visits, content.',
};

/** Kinds of signals that tell of behaviour first, then all others. */
const BEHAVIOUR_FIRST = ['intent', 'visit', 'content_spike', 'competitor_research', 'category_search'];
export const BEHAVIOURS: readonly { value: string; label: string }[] = Object.entries(SIGNAL_KINDS)
  .map(([value, { label }]) => ({ value, label }))
  .toSorted((a, b) => placeOf(a.value) - placeOf(b.value));

function placeOf(kind: string): number {
  const at = BEHAVIOUR_FIRST.indexOf(kind);
  return at === -1 ? BEHAVIOUR_FIRST.length : at;
}

/** A new criterion of a kind, with values that change nothing yet. */
export function blankCriterion(kind: CriterionKind): IcpCriterion {
  const rest = { weight: 1, required: false, excluded: false };
  switch (kind) {
    case 'employee_count':
    case 'annual_revenue_usd':
    case 'stakeholders':
    case 'departments':
      return { kind, min: null, max: null, ...rest };
    case 'growing_department':
      return { kind, anyOf: [], withinDays: 180, ...rest };
    case 'behaviour':
      return { kind, anyOf: ['intent', 'visit'], withinDays: 30, ...rest };
    default:
      return { kind, anyOf: [], ...rest };
  }
}

/** Names a criterion still lacks: an account can’t be held against nothing. */
export const lacksWords = (criterion: IcpCriterion): boolean =>
  'anyOf' in criterion && criterion.anyOf.length === 0;

const behaviourName = (kind: string): string =>
  BEHAVIOURS.find(({ value }) => value === kind)?.label.toLowerCase() ?? kind;

/** What a criterion asks for, as a sentence. */
export function describeCriterion(criterion: IcpCriterion): string {
  const suffix = criterion.excluded
    ? ', excluded'
    : `, weight ${criterion.weight}${criterion.required ? ', required' : ''}`;
  return `${nameOf(criterion.kind)}: ${wantedOf(criterion)}${suffix}`;
}

function wantedOf(criterion: IcpCriterion): string {
  if ('anyOf' in criterion) {
    const words = criterion.kind === 'behaviour' ? criterion.anyOf.map(behaviourName) : criterion.anyOf;
    const within = 'withinDays' in criterion ? ` within ${criterion.withinDays} days` : '';
    return `${words.join(' or ') || 'any'}${within}`;
  }
  const { min, max } = criterion;
  const number = (value: number) => value.toLocaleString('en-US');
  if (min !== null && max !== null) return `${number(min)} to ${number(max)}`;
  if (min !== null) return `at least ${number(min)}`;
  return max === null ? 'any' : `at most ${number(max)}`;
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

/** What another version that counts makes stale. */
export const ICP_STALE = [
  'settings.icp',
  'settings.icpBuild',
  'settings.judgeIcp',
  'settings.compareIcp',
  'scores.explain',
  'queue.list',
  'accounts.list',
] as const;
