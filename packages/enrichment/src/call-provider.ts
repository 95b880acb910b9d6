import { faultPoint } from '@penstock/kernel/fault-point';

import { answersLater, askProvider, INBOUND_PATIENCE, type Asked } from './ask-provider.ts';
import type { Caller } from './call-gate/door.ts';
import { submitLater } from './later/submit-later.ts';
import type { AnsweredCall } from './settle-answer.ts';
import type { RunRequest, WaterfallDeps } from './waterfall-run.ts';

/** A call whose money is reserved. */
export type GrantedCall = { ledgerId: string; personId: string; asked: Asked };
/** One that was answered, and the key it was made with. */
export type MadeCall = AnsweredCall & { credentialId: string };

const CALLER: Caller = { patience: INBOUND_PATIENCE, urgent: true, held: [] };

/**
 * Makes a call whose money is reserved. Null if its vendor answers later: it is parked then.
 * @param byMs when nobody waits for it any more, on the clock of `performance.now()`
 */
export async function makeCall(
  deps: WaterfallDeps,
  request: RunRequest,
  call: GrantedCall,
  byMs: number,
): Promise<MadeCall | null> {
  faultPoint('ledger.reserved');
  const { ledgerId, asked } = call;
  const { answer, latencyMs } = await ask(deps, request, call, { ...CALLER, byMs });
  faultPoint('provider.answered');
  if (answer === null) return null;
  const { adapter, capability, known, credential } = asked;
  const provider = adapter.manifest.id;
  return { ledgerId, provider, capability, known, answer, latencyMs, credentialId: credential.id };
}

async function ask(
  deps: WaterfallDeps,
  request: RunRequest,
  { asked, ledgerId, personId }: GrantedCall,
  caller: Caller,
): Promise<{ answer: AnsweredCall['answer'] | null; latencyMs: number | null }> {
  if (!answersLater(asked.capability)) return askProvider(deps, request, asked, caller);
  const record = { ledgerId, personId, known: asked.known };
  const { answers, latencyMs } = await submitLater(deps, request, asked, [record], caller);
  return { answer: answers.get(ledgerId) ?? null, latencyMs };
}
