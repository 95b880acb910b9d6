import { ProviderError } from '@penstock/kernel/provider-error';

import type { GateOutcome } from './call-gate/call-gate.ts';
import type { Caller, Pass, Patience } from './call-gate/door.ts';
import { lanesOf } from './model/slots.ts';
import type { Capability, KnownFacts, ProviderAdapter, ProviderAnswer, RateLimit } from './provider-port.ts';
import type { CredentialRow } from './run-statements.ts';
import type { RunRequest, WaterfallDeps } from './waterfall-run.ts';

/** Somebody waits for the answer: rather the next provider than half a minute of quiet. */
export const INBOUND_PATIENCE: Patience = { pacedMs: 5_000, blockedMs: 2_000 };
/** A list waits for its turn as long as its level lasts. */
export const LIST_PATIENCE: Patience = { pacedMs: Number.POSITIVE_INFINITY, blockedMs: 30_000 };

/** A process that is too busy to write in time does not try for ever. */
const MOST_MISSED_SLOTS = 50;
const MISSED_RETRY_MS = 5_000;

export type Asked = {
  adapter: ProviderAdapter;
  credential: CredentialRow;
  capability: Capability;
  known: KnownFacts;
};
export type Answered = {
  answer: ProviderAnswer | ProviderError;
  /** Of the exchange alone, without the wait for its slot; null for what never left. */
  latencyMs: number | null;
};

/** How fast a credential may be asked: by its plan, else by what the vendor publishes. */
export const limitsOf = (adapter: ProviderAdapter, credential: CredentialRow): readonly RateLimit[] =>
  credential.limits ?? adapter.manifest.limits;

/** True if calls wait for slots: an open-web source and a credential without limits don't. */
export const isPacedAt = (
  adapter: ProviderAdapter,
  credential: CredentialRow,
  capability: Capability,
): boolean => !adapter.answerFromOpenWeb && lanesOf(limitsOf(adapter, credential), capability.id).length > 0;

type Deps = Pick<WaterfallDeps, 'send' | 'openWebOf' | 'gate'>;

/** One exchange with a vendor, its reply read; faults are answers too. It leaves when the gate lets it. */
export async function askProvider(
  deps: Deps,
  request: Pick<RunRequest, 'workspaceId'>,
  asked: Asked,
  caller: Caller,
): Promise<Answered> {
  const { adapter, capability, known } = asked;
  if (adapter.answerFromOpenWeb) {
    const web = deps.openWebOf(request.workspaceId);
    const answer = adapter.answerFromOpenWeb.bind(adapter, capability.id, known, web);
    const startedMs = performance.now();
    return { answer: await faultAsAnswer(answer), latencyMs: Math.round(performance.now() - startedMs) };
  }
  for (let missed = 0; missed < MOST_MISSED_SLOTS; missed += 1) {
    const answered = await throughGate(deps, request, asked, caller);
    if (answered !== 'missed its slot') return answered;
  }
  return withheld(asked, 'not_sent', MISSED_RETRY_MS);
}

async function throughGate(
  deps: Deps,
  { workspaceId }: Pick<RunRequest, 'workspaceId'>,
  asked: Asked,
  caller: Caller,
): Promise<Answered | 'missed its slot'> {
  const { adapter, credential, capability, known } = asked;
  const limits = limitsOf(adapter, credential);
  const call = { workspaceId, credentialId: credential.id, capability: capability.id, limits };
  const pass = await deps.gate.enter(call, caller);
  if (pass.state === 'refused') return withheld(asked, pass.fault, pass.retryAfterMs);
  let headers: GateOutcome['headers'] = {};
  const startedMs = performance.now();
  const answer = await faultAsAnswer(async () => {
    const { secretSealed } = credential;
    const { timeoutMs } = capability;
    const { startByMs } = pass;
    const target = { adapter, workspaceId, secretSealed, timeoutMs, startByMs };
    const reply = await deps.send(target, adapter.buildRequest(capability.id, known));
    headers = reply.headers;
    return adapter.parseReply(capability.id, reply, known);
  });
  const latencyMs = Math.round(performance.now() - startedMs);
  if (answer instanceof ProviderError && answer.fault === 'not_sent') return 'missed its slot';
  await deps.gate.leave(call, pass, outcomeOf(answer, headers));
  return { answer, latencyMs };
}

const outcomeOf = (answer: ProviderAnswer | ProviderError, headers: GateOutcome['headers']): GateOutcome =>
  answer instanceof ProviderError
    ? { fault: answer.fault, retryAfterMs: answer.retryAfterMs, headers }
    : { fault: null, retryAfterMs: undefined, headers };

function withheld(
  { adapter }: Asked,
  fault: Extract<Pass, { state: 'refused' }>['fault'],
  retryAfterMs: number | undefined,
): Answered {
  return { answer: new ProviderError(adapter.manifest.id, fault, { retryAfterMs }), latencyMs: null };
}

async function faultAsAnswer(work: () => Promise<ProviderAnswer>): Promise<ProviderAnswer | ProviderError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}
