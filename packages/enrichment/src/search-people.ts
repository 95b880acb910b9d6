import { titleRules } from '@penstock/accounts/title-rules-document';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { mayHaveBeenCharged, ProviderError } from '@penstock/kernel/provider-error';
import { digestOf } from '@penstock/store/idempotency';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';
import { maybeOne, type Tx } from '@penstock/store/tx';

import { exchange } from './ask-provider.ts';
import { adaptersIn, type Catalogue } from './described-providers.ts';
import { settleCall } from './ledger.ts';
import { keyFor } from './model/keys.ts';
import { priceMicros } from './model/planner.ts';
import { inPositions } from './model/personas.ts';
import { barredBecause } from './model/provider-terms.ts';
import type {
  Capability,
  FoundPerson,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  ProviderRequest,
} from './provider-port.ts';
import { reserveCall } from './reserve-call.ts';
import { readCredentials, type CredentialRow } from './run-statements.ts';
import { chargeOf, describe } from './settle-answer.ts';
import type { WaterfallDeps } from './waterfall-run.ts';

/** With a gate a call waits for its turn; without one somebody waits for the answer. */
export type SearchDeps = Catalogue & { send: WaterfallDeps['send']; gate?: WaterfallDeps['gate'] };
export type Search = {
  accountId: string;
  provider: string;
  titles: readonly string[];
  teamId: string | null;
  /** One of many: whose campaign pays, and the search whose budget it shares. */
  campaignId?: string | null;
  searchId?: string;
};
export type SearchAccount = {
  id: string;
  name: string;
  domain: string | null;
  country: string | null;
  people: number;
};
export type Searched = {
  account: SearchAccount;
  people: FoundPerson[];
  ledgerId: string;
  chargedMicros: number;
};

export const readSearchAccount = statement<SearchAccount>(
  'read_account_to_search',
  `select a.id, a.name, a.domain, a.country, (select count(*)::int from person p where p.workspace_id = $1 and p.account_id = a.id and p.erased_at is null and p.merged_into_id is null) as people
   from account a where a.workspace_id = $1 and a.id = $2 and a.state = 'active' and a.merged_into_id is null`,
);

const AGAIN_DAYS = 30;
export const searchedSince = (now: Date): Date => new Date(now.getTime() - AGAIN_DAYS * 86_400_000);

/** `stopped`: no paid call leaves. `before`: it would be paid for twice. `unfit`: this account can't be asked about. `fault`: no answer. */
export type WhyNotSearched = 'stopped' | 'before' | 'unfit' | 'fault';
export class NotSearchedError extends DomainError {
  readonly why: WhyNotSearched;
  /** When trying again may help; null if it does not. */
  readonly retryAfterMs: number | null;
  readonly chargedMicros: number;

  constructor(
    why: WhyNotSearched,
    message: string,
    more: { retryAfterMs?: number | null; chargedMicros?: number } = {},
  ) {
    super('conflict', message);
    this.why = why;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.chargedMicros = more.chargedMicros ?? 0;
  }
}

/** The lock of a search: what was asked about a company is not asked again, whoever asks. */
export const searchLockOf = (
  account: Pick<SearchAccount, 'id' | 'domain' | 'name'>,
  provider: string,
  titles: readonly string[],
): string =>
  `people:${account.id}:${provider}:${digestOf([account.domain ?? account.name, titles.join('|')])}`;

export const searchOf = ({ manifest }: ProviderAdapter): Capability | undefined =>
  manifest.capabilities.find(({ kind }) => kind === 'search_people');

/**
 * Asks a provider who works at an account in certain positions. Its money is in the ledger like any other's; the same is not paid for again
 * for a month. Where nobody can know whether it was charged it counts as charged.
 * @throws DomainError naming what is missing or what went wrong
 */
export async function searchPeople(
  deps: SearchDeps,
  store: Store,
  workspaceId: string,
  search: Search,
  now: Date,
): Promise<Searched> {
  const line = await store.inWorkspace(workspaceId, (tx) => lineOf(tx, deps, search));
  const { account, adapter, capability } = line;
  const known: KnownFacts = {
    companyName: account.name,
    ...(account.domain !== null && { companyDomain: account.domain }),
    ...(search.titles.length > 0 && { titles: search.titles.join('|') }),
  };
  const ledgerId = await reserve(store, workspaceId, line, search, now);
  const startedMs = performance.now();
  const answer = await answerOf(deps, workspaceId, line, known);
  const charge = chargeOf(answer, capability);
  const isUnknown = charge.state === 'unknown';
  const chargedMicros = isUnknown ? priceMicros(capability) : charge.chargedMicros;
  await store.inWorkspace(workspaceId, (tx) =>
    settleCall(tx, {
      ...charge,
      ledgerId,
      state: chargedMicros > 0 ? 'charged' : 'released',
      chargedMicros,
      outcome: `search: ${describe(answer)}`,
      latencyMs: Math.round(performance.now() - startedMs),
      gave: [],
      verdict: '',
      now,
    }),
  );
  if (answer instanceof ProviderError) throw failed(adapter, answer, chargedMicros);
  const named = answer.outcome === 'people' ? answer.people : [];
  const people =
    capability.namesEverybody && search.titles.length > 0
      ? inPositions(named, search.titles, await store.inWorkspace(workspaceId, titleRules))
      : named;
  return { account, people, ledgerId, chargedMicros };
}

/** Behind others it waits for its turn; a vendor that wants to be left alone is asked later. */
const PATIENCE = { pacedMs: 60_000, blockedMs: 1_000 };

async function answerOf(
  deps: SearchDeps,
  workspaceId: string,
  line: Line,
  known: KnownFacts,
): Promise<ProviderAnswer | ProviderError> {
  const { adapter, credential, capability } = line;
  const ask = async (send: (request: ProviderRequest) => Promise<ProviderReply>) =>
    adapter.parseReply(capability.id, await send(adapter.buildRequest(capability.id, known)), known);
  if (deps.gate) {
    const caller = { patience: PATIENCE, urgent: false, held: [] };
    return (await exchange({ send: deps.send, gate: deps.gate }, { workspaceId }, line, caller, ask)).answer;
  }
  const target = {
    adapter,
    workspaceId,
    secretSealed: credential.secretSealed,
    timeoutMs: capability.timeoutMs,
    startByMs: Number.POSITIVE_INFINITY,
  };
  return faultAsAnswer(() => ask((request) => deps.send(target, request)));
}

type Line = {
  account: SearchAccount;
  adapter: ProviderAdapter;
  credential: CredentialRow;
  capability: Capability;
};

async function lineOf(tx: Tx, deps: Catalogue, { accountId, provider }: Search): Promise<Line> {
  const account = await maybeOne(tx, readSearchAccount, accountId);
  if (!account)
    throw new DomainError('not_found', 'accountId: there is no such account, or it is not accepted yet.');
  const adapter = (await adaptersIn(tx, deps)).get(provider);
  const capability = adapter && searchOf(adapter);
  if (!adapter || !capability) throw invalid('provider', 'searches for nobody', 'Choose one that does.');
  const credential = keyFor(await tx.rows(readCredentials), provider, accountId);
  if (!credential) throw invalid('provider', 'has no key', 'Add its key first, under Settings, Providers.');
  const barred = barredBecause(credential, account.country);
  if (barred !== null)
    throw new NotSearchedError('unfit', `${adapter.manifest.name} may not be asked: ${barred}.`);
  if (account.domain === null && capability.needs.every((names) => names.includes('companyDomain')))
    throw new NotSearchedError(
      'unfit',
      `${account.name} has no domain, by which ${adapter.manifest.name} knows companies.`,
    );
  return { account, adapter, credential, capability };
}

const invalid = (field: string, problem: string, remedy: string) =>
  new DomainError('invalid', `${field}: ${problem}.`, { issues: [{ field, problem, remedy }] });

async function reserve(
  store: Store,
  workspaceId: string,
  { account, credential, capability, adapter }: Line,
  { provider, titles, teamId, campaignId = null, searchId }: Search,
  now: Date,
): Promise<string> {
  const price = priceMicros(capability);
  const lockKey = searchLockOf(account, provider, titles);
  const nobody = newId(now);
  const reservation = await reserveCall(store, workspaceId, {
    lockKey,
    callKey: `${lockKey}/${capability.id}`,
    chargedSince: searchedSince(now),
    runId: nobody,
    personId: nobody,
    teamId,
    campaignId,
    budgetRunId: searchId ?? null,
    credentialId: credential.id,
    provider,
    capability: capability.id,
    wanted: [],
    position: 1,
    priceMicros: price,
    ceilingMicros: price,
    now,
  });
  if (reservation.kind === 'granted') return reservation.ledgerId;
  if (reservation.kind === 'stopped')
    throw new NotSearchedError('stopped', 'Paid calls are stopped in this workspace. Allow them first.');
  throw new NotSearchedError(
    'before',
    `${adapter.manifest.name} was asked for these positions here within ${AGAIN_DAYS} days: it would be paid for again. Whom it named is in the list of then.`,
  );
}

async function faultAsAnswer(work: () => Promise<ProviderAnswer>): Promise<ProviderAnswer | ProviderError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

const failed = (
  { manifest }: ProviderAdapter,
  { fault, retryAfterMs }: ProviderError,
  chargedMicros: number,
) =>
  new NotSearchedError(
    'fault',
    `${manifest.name} did not answer (${fault.replaceAll('_', ' ')}). ${mayHaveBeenCharged(fault) ? 'It may have charged, and counts as charged.' : 'Nothing was charged; try again later.'}`,
    { retryAfterMs: mayHaveBeenCharged(fault) ? null : (retryAfterMs ?? null), chargedMicros },
  );
