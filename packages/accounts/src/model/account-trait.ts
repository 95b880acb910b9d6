/** What a person can tell of a company that goes before what providers report. */

export const ACCOUNT_TRAITS = [
  'business_model',
  'growth_stage',
  'tech_stack',
  'pain_points',
  'stakeholders',
  'departments',
] as const;
export type AccountTrait = (typeof ACCOUNT_TRAITS)[number];

export const TRAIT_LABELS: Record<AccountTrait, string> = {
  business_model: 'Business model',
  growth_stage: 'Growth stage',
  tech_stack: 'Tech stack',
  pain_points: 'Pain points',
  stakeholders: 'People who decide',
  departments: 'Departments that decide',
};

export const isCount = (trait: AccountTrait): boolean => trait === 'stakeholders' || trait === 'departments';

/** Why these words can't be what is known of a trait; null if they can. */
export function traitProblem(trait: AccountTrait, words: readonly string[]): string | null {
  if (!isCount(trait)) return null;
  if (words.length > 1) return 'is one number';
  return words.every((word) => /^\d{1,4}$/.test(word)) ? null : 'is not a whole number from 0 to 9999';
}
