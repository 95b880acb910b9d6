/** Priority: the queue's order as a weighted sum that RevOps edits. Each term lies between 0 and 100, the weights add up to 1. */

import { signalScore, type IntentModel, type Mass } from './intent.ts';

/** In the order in which weights travel to SQL. */
export const PRIORITY_TERMS = [
  'signal',
  'fit',
  'value',
  'stage',
  'freshness',
  'urgency',
  'committee',
  'budget',
  'responding',
] as const;
export type PriorityTerm = (typeof PRIORITY_TERMS)[number];

export const TERM_LABELS: Record<PriorityTerm, string> = {
  signal: 'Signal score',
  fit: 'Fit',
  value: 'Deal value',
  stage: 'Stage of the deal',
  freshness: 'Freshness of the news',
  urgency: 'Timeline committed',
  committee: 'Full buying committee takes part',
  budget: 'Budget documented',
  responding: 'Several people respond',
};

export type PriorityFormula = Record<PriorityTerm, number> & {
  /** Days after which the newest signal counts half as fresh. */
  freshnessHalfLifeDays: number;
  /** Deal value, in minor units of each currency, that gives half of the value's points; another currency counts as unknown. */
  halfValueMinor: Record<string, number>;
};

/** What is known of an account's dealings, beside its signals: of its open deal with the largest expected value, and the markers of R041. */
export type Standing = {
  dealValueMinor: number | null;
  dealCurrency: string | null;
  /** Probability of the deal's stage, 0–1. */
  stageProbability: number | null;
  /** Markers lapse by themselves at these moments; null: not there. */
  urgentUntil: Date | null;
  committeeUntil: Date | null;
  respondingUntil: Date | null;
  budgetDocumented: boolean | null;
};

export const NO_STANDING: Standing = {
  dealValueMinor: null,
  dealCurrency: null,
  stageProbability: null,
  urgentUntil: null,
  committeeUntil: null,
  respondingUntil: null,
  budgetDocumented: null,
};

export type PrioritySubject = {
  masses: readonly Mass[];
  fit: number;
  standing: Standing;
  /** The signal score at that moment, where it is known already. */
  signal?: number;
};
export type PriorityPart = {
  term: PriorityTerm;
  label: string;
  /** 0–100. */
  value: number;
  weight: number;
  points: number;
};

const DAY_MS = 86_400_000;
const UNKNOWN_VALUE = 50;

/** Each term with its value, weight and points; the points add up to the priority. */
export function priorityParts(model: IntentModel, subject: PrioritySubject, at: Date): PriorityPart[] {
  return PRIORITY_TERMS.map((term) => {
    const weight = model.priority[term];
    const value = termValue(term, model, subject, at);
    return { term, label: TERM_LABELS[term], value, weight, points: weight * value };
  });
}

/** Queue priority at a moment, 0–100. It never rises by itself, so an earlier one is an upper bound. */
export function priorityOf(model: IntentModel, subject: PrioritySubject, at: Date): number {
  let total = 0;
  for (const term of PRIORITY_TERMS) {
    const weight = model.priority[term];
    if (weight > 0) total += weight * termValue(term, model, subject, at);
  }
  return total;
}

function termValue(term: PriorityTerm, model: IntentModel, subject: PrioritySubject, at: Date): number {
  const { masses, fit, standing } = subject;
  switch (term) {
    case 'signal':
      return subject.signal ?? signalScore(model, masses, at);
    case 'fit':
      return fit;
    case 'value':
      return valuePoints(model.priority, standing);
    case 'stage':
      return 100 * (standing.stageProbability ?? 0);
    case 'freshness':
      return freshness(model, masses, at);
    case 'urgency':
      return lasts(standing.urgentUntil, at);
    case 'committee':
      return lasts(standing.committeeUntil, at);
    case 'budget':
      return standing.budgetDocumented ? 100 : 0;
    case 'responding':
      return lasts(standing.respondingUntil, at);
  }
}

const lasts = (until: Date | null, at: Date): number => (until !== null && until > at ? 100 : 0);

/** `100 · value / (value + half)`: twice the value is never twice the points. */
function valuePoints(formula: PriorityFormula, { dealValueMinor, dealCurrency }: Standing): number {
  if (dealValueMinor === null || dealCurrency === null) return 0;
  const half = formula.halfValueMinor[dealCurrency];
  return half === undefined ? UNKNOWN_VALUE : (100 * dealValueMinor) / (dealValueMinor + half);
}

/** `100 · 2^(−days since the newest signal that counts / half-life)`. */
function freshness(model: IntentModel, masses: readonly Mass[], at: Date): number {
  let newest = -Infinity;
  for (const mass of masses)
    if (mass.value > 0 && model.kinds[mass.kind]) newest = Math.max(newest, mass.at.getTime());
  const days = Math.max(0, at.getTime() - newest) / DAY_MS;
  return 100 * 2 ** (-days / model.priority.freshnessHalfLifeDays);
}

/** The formula in words: the terms that count, the heaviest first. */
export function formulaInWords(formula: PriorityFormula): string {
  return PRIORITY_TERMS.filter((term) => formula[term] > 0)
    .toSorted((a, b) => formula[b] - formula[a])
    .map((term) => `${formula[term]} × ${TERM_LABELS[term].toLowerCase()}`)
    .join(' + ');
}
