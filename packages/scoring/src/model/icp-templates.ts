import type { FitCriterion, Icp } from './icp.ts';
import { DEFAULT_ICP } from './presets.ts';

const counting = (weight: number) => ({ weight, required: false, excluded: false });
const required = (weight: number) => ({ weight, required: true, excluded: false });
const BEHAVIOUR: FitCriterion = {
  kind: 'behaviour',
  anyOf: ['intent', 'category_search', 'competitor_research', 'content_spike', 'visit'],
  withinDays: 30,
  ...counting(2),
};

/** Mid-market finance (R015): 200–1,000 employees, both inside; a growing accounting department, manual work, and the wish for better reports. */
export const MID_MARKET_FINANCE: Icp = {
  name: 'Mid-market finance',
  criteria: [
    { kind: 'employee_count', min: 200, max: 1_000, ...required(4) },
    { kind: 'growing_department', anyOf: ['accounting', 'finance'], withinDays: 180, ...counting(3) },
    { kind: 'pain_points', anyOf: ['manual processes'], ...counting(2) },
    { kind: 'pain_points', anyOf: ['better financial reporting'], ...counting(2) },
  ],
};

/** Starting points that RevOps can choose from; each becomes a draft like any other. */
export const ICP_TEMPLATES: readonly (Icp & { key: string; about: string })[] = [
  {
    key: 'mid-market-finance',
    about: '200 to 1,000 employees, accounting grows, work by hand, wants better reports.',
    ...MID_MARKET_FINANCE,
  },
  {
    key: 'committee-purchase',
    about: 'Several departments decide, and they have begun to look around.',
    name: 'Purchase by committee',
    criteria: [
      { kind: 'employee_count', min: 500, max: null, ...counting(3) },
      { kind: 'stakeholders', min: 4, max: null, ...counting(3) },
      { kind: 'departments', min: 3, max: null, ...counting(2) },
      BEHAVIOUR,
    ],
  },
  {
    key: 'growth-software',
    about: 'Funded software companies that sell to companies and look around.',
    name: 'Growing software companies',
    criteria: [
      { kind: 'growth_stage', anyOf: ['series a', 'series b', 'series c'], ...counting(4) },
      {
        kind: 'industry',
        anyOf: ['Computer software', 'Information technology and services'],
        ...counting(3),
      },
      { kind: 'business_model', anyOf: ['b2b', 'saas'], ...counting(2) },
      BEHAVIOUR,
    ],
  },
  { key: 'default', about: 'What a new workspace starts with.', ...DEFAULT_ICP },
];
