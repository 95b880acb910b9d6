import type { Clock } from '@penstock/kernel/clock';
import { faultPoint } from '@penstock/kernel/fault-point';
import { newId } from '@penstock/kernel/ids';
import { mayHaveBeenCharged, ProviderError } from '@penstock/kernel/provider-error';
import { isSuppressed } from '@penstock/accounts/suppression';
import { digestOf } from '@penstock/store/idempotency';
import type { Store } from '@penstock/store/store';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import { BudgetExhaustedError, markInterrupted, reserveCall, settleCall } from './ledger.ts';
import { lockKeyOf, stepState } from './model/call-key.ts';
import { planNext, type PlannableStep } from './model/planner.ts';
import type { Waterfall } from './model/waterfall.ts';
import {
  knownFacts,
  recordObservations,
  survivingValues,
  type AccountFactsChanged,
  type NewObservation,
} from './person-facts.ts';
import type {
  Capability,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  ProviderRequest,
} from './provider-port.ts';
import * as sql from './run-statements.ts';
import { WaterfallBody } from './waterfall-document.ts';

export type WaterfallDeps = {
  store: Store;
  clock: Clock;
  adapters: ReadonlyMap<string, ProviderAdapter>;
  /** Sends a request with the credential added on the way out. Throws `ProviderError`. */
  send(
    call: { adapter: ProviderAdapter; workspaceId: string; secretSealed: string; timeoutMs: number },
    request: ProviderRequest,
  ): Promise<ProviderReply>;
  onAccountFacts: AccountFactsChanged;
};

export type RunRequest = { workspaceId: string; personId: string; leadId: string | null; runId: string };
export type RunResult = {
  complete: boolean;
  stopReason: string;
  calls: number;
  /** Set if a provider could not answer just now and asking again later may help. */
  retryAfterMs: number | null;
};

type Prepared = {
  person: sql.PersonToEnrich;
  waterfall: Waterfall;
  credentials: sql.CredentialRow[];
  known: KnownFacts;
  plan: ReturnType<typeof planNext>;
};

const DEFAULT_RETRY_MS = 30_000;

/**
 * Runs a person's waterfall to its end. Each paid call is in the ledger before it is made and settled with its observations in one
 * transaction after it; a run that was interrupted goes on from the ledger and never repeats a call that may have been charged.
 */
export async function runWaterfall(deps: WaterfallDeps, request: RunRequest): Promise<RunResult> {
  await beginRun(deps, request);
  const failed = new Set<string>();
  let calls = 0;
  let retryAfterMs: number | null = null;
  for (;;) {
    const prepared = await prepare(deps, request, failed);
    if (prepared === null)
      return { complete: false, stopReason: 'not to be looked up', calls, retryAfterMs: null };
    const { next } = prepared.plan;
    if (next === null) {
      await finishRun(deps, request, prepared.plan);
      const { stop: stopReason, complete } = prepared.plan;
      return { complete, stopReason, calls, retryAfterMs: complete ? null : retryAfterMs };
    }
    const outcome = await callStep(deps, request, prepared, next);
    calls += 1;
    if (outcome.state === 'failed') {
      failed.add(`${next.provider}/${next.capability.id}`);
      if (outcome.retryAfterMs !== null) retryAfterMs = Math.max(retryAfterMs ?? 0, outcome.retryAfterMs);
    }
  }
}

async function beginRun(deps: WaterfallDeps, request: RunRequest): Promise<void> {
  const now = deps.clock.now();
  await deps.store.inWorkspace(request.workspaceId, async (tx) => {
    const version = await publishedDocument(tx, 'waterfall');
    await tx.rows(sql.startRun, request.runId, request.personId, request.leadId, version.versionId, now);
    const mine = (await tx.rows(sql.readCalls, request.personId)).filter(
      (call) => call.runId === request.runId && call.state === 'reserved',
    );
    // Whoever reserved these is gone: only one runner works on a run at a time.
    if (mine.length > 0)
      await markInterrupted(
        tx,
        mine.map((call) => call.ledgerId),
        now,
      );
  });
}

const DAY_MS = 86_400_000;

/** Keys hold digests, never what they were made of. */
const hashedLock = (personId: string, provider: string, capability: Capability, known: KnownFacts): string =>
  `${personId}:${provider}:${capability.id}:${digestOf(lockKeyOf(personId, provider, capability, known))}`;

const callKeyOf = (lockKey: string, capability: Capability, known: KnownFacts): string => {
  const used = [...new Set(capability.needs.flat())].toSorted().map((name) => known[name] ?? '');
  return `${lockKey}/${digestOf(used)}`;
};

const lockOf = (callKey: string): string => callKey.slice(0, callKey.lastIndexOf('/'));

const chargedSince = (waterfall: Waterfall, now: Date): Date =>
  new Date(now.getTime() - waterfall.timeToLiveDays * DAY_MS);

async function prepare(
  deps: WaterfallDeps,
  request: RunRequest,
  failed: ReadonlySet<string>,
): Promise<Prepared | null> {
  const now = deps.clock.now();
  return deps.store.inWorkspace(request.workspaceId, async (tx) => {
    const person = await maybeOne(tx, sql.readPerson, request.personId);
    if (!person || person.erased) return null;
    if (person.emailKey !== null && (await isSuppressed(tx, person.emailKey))) return null;
    const waterfall = WaterfallBody.parse((await publishedDocument(tx, 'waterfall')).body);
    await rememberOwnEmail(tx, person, waterfall, now, deps.onAccountFacts);
    const surviving = await survivingValues(tx, person.id, waterfall, now);
    const known = knownFacts(person, surviving);
    const credentials = await tx.rows(sql.readCredentials);
    const calls = await tx.rows(sql.readCalls, person.id);
    const email = surviving.find((value) => value.field === 'work_email');
    const plan = planNext({
      waterfall,
      known,
      steps: plannable(deps, waterfall, { person, known, credentials, calls, failed, now }),
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
    return { person, waterfall, credentials, known, plan };
  });
}

/** The address by which a person is known is a value like any other, with its origin and without a verdict. */
async function rememberOwnEmail(
  tx: Tx,
  person: sql.PersonToEnrich,
  waterfall: Waterfall,
  now: Date,
  changed: AccountFactsChanged,
) {
  if (person.emailKey === null) return;
  const known = await tx.rows(sql.readObservations, person.id);
  if (known.some((observed) => observed.field === 'work_email')) return;
  const value = {
    field: 'work_email',
    value: person.emailKey,
    confidence: null,
    verification: null,
    lineType: null,
    provider: 'form',
  } as const;
  const about = { personId: person.id, accountId: person.accountId, ledgerId: null, costMicros: 0 };
  await recordObservations(tx, about, [value], waterfall, now, changed);
}

function plannable(
  deps: WaterfallDeps,
  waterfall: Waterfall,
  state: {
    person: sql.PersonToEnrich;
    known: KnownFacts;
    credentials: readonly sql.CredentialRow[];
    calls: readonly sql.EarlierCall[];
    failed: ReadonlySet<string>;
    now: Date;
  },
): PlannableStep[] {
  return waterfall.steps.flatMap((step) => {
    const capability = deps.adapters
      .get(step.provider)
      ?.manifest.capabilities.find((one) => one.id === step.capability);
    if (!capability) return [];
    const lockKey = hashedLock(state.person.id, step.provider, capability, state.known);
    const past = state.calls.map((call) => ({ ...call, lockKey: lockOf(call.callKey) }));
    const failedNow = state.failed.has(`${step.provider}/${step.capability}`);
    return [
      {
        provider: step.provider,
        capability,
        hasCredential: state.credentials.some((credential) => credential.provider === step.provider),
        state: failedNow
          ? ('failed' as const)
          : stepState(
              past,
              lockKey,
              callKeyOf(lockKey, capability, state.known),
              chargedSince(waterfall, state.now),
            ),
      },
    ];
  });
}

async function callStep(
  deps: WaterfallDeps,
  request: RunRequest,
  prepared: Prepared,
  next: NonNullable<Prepared['plan']['next']>,
): Promise<{ state: 'settled' | 'failed'; retryAfterMs: number | null }> {
  const adapter = deps.adapters.get(next.provider);
  const credential = prepared.credentials.find((one) => one.provider === next.provider);
  if (!adapter || !credential) return { state: 'failed', retryAfterMs: null };
  const reservation = await reserve(deps, request, prepared, next, credential.id);
  if (reservation.kind !== 'granted') return { state: 'failed', retryAfterMs: reservation.retryAfterMs };
  faultPoint('ledger.reserved');
  const startedMs = Date.now();
  const answer = await askProvider(deps, request, adapter, credential, next.capability, prepared.known);
  faultPoint('provider.answered');
  const latencyMs = Date.now() - startedMs;
  await deps.store.inWorkspace(request.workspaceId, (tx) =>
    settleAnswer(tx, deps, { prepared, next, ledgerId: reservation.ledgerId, answer, latencyMs }),
  );
  if (!(answer instanceof ProviderError)) return { state: 'settled', retryAfterMs: null };
  const passing =
    answer.fault === 'rate_limited' || answer.fault === 'unavailable' || answer.fault === 'unreachable';
  return { state: 'failed', retryAfterMs: passing ? (answer.retryAfterMs ?? DEFAULT_RETRY_MS) : null };
}

type Reserved = { kind: 'granted'; ledgerId: string } | { kind: 'refused'; retryAfterMs: number | null };

async function reserve(
  deps: WaterfallDeps,
  request: RunRequest,
  prepared: Prepared,
  next: NonNullable<Prepared['plan']['next']>,
  credentialId: string,
): Promise<Reserved> {
  const now = deps.clock.now();
  const { person, waterfall, known } = prepared;
  const lockKey = hashedLock(person.id, next.provider, next.capability, known);
  const step = [newId(now), request.runId, next.provider, next.capability.id, next.wanted] as const;
  try {
    return await deps.store.inWorkspace(request.workspaceId, async (tx): Promise<Reserved> => {
      const reservation = await reserveCall(tx, {
        lockKey,
        callKey: callKeyOf(lockKey, next.capability, known),
        chargedSince: chargedSince(waterfall, now),
        runId: request.runId,
        personId: person.id,
        credentialId,
        provider: next.provider,
        capability: next.capability.id,
        priceMicros: next.priceMicros,
        ceilingMicros: waterfall.ceilingMicros,
        now,
      });
      if (reservation.kind === 'granted') {
        await tx.rows(sql.insertStep, ...step, 'asked', next.reason, '', reservation.ledgerId, now);
        return reservation;
      }
      const why =
        reservation.kind === 'stopped'
          ? 'paid calls are stopped in this workspace'
          : 'somebody else is asking this right now';
      await tx.rows(sql.insertStep, ...step, 'skipped', why, '', null, now);
      return { kind: 'refused', retryAfterMs: reservation.kind === 'known' ? DEFAULT_RETRY_MS : null };
    });
  } catch (error) {
    if (!(error instanceof BudgetExhaustedError)) throw error;
    await deps.store.inWorkspace(request.workspaceId, (tx) =>
      tx.rows(sql.insertStep, ...step, 'skipped', error.message, '', null, now),
    );
    return { kind: 'refused', retryAfterMs: null };
  }
}

async function askProvider(
  deps: WaterfallDeps,
  request: RunRequest,
  adapter: ProviderAdapter,
  credential: sql.CredentialRow,
  capability: Capability,
  known: KnownFacts,
): Promise<ProviderAnswer | ProviderError> {
  const call = {
    adapter,
    workspaceId: request.workspaceId,
    secretSealed: credential.secretSealed,
    timeoutMs: capability.timeoutMs,
  };
  try {
    const reply = await deps.send(call, adapter.buildRequest(capability.id, known));
    return adapter.parseReply(capability.id, reply, known);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

type Answered = {
  prepared: Prepared;
  next: NonNullable<Prepared['plan']['next']>;
  ledgerId: string;
  answer: ProviderAnswer | ProviderError;
  latencyMs: number;
};

async function settleAnswer(tx: Tx, deps: WaterfallDeps, made: Answered): Promise<void> {
  const now = deps.clock.now();
  const { answer, next, prepared, ledgerId, latencyMs } = made;
  const charge = chargeOf(answer, next.capability);
  const outcome = describe(answer);
  await settleCall(tx, { ledgerId, ...charge, outcome, latencyMs, now });
  await tx.rows(sql.settleStep, ledgerId, outcome);
  const { person, waterfall, known } = prepared;
  const about = {
    personId: person.id,
    accountId: person.accountId,
    ledgerId,
    costMicros: charge.chargedMicros,
  };
  await recordObservations(tx, about, observed(answer, next, known), waterfall, now, deps.onAccountFacts);
}

function chargeOf(answer: ProviderAnswer | ProviderError, capability: Capability) {
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
  const byManifest = answer.outcome === 'miss' && price.charged === 'on_hit' ? 0 : price.credits;
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
function describe(answer: ProviderAnswer | ProviderError): string {
  if (answer instanceof ProviderError) {
    return mayHaveBeenCharged(answer.fault)
      ? `${answer.fault}: whether it was charged is unknown`
      : `${answer.fault}: not charged`;
  }
  if (answer.outcome === 'hit') return `hit: ${answer.reported.map((value) => value.field).join(', ')}`;
  if (answer.outcome === 'miss') return `miss: ${answer.reason}`;
  return `verified: ${answer.result}`;
}

function observed(
  answer: ProviderAnswer | ProviderError,
  next: Answered['next'],
  known: KnownFacts,
): NewObservation[] {
  const { provider } = next;
  if (answer instanceof ProviderError || answer.outcome === 'miss') return [];
  // A finder's own verdict on its address is no verification (R004): only a verifier's answer counts as one.
  if (answer.outcome === 'hit')
    return answer.reported.map((value) => ({ ...value, verification: null, provider }));
  if (known.email === undefined) return [];
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

async function finishRun(
  deps: WaterfallDeps,
  request: RunRequest,
  plan: Extract<Prepared['plan'], { next: null }>,
): Promise<void> {
  const now = deps.clock.now();
  await deps.store.inWorkspace(request.workspaceId, async (tx) => {
    for (const skip of plan.skipped) {
      await tx.rows(
        sql.insertStep,
        newId(now),
        request.runId,
        skip.provider,
        skip.capability,
        [],
        'skipped',
        skip.reason,
        '',
        null,
        now,
      );
    }
    await tx.rows(sql.insertStep, newId(now), request.runId, '', '', [], 'stopped', plan.stop, '', null, now);
    await tx.rows(sql.endRun, request.runId, plan.complete ? 'finished' : 'stopped', plan.stop, now);
  });
}
