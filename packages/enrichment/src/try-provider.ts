import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { ProviderError } from '@penstock/kernel/provider-error';
import type { Store } from '@penstock/store/store';

import { adaptersWith, type Catalogue } from './described-providers.ts';
import { settleCall } from './ledger.ts';
import { INPUT_WORDS } from './model/waterfall-fields.ts';
import { keyFor } from './model/keys.ts';
import { priceMicros } from './model/planner.ts';
import type { TryInput, Tried } from './operations/manage-described.ts';
import type {
  Capability,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderRequest,
} from './provider-port.ts';
import { reserveCall } from './reserve-call.ts';
import { readCredentials, type CredentialRow } from './run-statements.ts';
import { chargeOf, describe } from './settle-answer.ts';
import type { WaterfallDeps } from './waterfall-run.ts';

type Deps = Catalogue & { store: Store; send: WaterfallDeps['send'] };
type Line = { adapter: ProviderAdapter; capability: Capability; credential: CredentialRow };

/**
 * Asks a described vendor once by hand, about somebody who is typed in. Its money is in the ledger like any other's: reserved before, settled
 * after; where nobody can know whether it was charged it counts as charged, since nobody would look into a test.
 * @throws DomainError naming what is missing; nothing is asked then
 */
export async function tryProvider(
  deps: Deps,
  workspaceId: string,
  { providerId, known: typed }: TryInput,
  now: Date,
): Promise<Tried> {
  const line = await lineOf(deps, workspaceId, providerId);
  const { adapter, capability, credential } = line;
  const known: KnownFacts = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  refuseMissing(capability, known);
  const request = adapter.buildRequest(capability.id, known);
  const ledgerId = await reserve(deps, workspaceId, line, now);
  const startedMs = performance.now();
  const target = {
    adapter,
    workspaceId,
    secretSealed: credential.secretSealed,
    timeoutMs: capability.timeoutMs,
    startByMs: Number.POSITIVE_INFINITY,
  };
  const answer = await ask(() =>
    deps.send(target, request).then((reply) => adapter.parseReply(capability.id, reply, known)),
  );
  const latencyMs = Math.round(performance.now() - startedMs);
  const charge = chargeOf(answer, capability);
  const isUnknown = charge.state === 'unknown';
  const chargedMicros = isUnknown ? priceMicros(capability) : charge.chargedMicros;
  const state = isUnknown ? (chargedMicros > 0 ? 'charged' : 'released') : charge.state;
  const told = describe(answer);
  // The outcome stands beside it.
  const detail = told.replace(/^\w+: /, '');
  await deps.store.inWorkspace(workspaceId, (tx) =>
    settleCall(tx, {
      ...charge,
      ledgerId,
      state,
      chargedMicros,
      outcome: `test: ${told}`,
      latencyMs,
      gave: [],
      verdict: '',
      now,
    }),
  );
  return { ...wordsOf(answer, detail), chargedMicros, latencyMs, request: requestInWords(adapter, request) };
}

async function lineOf(deps: Deps, workspaceId: string, providerId: string): Promise<Line> {
  const credentials = await deps.store.inWorkspace(workspaceId, (tx) => tx.rows(readCredentials));
  const credential = keyFor(credentials, providerId, '');
  const adapter = credential && adaptersWith(deps, [credential]).get(providerId);
  const [capability] = adapter?.manifest.capabilities ?? [];
  if (!credential?.definition || !adapter || !capability)
    throw new DomainError(
      'conflict',
      'This provider has no key yet, or is none that you described. Add its key first.',
    );
  return { adapter, capability, credential };
}

function refuseMissing({ needs }: Capability, known: KnownFacts): void {
  if (needs.some((names) => names.every((name) => Boolean(known[name])))) return;
  const wanted = needs
    .map((names) => names.map((name) => INPUT_WORDS[name] ?? name).join(' and '))
    .join(', or ');
  throw new DomainError('invalid', `Fill in ${wanted}.`, {
    issues: (needs[0] ?? [])
      .filter((name) => !known[name])
      .map((name) => ({ field: `known.${name}`, problem: 'is needed', remedy: 'Fill it in.' })),
  });
}

async function reserve(
  { store }: Deps,
  workspaceId: string,
  { capability, credential }: Line,
  now: Date,
): Promise<string> {
  const price = priceMicros(capability);
  // Nobody of the workspace, and no run: a lock of its own.
  const nobody = newId(now);
  const lockKey = `test:${credential.provider}:${nobody}`;
  const reservation = await reserveCall(store, workspaceId, {
    lockKey,
    callKey: lockKey,
    chargedSince: now,
    runId: nobody,
    personId: nobody,
    teamId: null,
    credentialId: credential.id,
    provider: credential.provider,
    capability: capability.id,
    wanted: [],
    position: 1,
    priceMicros: price,
    ceilingMicros: Math.max(1, price),
    now,
  });
  if (reservation.kind !== 'granted')
    throw new DomainError('conflict', 'Paid calls are stopped in this workspace. Switch them on first.');
  return reservation.ledgerId;
}

async function ask(work: () => Promise<ProviderAnswer>): Promise<ProviderAnswer | ProviderError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

function wordsOf(
  answer: ProviderAnswer | ProviderError,
  detail: string,
): Pick<Tried, 'outcome' | 'detail' | 'values'> {
  if (answer instanceof ProviderError)
    return { outcome: 'fault', detail: FAULT_WORDS[answer.fault], values: [] };
  if (answer.outcome === 'hit')
    return {
      outcome: 'hit',
      detail,
      values: answer.reported.map(({ field, value }) => ({ field, value })),
    };
  return { outcome: answer.outcome === 'verified' ? 'verified' : 'miss', detail, values: [] };
}

const FAULT_WORDS: Record<ProviderError['fault'], string> = {
  rate_limited: 'The vendor asks to be asked less often.',
  quota_exhausted: 'The vendor’s account has no credits left.',
  unavailable: 'The vendor answered that it can’t just now.',
  timeout: 'No answer in time. Whether it was charged is unknown; it counts as charged.',
  unreachable: 'Nothing answers at this host.',
  not_sent: 'The request was not sent.',
  unauthorized: 'The vendor does not take the key.',
  rejected: 'The vendor refuses this request: check path, query and body.',
  malformed: 'The reply is not what was described, too large, or no JSON. It counts as charged.',
  forbidden_host: 'The host leads to an address that may not be asked, or redirects elsewhere.',
};

const requestInWords = ({ manifest }: ProviderAdapter, { method, path, body }: ProviderRequest): string =>
  `${method} https://${manifest.host}${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`;
