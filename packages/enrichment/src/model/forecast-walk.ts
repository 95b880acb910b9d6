import type { Capability, KnownFacts, WantedField } from '../provider-port.ts';
import { isPhone, type DrawnRates } from './drawn-rates.ts';
import { planNext, type Plan, type PlanInput, type PlannableStep } from './planner.ts';
import { seededRandom, seedOf } from './seeded-random.ts';
import { drawOf } from './step-order.ts';

/** A record as the planner sees it before anybody is asked. */
export type ForecastRecord = {
  key: string;
  input: PlanInput;
  /** Who gave the address that still has no verdict: `form` if it came with the record. */
  addressFrom: string | null;
};

export type Walked = { usable: boolean; costMicros: number; calls: { key: string; costMicros: number }[] };

type Next = NonNullable<Plan['next']>;
type Walk = {
  steps: PlannableStep[];
  known: KnownFacts;
  usable: WantedField[];
  emailToVerify: string | null;
  phoneToCheck: string | null;
  /** Whether the number that is to be looked up will turn out as what was wanted; null if it came with the record. */
  phoneIsGood: boolean | null;
  addressFrom: string | null;
  spentMicros: number;
  /** Finders that knew nothing: asked again once more is known to ask with. */
  missed: Set<string>;
};

const REACH: readonly WantedField[] = ['work_email', 'mobile', 'direct_dial'];
const hashOf = (text: string): number => Math.floor(drawOf(text) * 2 ** 32);

/**
 * One way in which asking for a record may go: the planner that real runs ask says who comes next, and the drawn rates what they answer.
 * The same record meets the same luck at the same provider, whatever the order.
 */
export function walkRecord(record: ForecastRecord, rates: DrawnRates, replicate: number): Walked {
  const { input } = record;
  const walk: Walk = {
    steps: [...input.steps],
    known: input.known,
    usable: [...input.usable],
    emailToVerify: input.emailToVerify,
    phoneToCheck: input.phoneToCheck,
    phoneIsGood: null,
    addressFrom: record.addressFrom,
    spentMicros: input.spentMicros,
    missed: new Set(),
  };
  const calls: Walked['calls'] = [];
  const luck = hashOf(record.key);
  for (;;) {
    const { next } = planNext({ ...input, ...walk });
    if (next === null) break;
    const key = `${next.provider}/${next.capability.id}`;
    const random = seededRandom(seedOf(replicate, luck, hashOf(key)));
    const hit = answer(walk, next, rates, random, input.waterfall.policy.checkPhones);
    const costMicros = rates.charge(next.provider, next.capability, hit);
    walk.spentMicros += Math.round(costMicros);
    calls.push({ key, costMicros });
  }
  const ways = input.waterfall.wanted.filter((field) => REACH.includes(field));
  const asked = ways.length > 0 ? ways : input.waterfall.wanted;
  return {
    usable: asked.every((field) => walk.usable.includes(field)),
    costMicros: calls.reduce((sum, call) => sum + call.costMicros, 0),
    calls,
  };
}

/** Lets a provider answer, and says whether there was something in its answer. */
function answer(
  walk: Walk,
  next: Next,
  rates: DrawnRates,
  random: () => number,
  checksPhones: boolean,
): boolean {
  settle(walk, next);
  if (next.capability.kind === 'verify_email') {
    // A free check leaves the question open for a verifier that asks the mail server.
    if (next.capability.price.credits === 0) return true;
    if (random() < rates.goodAddress(walk.addressFrom ?? 'form')) walk.usable.push('work_email');
    walk.emailToVerify = null;
    return true;
  }
  if (next.capability.kind === 'lookup_phone') {
    if (next.capability.price.credits === 0) return true;
    if (walk.phoneIsGood ?? random() < rates.goodNumber('form', 'mobile')) walk.usable.push('mobile');
    walk.phoneToCheck = null;
    return true;
  }
  if (random() >= rates.hit(next.provider, next.capability, next.position)) {
    walk.missed.add(`${next.provider}/${next.capability.id}`);
    return false;
  }
  for (const field of next.capability.gives) {
    const [given, good] = [random(), random()];
    if (given < rates.fieldOfHit(next.provider, next.capability, field))
      learn(
        walk,
        checksPhones,
        next.provider,
        field,
        good < (isPhone(field) ? rates.goodNumber(next.provider, field) : 1),
      );
  }
  return true;
}

/** A finder is asked once per person, a verifier once per address. */
function settle(walk: Walk, { provider, capability }: Next): void {
  walk.steps = walk.steps.map((step) =>
    step.provider === provider && step.capability.id === capability.id
      ? { ...step, state: 'answered' as const }
      : step,
  );
}

function learn(walk: Walk, checksPhones: boolean, provider: string, field: WantedField, good: boolean): void {
  if (field === 'linkedin_url') tell(walk, 'linkedinUrl');
  if (field === 'work_email') {
    if (walk.usable.includes(field) || walk.emailToVerify !== null) return;
    tell(walk, 'email');
    walk.emailToVerify = 'found';
    walk.addressFrom = provider;
    askAgain(walk, 'verify_email');
    return;
  }
  if (field === 'mobile' && checksPhones) {
    if (walk.usable.includes(field) || walk.phoneToCheck !== null) return;
    walk.phoneToCheck = 'found';
    walk.phoneIsGood = good;
    askAgain(walk, 'lookup_phone');
    return;
  }
  if (good && !walk.usable.includes(field)) walk.usable.push(field);
}

/** A check is asked once per value: of another one it says nothing yet. */
function askAgain(walk: Walk, kind: Capability['kind']): void {
  walk.steps = walk.steps.map((step) =>
    step.capability.kind === kind && step.state === 'answered' ? { ...step, state: null } : step,
  );
}

/** A miss was an answer to the facts that were known then; with another one the step may be asked again. */
function tell(walk: Walk, fact: 'email' | 'linkedinUrl'): void {
  walk.known = { ...walk.known, [fact]: 'found' };
  walk.steps = walk.steps.map((step) =>
    walk.missed.has(`${step.provider}/${step.capability.id}`) &&
    step.capability.needs.some((names) => names.includes(fact))
      ? { ...step, state: null }
      : step,
  );
}
