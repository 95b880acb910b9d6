import { stepState, type PastCall } from './model/call-key.ts';
import { planNext, type Plan, type PlanInput, type PlannableStep, type StepState } from './model/planner.ts';
import { barredBecause, type ProviderTerms } from './model/provider-terms.ts';
import type { RecordFacts } from './model/step-condition.ts';
import { stepsFor } from './model/step-order.ts';
import type { Survivor } from './model/survivorship.ts';
import type { Waterfall, WaterfallStep } from './model/waterfall.ts';
import { judged, knownFacts, recordFacts } from './person-facts.ts';
import type { Capability, KnownFacts, ProviderAdapter } from './provider-port.ts';
import type { CredentialRow, EarlierCall, ObservationRow, PersonToEnrich } from './run-statements.ts';
import { askedSince, callKeyOf, hashedLock, lockOf } from './waterfall-run.ts';

export type PersonState = {
  person: PersonToEnrich;
  observations: readonly ObservationRow[];
  calls: readonly EarlierCall[];
  credentials: readonly (Pick<CredentialRow, 'provider'> & ProviderTerms)[];
  waterfall: Waterfall;
  /** Steps that did not answer in this round: `provider/capability`. */
  failed: ReadonlySet<string>;
  now: Date;
  /** Since the record was begun; left out where no deadline holds. */
  elapsedSeconds?: number;
  /** True where the next provider may be asked while one before it has not answered. */
  races?: boolean;
};

/** What comes next for a person: the planner asked with what is known, what was asked before and what it cost. */
export function planPerson(
  adapters: ReadonlyMap<string, ProviderAdapter>,
  state: PersonState,
): { known: KnownFacts; plan: Plan; surviving: Survivor[] } {
  const { input, surviving } = planInputOf(adapters, state);
  return { known: input.known, plan: planNext(input), surviving };
}

/** Their money counts as spent until it is known. */
const OPEN: ReadonlySet<EarlierCall['state']> = new Set(['reserved', 'unknown']);

/** What the planner is asked with for a person, who gave the address that still has no verdict, and the values that survive. */
export function planInputOf(
  adapters: ReadonlyMap<string, ProviderAdapter>,
  state: PersonState,
): { input: PlanInput; addressFrom: string | null; surviving: Survivor[] } {
  const { waterfall, calls } = state;
  const surviving = judged(state.observations, waterfall, state.now);
  const known = knownFacts(state.person, surviving);
  const facts = recordFacts(state.person, surviving);
  const email = surviving.find((value) => value.field === 'work_email');
  const mobile = surviving.find((value) => value.field === 'mobile');
  const input = {
    waterfall,
    known,
    facts,
    steps: plannable(adapters, state, known, facts),
    usable: waterfall.wanted.filter((field) =>
      surviving.some((value) => value.field === field && value.usable),
    ),
    phoneToCheck: mobile && needsLookup(adapters, waterfall, mobile) ? mobile.value : null,
    emailToVerify: email && email.verification === null ? email.value : null,
    spentMicros: calls.reduce(
      (sum, call) => sum + (OPEN.has(call.state) ? call.reservedMicros : call.chargedMicros),
      0,
    ),
    stopped: false,
    elapsedSeconds: state.elapsedSeconds ?? null,
    holdsForAnswers: state.races !== true,
  };
  return { input, addressFrom: email?.provider ?? null, surviving };
}

/** Whether a number has to be looked up: the version checks all of them, or nobody has said what line it is. */
function needsLookup(
  adapters: ReadonlyMap<string, ProviderAdapter>,
  waterfall: Waterfall,
  { verification, lineType }: Pick<ObservationRow, 'verification' | 'lineType'>,
): boolean {
  if (verification !== null) return false;
  if (!waterfall.policy.checkPhones && lineType !== null && lineType !== 'unknown') return false;
  return waterfall.steps.some((step) => {
    const capability = capabilityOf(adapters, step);
    return capability?.kind === 'lookup_phone' && capability.price.credits > 0;
  });
}

function plannable(
  adapters: ReadonlyMap<string, ProviderAdapter>,
  state: PersonState,
  known: KnownFacts,
  { seniority, country }: RecordFacts,
): PlannableStep[] {
  const { waterfall, person } = state;
  const ordered = stepsFor(
    offeredSteps(adapters, state),
    ({ offered }) => offered.kind === 'find_person' || offered.kind === 'find_company',
    {
      key: person.id,
      otherOrderShare: waterfall.otherOrderShare,
    },
  );
  return ordered.map(({ provider, only, when, offered, credential }) => ({
    provider,
    only,
    when,
    capability: offered,
    hasCredential: credential !== undefined,
    barred: credential ? barredBecause(credential, country) : null,
    state: state.failed.has(`${provider}/${offered.id}`)
      ? ('failed' as const)
      : stateOf(state, { provider, offered, known, seniority }),
  }));
}

type OfferedStep = WaterfallStep & {
  offered: Capability;
  credential: PersonState['credentials'][number] | undefined;
};
/** The steps of a version are the same for everybody who is planned with the same keys. */
const lastOffered = new WeakMap<
  PersonState['credentials'],
  { adapters: ReadonlyMap<string, ProviderAdapter>; waterfall: Waterfall; steps: OfferedStep[] }
>();

/** Steps that a provider offers, each with its key. */
function offeredSteps(
  adapters: ReadonlyMap<string, ProviderAdapter>,
  { credentials, waterfall }: PersonState,
): OfferedStep[] {
  const last = lastOffered.get(credentials);
  if (last && last.adapters === adapters && last.waterfall === waterfall) return last.steps;
  const steps = waterfall.steps.flatMap((step) => {
    const offered = capabilityOf(adapters, step);
    const credential = credentials.find(({ provider }) => provider === step.provider);
    return offered ? [{ ...step, offered, credential }] : [];
  });
  lastOffered.set(credentials, { adapters, waterfall, steps });
  return steps;
}

function stateOf(
  { person, waterfall, now, calls }: PersonState,
  step: { provider: string; offered: Capability; known: KnownFacts; seniority: string | null },
): StepState | null {
  // Of many people nothing was ever asked: their keys are digests, and nobody needs them.
  if (calls.length === 0) return null;
  const { provider, offered, known, seniority } = step;
  const asked = `:${provider}:${offered.id}:`;
  const past: PastCall[] = [];
  for (const { callKey, state, answered, reservedAt, parked } of calls)
    if (callKey.includes(asked))
      past.push({ lockKey: lockOf(callKey), callKey, state, answered, reservedAt, parked });
  if (past.length === 0) return null;
  const lockKey = hashedLock(person.id, provider, offered, known);
  const since = askedSince(waterfall, offered, seniority, now);
  return stepState(past, lockKey, () => callKeyOf(lockKey, offered, known), since);
}

function capabilityOf(
  adapters: ReadonlyMap<string, ProviderAdapter>,
  step: { provider: string; capability: string },
): Capability | undefined {
  return adapters.get(step.provider)?.manifest.capabilities.find((one) => one.id === step.capability);
}
