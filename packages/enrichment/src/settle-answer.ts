import { mayHaveBeenCharged, ProviderError } from '@penstock/kernel/provider-error';
import { one, type Tx } from '@penstock/store/tx';

import { applySettled, settleInLedger, type SettledBudgets } from './ledger.ts';
import type { Waterfall } from './model/waterfall.ts';
import { recordObservations, type NewObservation } from './person-facts.ts';
import type { Capability, KnownFacts, ProviderAnswer } from './provider-port.ts';
import * as sql from './run-statements.ts';
import type { WaterfallDeps } from './waterfall-run.ts';

/** A call that was made, with what came of it. */
export type AnsweredCall = {
  ledgerId: string;
  provider: string;
  capability: Capability;
  known: KnownFacts;
  answer: ProviderAnswer | ProviderError;
  latencyMs: number | null;
};
type Deps = Pick<WaterfallDeps, 'clock' | 'onAccountFacts'>;

/** What a call cost, what it told, and what is shown from now on, in a transaction that does nothing else. */
export async function keepAnswer(
  tx: Tx,
  deps: Deps,
  about: { personId: string; waterfall: Waterfall },
  made: AnsweredCall,
): Promise<void> {
  // Answers for one person come one after the other here: each chooses what is shown from all of them.
  const [{ id, ...held }, observations] = await Promise.all([
    one(tx, sql.lockPerson, about.personId),
    tx.rows(sql.readObservations, about.personId),
  ]);
  // Merged with another meanwhile: the values are theirs.
  const known = id === about.personId ? observations : await tx.rows(sql.readObservations, id);
  const { settled } = await settleAnswers(tx, deps, { ...about, ...held, personId: id }, known, [made]);
  applySettled(tx, settled);
}

/**
 * What calls cost and told. Of somebody who was erased meanwhile the charge remains, and nothing else.
 * @param known all values there are of the person, whom the caller holds
 * @returns the new values, and how the budgets change: the caller applies that last, as everywhere
 */
export async function settleAnswers(
  tx: Tx,
  deps: Deps,
  about: { personId: string; accountId: string | null; erased: boolean; waterfall: Waterfall },
  known: readonly sql.ObservationRow[],
  made: readonly AnsweredCall[],
): Promise<{ values: sql.ObservationRow[]; settled: SettledBudgets }> {
  const now = deps.clock.now();
  const settlements = made.map(({ ledgerId, answer, capability, latencyMs }) => {
    const outcome = describe(answer);
    return { ledgerId, ...chargeOf(answer, capability), ...toldBy(answer), outcome, latencyMs, now };
  });
  const told = made.flatMap((call, at) =>
    observed(call.answer, call, call.known).map((value) => ({
      ...value,
      ledgerId: call.ledgerId,
      costMicros: settlements[at]?.chargedMicros ?? 0,
    })),
  );
  const [values, { settled }] = await Promise.all([
    recordObservations(tx, about, known, about.erased ? [] : told, about.waterfall, now, deps.onAccountFacts),
    settleInLedger(tx, settlements),
  ]);
  return { values, settled };
}

/** What a call cost, by the vendor's word or its manifest. */
export function chargeOf(answer: ProviderAnswer | ProviderError, capability: Capability) {
  if (answer instanceof ProviderError) {
    const unknown = mayHaveBeenCharged(answer.fault);
    return {
      state: unknown ? ('unknown' as const) : ('released' as const),
      chargedMicros: 0,
      vendorCredits: null,
      answered: false,
    };
  }
  const { price } = capability;
  const byManifest = answer.outcome === 'miss' && price.charged !== 'on_call' ? 0 : price.credits;
  const credits = answer.vendorCredits ?? byManifest;
  const chargedMicros = Math.round(credits * price.microsPerCredit);
  return {
    state: chargedMicros > 0 ? ('charged' as const) : ('released' as const),
    chargedMicros,
    vendorCredits: credits,
    answered: true,
  };
}

/** What came back, without values: fields and verdicts only. */
export function describe(answer: ProviderAnswer | ProviderError): string {
  if (answer instanceof ProviderError) {
    return mayHaveBeenCharged(answer.fault)
      ? `${answer.fault}: whether it was charged is unknown`
      : `${answer.fault}: not charged`;
  }
  if (answer.outcome === 'hit') return `hit: ${answer.reported.map((value) => value.field).join(', ')}`;
  if (answer.outcome === 'miss') return `miss: ${answer.reason}`;
  if (answer.outcome === 'line') return `line: ${answer.lineType}`;
  if (answer.outcome === 'employment') return `works: ${answer.employment.state}`;
  if (answer.outcome === 'events') return `${answer.events.length} events`;
  if (answer.outcome === 'people') return `${answer.people.length} people`;
  return `verified: ${answer.result}`;
}

/** What an answer counts as in the rates of its provider: the fields that it gave, or a verifier's verdict. */
export function toldBy(answer: ProviderAnswer | ProviderError): { gave: string[]; verdict: string } {
  if (answer instanceof ProviderError) return { gave: [], verdict: '' };
  if (answer.outcome === 'hit')
    return { gave: [...new Set(answer.reported.map(({ field }) => field))], verdict: '' };
  return { gave: [], verdict: answer.outcome === 'verified' ? answer.result : '' };
}

/** What an answer says of the person asked about. */
export function observed(
  answer: ProviderAnswer | ProviderError,
  next: Pick<AnsweredCall, 'provider' | 'capability'>,
  known: KnownFacts,
): NewObservation[] {
  const { provider } = next;
  if (answer instanceof ProviderError || answer.outcome === 'miss') return [];
  // A finder's own verdict on its address is no verification (R004): only a verifier's answer counts as one.
  if (answer.outcome === 'hit')
    return answer.reported.map((value) => ({ ...value, verification: null, provider }));
  if (answer.outcome === 'line') return observedLine(answer, provider, known);
  if (answer.outcome !== 'verified' || known.email === undefined) return [];
  // A free check that has nothing against an address leaves the question open for a verifier that asks the mail server.
  if (answer.result === 'unknown' && next.capability.price.credits === 0) return [];
  return [
    {
      field: 'work_email',
      value: known.email,
      confidence: 1,
      verification: answer.result,
      lineType: null,
      provider,
    },
  ];
}

/** A lookup speaks of the number it was asked about; a landline is still a way to reach somebody, but no mobile. */
function observedLine(
  { valid, lineType }: Extract<ProviderAnswer, { outcome: 'line' }>,
  provider: string,
  { phone }: KnownFacts,
): NewObservation[] {
  if (phone === undefined) return [];
  const verification = !valid ? 'invalid' : lineType === 'unknown' ? 'unknown' : 'valid';
  const line = { value: phone, confidence: 1, verification, lineType, provider } as const;
  return [
    { ...line, field: 'mobile' },
    ...(valid && lineType === 'landline' ? [{ ...line, field: 'direct_dial' as const }] : []),
  ];
}
