import { stepState } from './model/call-key.ts';
import { planNext, type Plan, type PlannableStep } from './model/planner.ts';
import type { Waterfall } from './model/waterfall.ts';
import { judged, knownFacts } from './person-facts.ts';
import type { KnownFacts, ProviderAdapter } from './provider-port.ts';
import type { CredentialRow, EarlierCall, ObservationRow, PersonToEnrich } from './run-statements.ts';
import { callKeyOf, chargedSince, hashedLock, lockOf } from './waterfall-run.ts';

export type PersonState = {
  person: PersonToEnrich;
  observations: readonly ObservationRow[];
  calls: readonly EarlierCall[];
  credentials: readonly Pick<CredentialRow, 'provider'>[];
  waterfall: Waterfall;
  /** Steps that did not answer in this round: `provider/capability`. */
  failed: ReadonlySet<string>;
  now: Date;
};

/** What comes next for a person: the planner asked with what is known, what was asked before and what it cost. */
export function planPerson(
  adapters: ReadonlyMap<string, ProviderAdapter>,
  state: PersonState,
): { known: KnownFacts; plan: Plan } {
  const { waterfall, calls } = state;
  const surviving = judged(state.observations, waterfall, state.now);
  const known = knownFacts(state.person, surviving);
  const email = surviving.find((value) => value.field === 'work_email');
  const plan = planNext({
    waterfall,
    known,
    steps: plannable(adapters, state, known),
    usable: waterfall.wanted.filter((field) =>
      surviving.some((value) => value.field === field && value.usable),
    ),
    emailToVerify: email && email.verification === null ? email.value : null,
    spentMicros: calls.reduce(
      (sum, call) => sum + (call.state === 'unknown' ? call.reservedMicros : call.chargedMicros),
      0,
    ),
    stopped: false,
  });
  return { known, plan };
}

function plannable(
  adapters: ReadonlyMap<string, ProviderAdapter>,
  state: PersonState,
  known: KnownFacts,
): PlannableStep[] {
  const since = chargedSince(state.waterfall, state.now);
  return state.waterfall.steps.flatMap((step) => {
    const capability = adapters
      .get(step.provider)
      ?.manifest.capabilities.find((one) => one.id === step.capability);
    if (!capability) return [];
    const lockKey = hashedLock(state.person.id, step.provider, capability, known);
    const past = state.calls.map((call) => ({ ...call, lockKey: lockOf(call.callKey) }));
    const failedNow = state.failed.has(`${step.provider}/${step.capability}`);
    return [
      {
        provider: step.provider,
        capability,
        hasCredential: state.credentials.some((credential) => credential.provider === step.provider),
        state: failedNow
          ? ('failed' as const)
          : stepState(past, lockKey, callKeyOf(lockKey, capability, known), since),
      },
    ];
  });
}
