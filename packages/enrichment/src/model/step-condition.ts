import type { KnownFacts } from '../provider-port.ts';
import { INPUT_WORDS } from './waterfall-fields.ts';

/** What may be known of a record when a step's turn comes; null where it is not. */
export type RecordFacts = {
  /** ISO 3166, two letters. */
  country: string | null;
  /** In lower case, as a vendor calls it: `vp`, `director`. */
  seniority: string | null;
  industry: string | null;
  employees: number | null;
};

/** Facts that a person is asked for with. */
export type InputFact = Exclude<keyof KnownFacts, 'titles' | 'since' | 'page'>;

/** When a step may be called. `ifUnknown` decides where the fact is not known. */
export type StepCondition =
  | {
      about: 'country' | 'seniority' | 'industry';
      is: 'one_of' | 'none_of';
      values: string[];
      ifUnknown: boolean;
    }
  | { about: 'company_size'; min: number | null; max: number | null; ifUnknown: boolean }
  | { about: 'input'; has: InputFact[] };

type ListCondition = Extract<StepCondition, { values: string[] }>;

const ABOUT_WORDS = {
  country: 'country',
  seniority: 'seniority',
  industry: 'industry',
  company_size: 'company size',
} as const;

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
const factOf = (condition: Exclude<StepCondition, { about: 'input' }>, facts: RecordFacts) =>
  condition.about === 'company_size' ? facts.employees : facts[condition.about];

/** Why a step may not be called for a record, or null if the condition holds. */
export function failsBecause(condition: StepCondition, facts: RecordFacts, known: KnownFacts): string | null {
  if (condition.about === 'input') {
    const missing = condition.has.filter((name) => !known[name]);
    return missing.length === 0
      ? null
      : `only with ${missing.map((name) => INPUT_WORDS[name]).join(' and ')}, which is not known`;
  }
  const fact = factOf(condition, facts);
  if (fact === null) return condition.ifUnknown ? null : `${describeCondition(condition)}; it is not known`;
  return matches(condition, fact) ? null : `${describeCondition(condition)}; it is ${fact}`;
}

function matches(condition: Exclude<StepCondition, { about: 'input' }>, fact: string | number): boolean {
  if (condition.about === 'company_size') {
    const size = Number(fact);
    return (
      (condition.min === null || size >= condition.min) && (condition.max === null || size <= condition.max)
    );
  }
  const listed = condition.values.some((value) => same(value, String(fact)));
  return condition.is === 'one_of' ? listed : !listed;
}

/** `only if country is DE or FR, or not known`. */
export function describeCondition(condition: StepCondition): string {
  if (condition.about === 'input')
    return `only with ${condition.has.map((name) => INPUT_WORDS[name]).join(' and ') || '…'}`;
  const unknown = condition.ifUnknown ? ', or not known' : '';
  if (condition.about === 'company_size')
    return `only if company size is ${rangeInWords(condition)}${unknown}`;
  const not = condition.is === 'none_of' ? 'not ' : '';
  return `only if ${ABOUT_WORDS[condition.about]} is ${not}${condition.values.join(' or ') || '…'}${unknown}`;
}

function rangeInWords({ min, max }: { min: number | null; max: number | null }): string {
  if (min !== null && max !== null) return `${min} to ${max}`;
  if (min !== null) return `at least ${min}`;
  return max === null ? 'any' : `at most ${max}`;
}

/** Why conditions can never hold together, or null. A condition of its own is judged too. */
export function neverHold(conditions: readonly StepCondition[]): string | null {
  for (const condition of conditions) {
    const alone = impossibleAlone(condition);
    if (alone !== null) return alone;
  }
  return contradictingLists(conditions) ?? contradictingSizes(conditions);
}

function impossibleAlone(condition: StepCondition): string | null {
  if (condition.about === 'input')
    return condition.has.length === 0 ? 'asks for an input but names none' : null;
  if (condition.about === 'company_size') {
    const { min, max } = condition;
    if (min === null && max === null) return 'asks for a company size but gives no bounds';
    return min !== null && max !== null && min > max
      ? `asks for at least ${min} and at most ${max} employees: no company has that`
      : null;
  }
  return condition.values.length === 0 ? `asks for a ${ABOUT_WORDS[condition.about]} but names none` : null;
}

function contradictingLists(conditions: readonly StepCondition[]): string | null {
  for (const about of ['country', 'seniority', 'industry'] as const) {
    const mine = conditions.filter((condition): condition is ListCondition => condition.about === about);
    // Where the fact is not known all of them may hold.
    if (mine.every((condition) => condition.ifUnknown)) continue;
    const wanted = mine.filter((condition) => condition.is === 'one_of');
    const [first] = wanted;
    if (!first) continue;
    const left = first.values.filter((value) => mine.every((condition) => matches(condition, value)));
    if (left.length === 0) return `its conditions on ${ABOUT_WORDS[about]} exclude each other`;
  }
  return null;
}

function contradictingSizes(conditions: readonly StepCondition[]): string | null {
  const sizes = conditions.filter((condition) => condition.about === 'company_size');
  if (sizes.every((condition) => condition.ifUnknown)) return null;
  const least = Math.max(...sizes.map(({ min }) => min ?? 0));
  const most = Math.min(...sizes.map(({ max }) => max ?? Infinity));
  return least > most ? 'its conditions on company size exclude each other' : null;
}
