import { mayHaveBeenCharged, ProviderError } from '@penstock/kernel/provider-error';

import type { GateOutcome } from './call-gate/call-gate.ts';
import type { Caller, Pass, Patience } from './call-gate/door.ts';
import { isLimited } from './model/slots.ts';
import type {
  AskedRecord,
  Capability,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  ProviderRequest,
  RateLimit,
  RecordAnswer,
  WantedField,
} from './provider-port.ts';
import type { CredentialRow } from './run-statements.ts';
import type { RunRequest, WaterfallDeps } from './waterfall-run.ts';

/** Somebody waits for the answer: rather the next provider than half a minute of quiet. */
export const INBOUND_PATIENCE: Patience = { pacedMs: 5_000, blockedMs: 2_000 };
/** A list waits for its turn as long as its level lasts. */
export const LIST_PATIENCE: Patience = { pacedMs: Number.POSITIVE_INFINITY, blockedMs: 30_000 };

/** A process that is too busy to write in time does not try for ever. */
const MOST_MISSED_SLOTS = 50;
const MISSED_RETRY_MS = 5_000;

/** Who is asked, with which key, for what. */
export type Line = { adapter: ProviderAdapter; credential: CredentialRow; capability: Capability };
export type Asked = Line & { known: KnownFacts; wanted: readonly WantedField[] };
export type Exchanged<Result> = {
  answer: Result | ProviderError;
  /** Of the exchange alone, without the wait for its slot; null for what never left. */
  latencyMs: number | null;
};
export type Answered = Exchanged<ProviderAnswer>;

/** How fast a credential may be asked: by its plan, else by what the vendor publishes. */
export const limitsOf = (
  adapter: ProviderAdapter,
  credential: Pick<CredentialRow, 'limits'>,
): readonly RateLimit[] => credential.limits ?? adapter.manifest.limits;

/** True if calls wait for slots: an open-web source and a credential without limits don't. */
export const isPacedAt = (
  adapter: ProviderAdapter,
  credential: CredentialRow,
  capability: Capability,
): boolean => !adapter.answerFromOpenWeb && isLimited(limitsOf(adapter, credential), capability.id);

/** True if the vendor takes a request now and answers it later. */
export const answersLater = ({ mode }: Capability): boolean => mode === 'submit_poll' || mode === 'webhook';

type Deps = Pick<WaterfallDeps, 'send' | 'openWebOf' | 'gate'>;
type Workspace = Pick<RunRequest, 'workspaceId'>;
type Work<Result> = (send: (request: ProviderRequest) => Promise<ProviderReply>) => Promise<Result>;

/** One call about one record, its reply read; faults are answers too. It leaves when the gate lets it. */
export async function askProvider(
  deps: Deps,
  request: Workspace,
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
  if (capability.mode === 'preview_redeem') return askInTwoSteps(deps, request, asked, caller);
  return exchange(deps, request, asked, caller, async (send) =>
    adapter.parseReply(capability.id, await send(adapter.buildRequest(capability.id, known)), known),
  );
}

/** One bulk request; every record that was asked has its answer, or all share one fault. */
export function askTogether(
  deps: Deps,
  request: Workspace,
  line: Line,
  asked: readonly AskedRecord[],
  caller: Caller,
): Promise<Exchanged<RecordAnswer[]>> {
  const { adapter, capability } = line;
  return exchange(deps, request, line, caller, async (send) => {
    if (!adapter.batch) throw new ProviderError(adapter.manifest.id, 'rejected');
    return adapter.batch.parse(capability.id, await send(adapter.batch.build(capability.id, asked)), asked);
  });
}

/** A free look first; what is there is paid for only if something of it is wanted. */
async function askInTwoSteps(
  deps: Deps,
  request: Workspace,
  asked: Asked,
  caller: Caller,
): Promise<Answered> {
  const { adapter, capability, known, wanted } = asked;
  const { reveal } = adapter;
  if (!reveal) return withheld(adapter, 'rejected', undefined);
  const looked = await exchange(deps, request, asked, caller, async (send) =>
    reveal.parsePreview(capability.id, await send(reveal.preview(capability.id, known)), known),
  );
  const { answer: seen, latencyMs } = looked;
  if (seen instanceof ProviderError) return { answer: uncharged(seen), latencyMs };
  if (seen.outcome === 'miss') return { answer: { ...seen, vendorCredits: 0 }, latencyMs };
  if (!seen.has.some((field) => wanted.includes(field)))
    return {
      answer: { outcome: 'miss', reason: 'nothing of what is wanted', vendorCredits: 0 },
      latencyMs,
    };
  const { vendorRef } = seen;
  const bought = await exchange(deps, request, asked, { ...caller, held: [] }, async (send) => {
    const records = [{ ref: vendorRef, known, vendorRef }];
    const reply = await send(reveal.redeem(capability.id, records));
    const [first] = reveal.parseRedeemed(capability.id, reply, records);
    if (!first) throw new ProviderError(adapter.manifest.id, 'malformed');
    return first.answer;
  });
  return { answer: bought.answer, latencyMs: sumOf(latencyMs, bought.latencyMs) };
}

/** Nothing is charged for looking, whatever became of it. */
function uncharged(error: ProviderError): ProviderError {
  if (!mayHaveBeenCharged(error.fault)) return error;
  const fault = error.fault === 'timeout' ? 'unavailable' : 'rejected';
  return new ProviderError(error.provider, fault, { cause: error });
}

const sumOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : a + b;

/** What a vendor is asked and answers, once the gate lets it; tried again while it misses its slot. */
export async function exchange<Result>(
  deps: Pick<WaterfallDeps, 'send' | 'gate'>,
  request: Workspace,
  line: Line,
  caller: Caller,
  work: Work<Result>,
): Promise<Exchanged<Result>> {
  for (let missed = 0; missed < MOST_MISSED_SLOTS; missed += 1) {
    const answered = await throughGate(deps, request, line, caller, work);
    if (answered !== 'missed its slot') return answered;
  }
  return withheld(line.adapter, 'not_sent', MISSED_RETRY_MS);
}

async function throughGate<Result>(
  deps: Pick<WaterfallDeps, 'send' | 'gate'>,
  { workspaceId }: Workspace,
  { adapter, credential, capability }: Line,
  caller: Caller,
  work: Work<Result>,
): Promise<Exchanged<Result> | 'missed its slot'> {
  const limits = limitsOf(adapter, credential);
  const call = { workspaceId, credentialId: credential.id, capability: capability.id, limits };
  const pass = await deps.gate.enter(call, caller);
  if (pass.state === 'refused') return withheld(adapter, pass.fault, pass.retryAfterMs);
  let headers: GateOutcome['headers'] = {};
  const startedMs = performance.now();
  const { secretSealed } = credential;
  const { timeoutMs } = capability;
  const { startByMs } = pass;
  const target = { adapter, workspaceId, secretSealed, timeoutMs, startByMs };
  const answer = await faultAsAnswer(() =>
    work(async (request) => {
      const reply = await deps.send(target, request);
      headers = reply.headers;
      return reply;
    }),
  );
  const latencyMs = Math.round(performance.now() - startedMs);
  if (answer instanceof ProviderError && answer.fault === 'not_sent') return 'missed its slot';
  await deps.gate.leave(call, pass, outcomeOf(answer, headers));
  return { answer, latencyMs };
}

const outcomeOf = (answer: unknown, headers: GateOutcome['headers']): GateOutcome =>
  answer instanceof ProviderError
    ? { fault: answer.fault, retryAfterMs: answer.retryAfterMs, headers }
    : { fault: null, retryAfterMs: undefined, headers };

function withheld(
  { manifest }: ProviderAdapter,
  fault: Extract<Pass, { state: 'refused' }>['fault'],
  retryAfterMs: number | undefined,
): { answer: ProviderError; latencyMs: null } {
  return { answer: new ProviderError(manifest.id, fault, { retryAfterMs }), latencyMs: null };
}

async function faultAsAnswer<Result>(work: () => Promise<Result>): Promise<Result | ProviderError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}
