import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { registrableDomain } from '@penstock/accounts/model/domain-name';
import type { Clock } from '@penstock/kernel/clock';
import { lowestIdAt } from '@penstock/kernel/ids';
import { openText } from '@penstock/kernel/seal';
import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import { isOneOf } from '../model/visit-page.ts';
import { visitEvents } from '../model/visit-events.ts';
import { companyOfHost, isSameAddress, recordOf, reverseName } from '../model/visitor-host.ts';
import { recordSignals, type NewSignal } from '../record-signals.ts';
import type { ScoringPort } from '../scoring-port.ts';
import { SourceError } from '../source-port.ts';
import { contentHash } from '../take-finding.ts';
import type { NetworkOwner } from '../visit-port.ts';
import * as sql from './visit-statements.ts';

export type LookUpDeps = {
  store: Store;
  clock: Clock;
  secretKey: Buffer;
  scoring: ScoringPort;
  /** Names of an address, or addresses of a name. @throws SourceError if nobody answers */
  resolve: (workspaceId: string, name: string, type: 'PTR' | 'A' | 'AAAA') => Promise<string[]>;
  /** The IP-data vendor. @throws SourceError if it does not answer */
  ask: (workspaceId: string, tokenSealed: string, address: string) => Promise<NetworkOwner | null>;
};

type Found = { how: string; asked: boolean } & (
  | { domain: string; name: string }
  | { state: 'unmatched' | 'excluded' }
);

export const VISITS_SOURCE = 'visits';
const DAY_MS = 86_400_000;
const LEASE_MS = 60_000;
const AGAIN_MS = 5 * 60_000;
/** After so many tries within the hour nobody is asked any more, and the address is gone. */
const MOST_ATTEMPTS = 6;
const MONTH_DAYS = 30;
const WEEK_DAYS = 7;
const KEPT_DAYS = 90;
const BATCH = 50;

/** Finds out whose visits wait; several workers may. */
export async function lookUpVisits(deps: LookUpDeps): Promise<void> {
  for (const due of await deps.store.dueWork.dueVisits(deps.clock.now(), BATCH))
    await lookUpNetwork(deps, due);
}

/**
 * Finds out whose network some visits came from, once for all that wait, and tells what they say of the company. An address that nobody
 * answers for is asked about again within the hour, then given up and forgotten.
 * @returns what it is now; null if another worker is at it, or it has to be asked again
 */
export async function lookUpNetwork(
  deps: LookUpDeps,
  { workspaceId, network }: { workspaceId: string; network: string },
): Promise<sql.NetworkRow['state'] | null> {
  const { store, clock } = deps;
  const now = clock.now();
  const taken = await store.inWorkspace(workspaceId, async (tx) => ({
    visits: await tx.rows(sql.takeVisits, network, now, new Date(now.getTime() + LEASE_MS)),
    known: await maybeOne(tx, sql.readNetwork, network),
    settings: await maybeOne(tx, sql.readSettings),
  }));
  const { visits, known, settings } = taken;
  const [first] = visits;
  if (!first) return null;
  const ids = visits.map(({ id }) => id);
  if (known) return settle(deps, { workspaceId, network, ids, known }, null);
  if (first.addressSealed === null || settings === null)
    return settle(
      deps,
      { workspaceId, network, ids, known: null },
      { how: 'no address', asked: false, state: 'excluded' },
    );
  const address = openText(deps.secretKey, first.addressSealed);
  try {
    const found = await findOut(deps, workspaceId, address, settings);
    return await settle(deps, { workspaceId, network, ids, known: null }, found);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (first.attempts >= MOST_ATTEMPTS)
      return settle(
        deps,
        { workspaceId, network, ids, known: { state: 'unknown', how: 'nobody answered', accountId: null } },
        null,
      );
    await store.inWorkspace(workspaceId, (tx) =>
      tx.rows(sql.postponeVisits, ids, new Date(clock.now().getTime() + AGAIN_MS)),
    );
    return null;
  }
}

/** By the name of the address where the name leads back to it, else by the IP-data vendor. */
async function findOut(
  deps: LookUpDeps,
  workspaceId: string,
  address: string,
  settings: sql.SettingsRow,
): Promise<Found> {
  const where = reverseName(address);
  const [host] = where === null ? [] : await deps.resolve(workspaceId, where, 'PTR');
  const verdict = host === undefined ? null : companyOfHost(host, address);
  if (verdict && 'company' in verdict && host !== undefined) {
    // Anybody can name their own address after somebody else; only who owns the name can lead it back.
    const back = await deps.resolve(workspaceId, host.replace(/\.$/, ''), recordOf(address));
    if (back.some((one) => isSameAddress(one, address)))
      return { how: 'reverse_dns', asked: false, domain: verdict.company, name: verdict.company };
  }
  const carrier = verdict !== null && 'excluded' in verdict && verdict.excluded !== 'no_name';
  if (carrier) return { how: 'carrier', asked: false, state: 'excluded' };
  if (settings.ipTokenSealed === null) return { how: 'no name', asked: false, state: 'unmatched' };
  const since = new Date(deps.clock.now().getTime() - DAY_MS);
  const { asked } = await deps.store.inWorkspace(workspaceId, (tx) => one(tx, sql.countAsked, since));
  if (asked >= settings.dailyLookups) return { how: 'limit of the day', asked: false, state: 'unmatched' };
  const owner = await deps.ask(workspaceId, settings.ipTokenSealed, address);
  if (owner === null) return { how: 'ip_data', asked: true, state: 'unmatched' };
  if (owner.kind === 'carrier' || owner.kind === 'hosting')
    return { how: owner.kind, asked: true, state: 'excluded' };
  const domain = owner.domain === null ? null : registrableDomain(owner.domain);
  return domain === null
    ? { how: 'ip_data', asked: true, state: 'unmatched' }
    : { how: 'ip_data', asked: true, domain, name: owner.name };
}

type Waiting = { workspaceId: string; network: string; ids: string[]; known: sql.NetworkRow | null };

/** What is known now, in one transaction: the address gone, the visits the account's, and what they say of it. */
function settle(
  deps: LookUpDeps,
  { workspaceId, network, ids, known }: Waiting,
  found: Found | null,
): Promise<sql.NetworkRow['state']> {
  return deps.store.inWorkspace(workspaceId, async (tx) => {
    const now = deps.clock.now();
    const row = known ?? (await accountFor(tx, found, now));
    if (!known && found)
      await tx.rows(sql.keepNetwork, network, row.state, row.how, row.accountId, found.asked, now);
    await tx.rows(sql.settleVisits, ids, row.state, row.how, row.accountId);
    await emitEvents(tx, now, [{ kind: 'source.changed', payload: { what: 'visits' } }]);
    if (row.accountId !== null) await tellVisits(tx, row.accountId, now, deps.scoring);
    return row.state;
  });
}

async function accountFor(tx: Tx, found: Found | null, now: Date): Promise<sql.NetworkRow> {
  if (found === null) return { state: 'unknown', how: '', accountId: null };
  if ('state' in found) return { state: found.state, how: found.how, accountId: null };
  const { how, domain, name } = found;
  const settings = await maybeOne(tx, sql.readSettings);
  const mention = { name, formerNames: [], domain, ids: [], country: null, region: null, city: null };
  const as = { state: 'proposed', origin: 'signal', isTest: false, ownerId: null, now } as const;
  const known = await maybeOne(tx, sql.accountByDomain, domain);
  if (!known && settings?.proposes === false)
    return { state: 'unmatched', how: 'no account', accountId: null };
  const accountId = known?.id ?? (await findOrCreateAccount(tx, mention, as)).accountId;
  return { state: 'matched', how, accountId };
}

async function tellVisits(tx: Tx, accountId: string, now: Date, scoring: ScoringPort): Promise<void> {
  const ago = (days: number) => lowestIdAt(new Date(now.getTime() - days * DAY_MS));
  const dayBegan = lowestIdAt(new Date(`${now.toISOString().slice(0, 10)}T00:00:00.000Z`));
  const counts = await maybeOne(tx, sql.countVisits, accountId, ago(MONTH_DAYS), ago(WEEK_DAYS), dayBegan);
  if (!counts) return;
  const settings = await maybeOne(tx, sql.readSettings);
  const { name } = await one(tx, sql.nameOfAccount, accountId);
  const { path, today, visitors, days, paths, origin, at } = counts;
  const pricing = paths.find((page) => isOneOf(page, settings?.pricingPaths ?? [])) ?? null;
  const events = visitEvents(
    name,
    { path, today, pricingToday: pricing, visitorsOfWeek: visitors, days },
    now,
  );
  const quote = `Pages of today: ${paths.slice(0, 10).join(', ')}`;
  const signals = events.map((event): NewSignal => ({
    accountId,
    kind: 'visit',
    eventKey: `visit/${event.interest}/${accountId}/${event.period}`,
    strength: event.strength,
    summary: event.summary.slice(0, 300),
    facts: { interest: event.interest, visitsToday: today, visitors, days },
    source: VISITS_SOURCE,
    isTest: false,
    occurredAt: at,
    evidence: {
      url: origin + (event.interest === 'pricing' ? (pricing ?? path) : path),
      quote,
      quoteStart: 0,
      contentHash: contentHash(quote),
      fetchedAt: now,
    },
  }));
  await recordSignals(tx, signals, now, scoring);
}

/** What is past its term. */
export async function forgetOldVisits(
  { store, clock }: Pick<LookUpDeps, 'store' | 'clock'>,
  workspaceId: string,
): Promise<void> {
  const now = clock.now().getTime();
  await store.inWorkspace(workspaceId, (tx) =>
    tx.rows(sql.forgetVisits, lowestIdAt(new Date(now - KEPT_DAYS * DAY_MS)), new Date(now - 2 * DAY_MS)),
  );
}
