import type { Capability, KnownFacts, WantedField } from '../provider-port.ts';
import { failsBecause, type RecordFacts } from './step-condition.ts';
import type { Waterfall, WaterfallStep } from './waterfall.ts';
import { fieldsInWords } from './waterfall-fields.ts';

/** How an earlier call of a step ended, as far as planning is concerned. */
export type StepState =
  | 'answered' // asked in time, whatever came back: asking again would pay twice
  | 'waiting' // its vendor has taken it and answers later
  | 'failed' // certainly not charged; may be asked again in a later round
  | 'unknown'; // may have been charged: locked until somebody has found out

export type PlannableStep = Pick<WaterfallStep, 'only' | 'when'> & {
  provider: string;
  capability: Capability;
  hasCredential: boolean;
  /** Why the workspace does not let it be asked about this person; null if it does. */
  barred: string | null;
  /** State of this provider's capability for this person and these inputs; null if it was never asked. */
  state: StepState | null;
};

export type PlanInput = {
  waterfall: Waterfall;
  steps: readonly PlannableStep[];
  known: KnownFacts;
  /** What conditions of steps are held against. */
  facts: RecordFacts;
  /** Fields that hold a fresh, usable value. */
  usable: readonly WantedField[];
  /** An address that is known but has no fresh verdict; it has to be verified before it counts. */
  emailToVerify: string | null;
  /** A mobile that is known but whose line has to be looked up before it counts. */
  phoneToCheck: string | null;
  spentMicros: number;
  /** True once somebody has stopped all paid calls of the workspace. */
  stopped: boolean;
  /** Since the record was begun; null where no deadline holds. */
  elapsedSeconds: number | null;
  /** False if others are asked for what an answer that is still to come may give. */
  holdsForAnswers: boolean;
};

export type Skip = { provider: string; capability: string; reason: string };
export type Plan =
  | {
      next: {
        provider: string;
        capability: Capability;
        wanted: WantedField[];
        priceMicros: number;
        /** 1 for the first of its kind that is asked for what is missing, 2 for the one after it. */
        position: number;
        reason: string;
      };
      skipped: Skip[];
    }
  | {
      next: null;
      stop: string;
      complete: boolean;
      /** An answer that is still to come may give what is missing. */
      waits: boolean;
      skipped: Skip[];
    };

/** No vendor answers sooner: what is asked later than this before a deadline is paid for and comes too late. */
export const SHORTEST_ANSWER_SECONDS = 0.2;

export function priceMicros(capability: Capability): number {
  return Math.round(capability.price.credits * capability.price.microsPerCredit);
}

/**
 * Which call comes next, or why it stops. Pure: live runs, previews and tests all ask here. It never goes above the ceiling, never
 * asks the same twice, never calls a step whose inputs are missing or whose condition fails, and ends because every call settles its
 * step.
 */
export function planNext(input: PlanInput): Plan {
  const missing = input.waterfall.wanted.filter((field) => !input.usable.includes(field));
  const ended = endsBecause(missing, input);
  if (ended !== null) return { next: null, ...ended, waits: false, skipped: [] };
  const expected = expectedFrom(missing, input);
  const skipped: Skip[] = [];
  for (const step of input.steps) {
    const verdict = judge(step, missing, input, expected);
    if ('skip' in verdict) {
      skipped.push({ provider: step.provider, capability: step.capability.id, reason: verdict.skip });
      continue;
    }
    const { provider, capability } = step;
    const position = positionOf(step, verdict.wanted, input.steps);
    return {
      next: { provider, capability, priceMicros: priceMicros(capability), position, ...verdict },
      skipped,
    };
  }
  const { from } = expected;
  return {
    next: null,
    stop:
      from.length > 0
        ? `waits for the answer of ${from.join(', ')}`
        : `no step is left that could give ${fieldsInWords(missing)}`,
    complete: false,
    waits: from.length > 0,
    skipped,
  };
}

/** What answers that are still to come may give. */
type Expected = { fields: readonly WantedField[]; verdict: boolean; from: readonly string[] };
const NOTHING_EXPECTED: Expected = { fields: [], verdict: false, from: [] };

function expectedFrom(missing: readonly WantedField[], input: PlanInput): Expected {
  const waiting = input.steps.filter(({ state }) => state === 'waiting');
  if (waiting.length === 0) return NOTHING_EXPECTED;
  const finders = waiting.filter(({ capability }) => capability.kind !== 'verify_email');
  const fields = missing.filter((field) =>
    finders.some(({ capability }) => capability.gives.includes(field)),
  );
  const verdict = missing.includes('work_email') && finders.length < waiting.length;
  const from = waiting.filter(({ capability }) =>
    capability.kind === 'verify_email' ? verdict : capability.gives.some((field) => fields.includes(field)),
  );
  return { fields, verdict, from: [...new Set(from.map(({ provider }) => provider))] };
}

/** What a step checks rather than finds. */
const checkOf = ({ kind }: Capability): 'email' | 'phone' | null =>
  kind === 'verify_email' ? 'email' : kind === 'lookup_phone' ? 'phone' : null;

/** After how many others a step is asked: those of its kind that could have given one of these fields and have answered. */
function positionOf(
  step: PlannableStep,
  wanted: readonly WantedField[],
  steps: readonly PlannableStep[],
): number {
  const checks = checkOf(step.capability);
  const before = steps.filter(
    ({ capability, state }) =>
      state === 'answered' &&
      checkOf(capability) === checks &&
      (checks !== null || capability.gives.some((field) => wanted.includes(field))),
  );
  return 1 + before.length;
}

function endsBecause(
  missing: readonly WantedField[],
  { waterfall, stopped, elapsedSeconds }: PlanInput,
): { stop: string; complete: boolean } | null {
  if (missing.length === 0) return { stop: 'everything wanted is known and usable', complete: true };
  const { enough, deadlineSeconds } = waterfall;
  if (enough.length > 0 && enough.every((field) => !missing.includes(field)))
    return { stop: `enough is known and usable: ${fieldsInWords(enough)}`, complete: true };
  if (stopped) return { stop: 'paid calls are stopped in this workspace', complete: false };
  if (deadlineSeconds === null || elapsedSeconds === null) return null;
  if (elapsedSeconds >= deadlineSeconds)
    return { stop: `the deadline of ${deadlineSeconds} s has passed`, complete: false };
  return elapsedSeconds + SHORTEST_ANSWER_SECONDS > deadlineSeconds
    ? { stop: `the deadline of ${deadlineSeconds} s leaves no time for another answer`, complete: false }
    : null;
}

function judge(
  step: PlannableStep,
  missing: readonly WantedField[],
  input: PlanInput,
  expected: Expected,
): { skip: string } | { wanted: WantedField[]; reason: string } {
  if (step.state === 'waiting') return { skip: 'its answer is still to come' };
  const gain = gainOf(step, missing, input, expected);
  if ('skip' in gain) return gain;
  for (const condition of step.when) {
    const failed = failsBecause(condition, input.facts, input.known);
    if (failed !== null) return { skip: failed };
  }
  if (step.barred !== null) return { skip: step.barred };
  if (step.state === 'answered') return { skip: 'was asked before with the same facts' };
  if (step.state === 'failed') return { skip: 'did not answer in this round' };
  if (step.state === 'unknown')
    return { skip: 'an earlier call may have been charged; locked until that is settled' };
  if (!step.hasCredential) return { skip: 'no credential' };
  const needs = step.capability.needs.find((names) => names.every((name) => Boolean(input.known[name])));
  if (!needs)
    return { skip: `needs ${step.capability.needs.map((names) => names.join(' + ')).join(', or ')}` };
  const left = input.waterfall.ceilingMicros - input.spentMicros;
  if (priceMicros(step.capability) > left) return { skip: 'would go above what one record may cost' };
  return gain;
}

function gainOf(
  { capability, only }: PlannableStep,
  missing: readonly WantedField[],
  input: PlanInput,
  expected: Expected,
): { skip: string } | { wanted: WantedField[]; reason: string } {
  if (capability.kind === 'verify_email') {
    if (expected.verdict) return { skip: 'a verdict is still to come' };
    if (!missing.includes('work_email')) return { skip: 'the address is verified already' };
    if (input.emailToVerify === null) return { skip: 'there is no address to verify' };
    return { wanted: ['work_email'], reason: 'an address is known but not verified' };
  }
  if (capability.kind === 'watch_company')
    return { skip: 'tells of companies’ news, not what is missing of a record' };
  if (capability.kind === 'check_employment')
    return { skip: 'says where champions work, not what is missing of a record' };
  if (capability.kind === 'search_people') return { skip: 'finds people, not what is missing of one' };
  if (capability.kind === 'lookup_phone') {
    if (!missing.includes('mobile')) return { skip: 'the mobile is usable already' };
    if (input.phoneToCheck === null) return { skip: 'there is no number to check' };
    return { wanted: ['mobile'], reason: 'a number is known, but not what line it is' };
  }
  // A known address or number only lacks its verdict: looking for another one would pay for what may be there.
  const gaps = missing.filter(
    (field) =>
      (field !== 'work_email' || input.emailToVerify === null) &&
      (field !== 'mobile' || input.phoneToCheck === null),
  );
  const wanted = capability.gives.filter((field) => gaps.includes(field));
  if (wanted.length === 0) return { skip: 'gives nothing that is still missing' };
  if (input.holdsForAnswers && wanted.every((field) => expected.fields.includes(field)))
    return { skip: `waits for the answer of ${expected.from.join(', ')}` };
  if (only !== null && !wanted.some((field) => only.includes(field)))
    return { skip: `asked only for ${fieldsInWords(only)}` };
  return { wanted, reason: `may give ${fieldsInWords(wanted)}` };
}
