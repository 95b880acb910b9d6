import type { CapabilityKind, CallMode, KnownFacts, WantedField } from '../provider-port.ts';
import { describeCondition, neverHold, type StepCondition } from './step-condition.ts';
import type { Waterfall, WaterfallStep } from './waterfall.ts';
import { FIELD_WORDS, INPUT_WORDS } from './waterfall-fields.ts';

/** What a waterfall's steps can be made of: a vendor's capability, as this workspace can use it. */
export type OfferedCapability = {
  provider: string;
  providerName: string;
  capability: string;
  kind: CapabilityKind;
  mode: CallMode;
  gives: readonly WantedField[];
  needs: readonly (readonly (keyof KnownFacts)[])[];
  priceMicros: number;
  hasCredential: boolean;
};

/** `refused`: can't be published. `warning`: can, and this is what will happen. */
export type WaterfallProblem = {
  severity: 'refused' | 'warning';
  field: string;
  problem: string;
  remedy: string;
};

type Offers = readonly OfferedCapability[];
const offerOf = (offers: Offers, step: Pick<WaterfallStep, 'provider' | 'capability'>) =>
  offers.find((offer) => offer.provider === step.provider && offer.capability === step.capability);
const refused = (field: string, problem: string, remedy: string): WaterfallProblem => ({
  severity: 'refused',
  field,
  problem,
  remedy,
});
const warning = (field: string, problem: string, remedy: string): WaterfallProblem => ({
  ...refused(field, problem, remedy),
  severity: 'warning',
});

/** What a step gives in this waterfall: what is wanted of what the capability gives; a verifier makes the work e-mail usable. */
export function givesOf(
  step: WaterfallStep,
  offer: OfferedCapability,
  wanted: readonly WantedField[],
): WantedField[] {
  if (offer.kind === 'verify_email') return wanted.includes('work_email') ? ['work_email'] : [];
  if (offer.kind === 'lookup_phone') return wanted.includes('mobile') ? ['mobile'] : [];
  if (offer.kind !== 'find_person' && offer.kind !== 'find_company') return [];
  return wanted.filter(
    (field) => offer.gives.includes(field) && (step.only === null || step.only.includes(field)),
  );
}

/** Why a waterfall can't be published, and what is worth knowing before it is. Pure: the editor and the gateway both ask here. */
export function waterfallProblems(waterfall: Waterfall, offers: Offers): WaterfallProblem[] {
  return [
    ...waterfall.steps.flatMap((step, at) => problemsOfStep(waterfall, step, at, offers)),
    ...unreachable(waterfall, offers),
    ...problemsOfFields(waterfall, offers),
    ...problemsOfVerification(waterfall, offers),
    ...problemsOfPhones(waterfall, offers),
    ...waterfall.enough
      .filter((field) => !waterfall.wanted.includes(field))
      .map((field) =>
        refused(
          'body.enough',
          `stops once ${FIELD_WORDS[field]} is usable, but it is not wanted`,
          'Want it, or leave it out.',
        ),
      ),
  ];
}

function problemsOfStep(
  waterfall: Waterfall,
  step: WaterfallStep,
  at: number,
  offers: Offers,
): WaterfallProblem[] {
  const field = `body.steps.${at}`;
  const offer = offerOf(offers, step);
  if (!offer)
    return [
      refused(field, `${step.provider} offers no ${step.capability}`, 'Remove the step or choose another.'),
    ];
  const found: WaterfallProblem[] = [];
  const say = (problem: string, remedy: string) =>
    found.push(refused(field, `${offer.providerName} ${problem}`, remedy));
  if (!offer.hasCredential) say('has no key in this workspace', 'Store its key, or remove the step.');
  if (offer.kind === 'search_people')
    say('does not fill in what a known person lacks with this', 'Remove the step or choose another.');
  else if (givesOf(step, offer, waterfall.wanted).length === 0)
    say('gives nothing that is wanted', 'Remove the step, or want what it gives.');
  if (waterfall.steps.findIndex((one) => sameCall(one, step)) < at && twice(waterfall, step, at))
    say('is asked for the same twice', 'Remove one of the two: it would be paid once anyway.');
  const never = neverHold(step.when);
  if (never !== null) say(never, 'Change or remove a condition.');
  if (offer.priceMicros > waterfall.ceilingMicros)
    say('costs more than one record may', 'Raise the ceiling per record, or remove the step.');
  const { deadlineSeconds } = waterfall;
  if ((offer.mode === 'submit_poll' || offer.mode === 'webhook') && deadlineSeconds !== null)
    found.push(
      warning(
        field,
        `${offer.providerName} answers later, often after the deadline of ${deadlineSeconds} s`,
        'Keep it below those that answer at once; what comes after the deadline is kept.',
      ),
    );
  return found;
}

const sameCall = (a: WaterfallStep, b: WaterfallStep) =>
  a.provider === b.provider && a.capability === b.capability;

/** The same call may stand at two places only for different fields. */
function twice({ steps }: Waterfall, step: WaterfallStep, at: number): boolean {
  return steps
    .slice(0, at)
    .some(
      (before) =>
        sameCall(before, step) &&
        (before.only === null ||
          step.only === null ||
          before.only.some((field) => step.only?.includes(field))),
    );
}

/** What a record brings along; everything else has to come from a step. */
const AT_HAND: readonly string[] = [
  'givenName',
  'familyName',
  'companyName',
  'companyDomain',
  'email',
  'country',
  'industry',
  'company_size',
];
const GIVEN_AS: Partial<Record<WantedField, string>> = {
  work_email: 'email',
  linkedin_url: 'linkedinUrl',
  mobile: 'phone',
};
const factOfCondition = (condition: StepCondition): string[] =>
  condition.about === 'input' ? condition.has : condition.ifUnknown ? [] : [condition.about];
const wordOf = (fact: string): string => INPUT_WORDS[fact as keyof KnownFacts] ?? fact.replace('_', ' ');

/** Steps that wait for what only they, or steps that wait for them, could give: a circle, or a fact that nobody gives. */
function unreachable({ steps }: Waterfall, offers: Offers): WaterfallProblem[] {
  const usable = steps.map((step, at) => ({ step, at, offer: offerOf(offers, step) }));
  const facts = new Set(AT_HAND);
  const waiting = new Set(usable);
  for (let before = -1; before !== waiting.size;) {
    before = waiting.size;
    for (const one of waiting) {
      if (!one.offer || missingOf(one.step, one.offer, facts) !== null) continue;
      waiting.delete(one);
      for (const field of one.offer.gives) facts.add(GIVEN_AS[field] ?? field);
    }
  }
  return [...waiting].flatMap(({ step, at, offer }) => {
    if (!offer) return [];
    const fact = missingOf(step, offer, facts) ?? '';
    const circular = [...waiting].some((other) =>
      other.offer?.gives.some((field) => (GIVEN_AS[field] ?? field) === fact),
    );
    const why = circular
      ? `waits for the ${wordOf(fact)}, which only steps that wait as well could give: a circle`
      : `needs the ${wordOf(fact)}, which no step gives`;
    return [
      refused(
        `body.steps.${at}`,
        `${offer.providerName} ${why}`,
        'Change its conditions, or add a step that gives it.',
      ),
    ];
  });
}

function missingOf(step: WaterfallStep, offer: OfferedCapability, facts: ReadonlySet<string>): string | null {
  const byCondition = step.when.flatMap(factOfCondition).find((fact) => !facts.has(fact));
  if (byCondition !== undefined) return byCondition;
  if (offer.needs.length === 0 || offer.needs.some((names) => names.every((name) => facts.has(name))))
    return null;
  return offer.needs.flat().find((name) => !facts.has(name)) ?? null;
}

const isFinder = ({ kind }: OfferedCapability): boolean => kind === 'find_person' || kind === 'find_company';

function problemsOfFields(waterfall: Waterfall, offers: Offers): WaterfallProblem[] {
  return waterfall.wanted
    .filter(
      (field) =>
        !waterfall.steps.some((step) => {
          const offer = offerOf(offers, step);
          return offer && isFinder(offer) && givesOf(step, offer, waterfall.wanted).includes(field);
        }),
    )
    .map((field) =>
      refused(
        'body.wanted',
        `no step gives the ${FIELD_WORDS[field]}`,
        'Add a step that gives it, or want it no longer.',
      ),
    );
}

function problemsOfVerification({ wanted, steps }: Waterfall, offers: Offers): WaterfallProblem[] {
  if (!wanted.includes('work_email')) return [];
  const verifiers = steps.filter((step) => {
    const offer = offerOf(offers, step);
    // What is free leaves the question open whether anybody reads the mail.
    return offer?.kind === 'verify_email' && offer.priceMicros > 0;
  });
  if (verifiers.length === 0)
    return [
      refused(
        'body.steps',
        'no step verifies addresses, so none would ever be usable',
        'Add a verification step, or want no work e-mail.',
      ),
    ];
  const [first] = verifiers;
  if (first && verifiers.every((step) => step.when.length > 0))
    return [
      refused(
        'body.steps',
        `addresses are verified ${describeCondition(first.when[0] ?? { about: 'input', has: ['email'] })}: all others would never be usable`,
        'Leave one verification step without conditions.',
      ),
    ];
  return [];
}

function problemsOfPhones({ wanted, steps, policy }: Waterfall, offers: Offers): WaterfallProblem[] {
  if (!policy.checkPhones || !wanted.includes('mobile')) return [];
  const lookups = steps.filter((step) => {
    const offer = offerOf(offers, step);
    // What is free tells only that a number can exist.
    return offer?.kind === 'lookup_phone' && offer.priceMicros > 0;
  });
  const [first] = lookups;
  if (!first)
    return [
      refused(
        'body.policy.checkPhones',
        'mobiles count only once their line is looked up, but no step looks it up',
        'Add a phone lookup, or let mobiles count as their finders report them.',
      ),
    ];
  if (lookups.every((step) => step.when.length > 0))
    return [
      refused(
        'body.steps',
        `numbers are looked up ${describeCondition(first.when[0] ?? { about: 'input', has: ['phone'] })}: all others would never be usable`,
        'Leave one phone lookup without conditions.',
      ),
    ];
  return [];
}
