import type { Icp } from './icp.ts';
import type { IntentModel, KindModel } from './intent.ts';
import type { PriorityFormula } from './priority.ts';

export const DEFAULT_RISK: Record<string, KindModel> = {
  champion_departure: { label: 'Champion departure', cap: 0.6, saturation: 0.5 },
  budget_cut: { label: 'Budget cut', cap: 0.5, saturation: 0.5 },
  competitive_evaluation: { label: 'Competitive evaluation', cap: 0.5, saturation: 0.5 },
  negative_sentiment: { label: 'Negative sentiment', cap: 0.4, saturation: 0.5 },
  leadership_change: { label: 'Leadership change', cap: 0.35, saturation: 0.5 },
  competitive_install: { label: 'Competitive install', cap: 0.35, saturation: 0.5 },
  hiring_freeze: { label: 'Hiring freeze', cap: 0.3, saturation: 0.5 },
};

/** Who is likely to buy, and how much, before who is loudest (R041, R042). */
export const DEFAULT_PRIORITY: PriorityFormula = {
  signal: 0.5,
  fit: 0.2,
  value: 0.08,
  stage: 0.04,
  freshness: 0.04,
  urgency: 0.05,
  committee: 0.03,
  budget: 0.03,
  responding: 0.03,
  freshnessHalfLifeDays: 7,
  halfValueMinor: { USD: 5_000_000, EUR: 5_000_000, GBP: 4_000_000 },
};

/** What a new workspace starts with; RevOps changes it as a versioned document. */
export const DEFAULT_INTENT_MODEL: IntentModel = {
  kinds: {
    inbound_request: { label: 'Inbound request', cap: 0.75, saturation: 0.5 },
    funding: { label: 'Funding', cap: 0.7, saturation: 0.5 },
    hiring: { label: 'Relevant hiring', cap: 0.5, saturation: 0.8 },
    hiring_growth: { label: 'Hiring growth', cap: 0.4, saturation: 0.8 },
    expansion: { label: 'Expansion', cap: 0.4, saturation: 0.8 },
    technology_adoption: { label: 'Technology adoption', cap: 0.35, saturation: 0.8 },
    executive_hire: { label: 'Executive hire', cap: 0.5, saturation: 0.8 },
    acquisition: { label: 'Acquisition', cap: 0.5, saturation: 0.8 },
    leadership_change: { label: 'Leadership change', cap: 0.35, saturation: 0.8 },
    competitive_install: { label: 'Competitive install', cap: 0.35, saturation: 0.8 },
    intent: { label: 'Intent', cap: 0.45, saturation: 0.8 },
    content_spike: { label: 'Content consumption', cap: 0.4, saturation: 0.8 },
    competitor_research: { label: 'Competitor research', cap: 0.5, saturation: 0.8 },
    category_search: { label: 'Category search', cap: 0.5, saturation: 0.8 },
    visit: { label: 'Website visits', cap: 0.3, saturation: 1.2 },
  },
  risk: DEFAULT_RISK,
  priority: DEFAULT_PRIORITY,
};

export const DEFAULT_ICP: Icp = {
  name: 'Mid-market software and finance',
  criteria: [
    { kind: 'employee_count', min: 200, max: 1_000, weight: 4, required: false, excluded: false },
    {
      kind: 'industry',
      anyOf: [
        'Computer software',
        'Information technology and services',
        'Computer & network security',
        'Financial services',
        'Insurance',
      ],
      weight: 4,
      required: false,
      excluded: false,
    },
    {
      kind: 'country',
      anyOf: ['US', 'GB', 'DE', 'FR', 'NL', 'CA'],
      weight: 2,
      required: false,
      excluded: false,
    },
  ],
};
