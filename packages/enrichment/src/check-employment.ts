import { faultPoint } from '@penstock/kernel/fault-point';
import { mayHaveBeenCharged, ProviderError } from '@penstock/kernel/provider-error';
import type { Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import { askProvider, exchange, type Asked } from './ask-provider.ts';
import { adaptersIn, type Catalogue } from './described-providers.ts';
import { settleCall } from './ledger.ts';
import { loadPeople } from './load-people.ts';
import { keyFor } from './model/keys.ts';
import { priceMicros } from './model/planner.ts';
import { barredBecause } from './model/provider-terms.ts';
import { planInputOf } from './plan-person.ts';
import type { Capability, Employment, ProviderAdapter, ProviderAnswer } from './provider-port.ts';
import { CHECKER, reserveCheck } from './reserve-check.ts';
import { readCredentials } from './run-statements.ts';
import { chargeOf, describe, toldBy } from './settle-answer.ts';
import { WaterfallBody } from './waterfall-document.ts';
import type { WaterfallDeps } from './waterfall-run.ts';

export type CheckDeps = Catalogue & Pick<WaterfallDeps, 'store' | 'clock' | 'send' | 'gate' | 'openWebOf'>;

/** A question about somebody's job, to one vendor. */
export type EmploymentCheck = {
  personId: string;
  provider: string;
  /** What the vendor told last, by which it may say for free that nothing has changed. */
  mark: string | null;
  /** A question that was charged before this may be paid for again. */
  paidSince: Date;
  budget: { period: string; limitMicros: number };
};

export type EmploymentChecked =
  /** Nobody was asked. */
  | { kind: 'held'; because: string }
  | { kind: 'told'; employment: Employment; costMicros: number }
  /** By the vendor's free word. */
  | { kind: 'unchanged'; mark: string }
  | { kind: 'gone'; because: string }
  /** It knows nobody of this kind. */
  | { kind: 'nothing'; because: string; costMicros: number }
  | { kind: 'failed'; because: string; isUnknown: boolean; retryAfterMs: number | null };

/** What a vendor that tells of jobs is called and takes. */
export type EmploymentVendor = { provider: string; name: string; priceMicros: number };

export const employmentOf = ({ manifest }: ProviderAdapter): Capability | undefined =>
  manifest.capabilities.find(({ kind }) => kind === 'check_employment');

/** Vendors that tell of jobs, of which this workspace has a key. */
export async function employmentVendors(tx: Tx, catalogue: Catalogue): Promise<EmploymentVendor[]> {
  const keys = await tx.rows(readCredentials);
  return [...(await adaptersIn(tx, catalogue)).values()].flatMap((adapter) => {
    const offered = employmentOf(adapter);
    const { id, name } = adapter.manifest;
    return offered && keys.some(({ provider }) => provider === id)
      ? [{ provider: id, name, priceMicros: priceMicros(offered) }]
      : [];
  });
}

/** Every vendor that tells of jobs, with what a question costs. */
export const employmentOffersOf = (adapters: Iterable<ProviderAdapter>) =>
  [...adapters].flatMap((adapter) => {
    const offered = employmentOf(adapter);
    const { id, name } = adapter.manifest;
    return offered
      ? [{ id, name, priceMicros: priceMicros(offered), tellsChangesFree: adapter.changes !== undefined }]
      : [];
  });

/**
 * Asks a vendor whether somebody still works where we know them. Its money is reserved before and settled after, like any other's; where
 * the vendor tells for free that nothing has changed, nothing is paid. What nobody knows stays unknown, and is not asked again.
 * @param keep writes what came of it down, in the transaction that settles the call
 */
export async function checkEmployment(
  deps: CheckDeps,
  workspaceId: string,
  check: EmploymentCheck,
  keep: (tx: Tx, checked: EmploymentChecked) => Promise<void>,
): Promise<EmploymentChecked> {
  const held = async (because: string) => {
    const checked: EmploymentChecked = { kind: 'held', because };
    await deps.store.inWorkspace(workspaceId, (tx) => keep(tx, checked));
    return checked;
  };
  const asked = await deps.store.inWorkspace(workspaceId, (tx) => askedOf(tx, deps, check));
  if (typeof asked === 'string') return held(asked);
  const { personId, provider } = check;
  const reservation = await reserveCheck(deps, workspaceId, asked, {
    ...check,
    lockKey: `job:${personId}:${provider}`,
    subjectId: personId,
  });
  if (typeof reservation === 'string') return held(reservation);
  faultPoint('ledger.reserved');
  const startedMs = performance.now();
  const free = await lookForChange(deps, workspaceId, asked, check.mark);
  const answer = free ?? (await askProvider(deps, { workspaceId }, asked, CHECKER)).answer;
  faultPoint('provider.answered');
  const latencyMs = Math.round(performance.now() - startedMs);
  return deps.store.inWorkspace(workspaceId, async (tx) => {
    const charge = isFree(answer) ? FREE : chargeOf(answer, asked.capability);
    const outcome = `job: ${isFree(answer) ? answer.kind : describe(answer)}`;
    const told = isFree(answer) ? toldBy(NOTHING) : toldBy(answer);
    const checked = isFree(answer) ? answer : checkedBy(answer, charge.chargedMicros);
    await keep(tx, checked);
    const { ledgerId } = reservation;
    await settleCall(tx, { ledgerId, ...charge, ...told, outcome, latencyMs, now: deps.clock.now() });
    return checked;
  });
}

type Free = Extract<EmploymentChecked, { kind: 'unchanged' | 'gone' }>;
type Outcome = Free | ProviderAnswer | ProviderError;
const isFree = (outcome: Outcome): outcome is Free => 'kind' in outcome;
const FREE = { state: 'released', chargedMicros: 0, vendorCredits: 0, answered: true } as const;
const NOTHING: ProviderAnswer = { outcome: 'miss', reason: '', vendorCredits: 0 };

function checkedBy(answer: ProviderAnswer | ProviderError, costMicros: number): EmploymentChecked {
  if (answer instanceof ProviderError) {
    const isUnknown = mayHaveBeenCharged(answer.fault);
    const because = isUnknown
      ? 'no answer came: whether it was charged is unknown'
      : answer.fault.replaceAll('_', ' ');
    return { kind: 'failed', because, isUnknown, retryAfterMs: answer.retryAfterMs ?? null };
  }
  if (answer.outcome === 'employment') return { kind: 'told', employment: answer.employment, costMicros };
  return { kind: 'nothing', because: answer.outcome === 'miss' ? answer.reason : 'says nothing', costMicros };
}

/** Everything that a question needs, or why it can't be asked. */
async function askedOf(tx: Tx, deps: CheckDeps, check: EmploymentCheck): Promise<Asked | string> {
  const adapters = await adaptersIn(tx, deps);
  const adapter = adapters.get(check.provider);
  const capability = adapter && employmentOf(adapter);
  if (!adapter || !capability) return 'it no longer tells of jobs';
  const [person] = await loadPeople(tx, [check.personId], deps.clock.now());
  if (!person) return 'this person may not be looked up';
  const credential = keyFor(await tx.rows(readCredentials), check.provider, check.personId);
  if (!credential) return 'it has no key';
  const barred = barredBecause(credential, person.person.country);
  if (barred !== null) return barred;
  const { body } = await publishedDocument(tx, 'waterfall');
  const { known } = planInputOf(adapters, { ...person, waterfall: WaterfallBody.parse(body) }).input;
  const isKnown = capability.needs.some((names) => names.every((name) => known[name] !== undefined));
  if (!isKnown) return 'it needs a public profile or an address that nobody here knows';
  return { adapter, credential, capability, known, wanted: [] };
}

/** The vendor's free word on whether anything has changed; null where it has none, and the paid question is asked. */
async function lookForChange(
  deps: CheckDeps,
  workspaceId: string,
  asked: Asked,
  mark: string | null,
): Promise<Free | ProviderError | null> {
  const { changes } = asked.adapter;
  const request = mark === null ? null : changes?.request(mark);
  if (mark === null || !changes || !request) return null;
  const { answer } = await exchange(deps, { workspaceId }, asked, CHECKER, async (send) =>
    changes.parse(await send(request), mark),
  );
  // Nothing is charged for looking, whatever became of it.
  if (answer instanceof ProviderError)
    return mayHaveBeenCharged(answer.fault)
      ? new ProviderError(answer.provider, 'unavailable', { cause: answer })
      : answer;
  if (answer.outcome === 'unchanged') return { kind: 'unchanged', mark: answer.mark };
  return answer.outcome === 'gone' ? { kind: 'gone', because: answer.reason } : null;
}
