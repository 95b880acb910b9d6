import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { companyDomainOf } from '@penstock/accounts/model/email-address';
import { registrableDomain } from '@penstock/accounts/model/domain-name';
import { readTitle } from '@penstock/accounts/model/title-rules';
import { recordPerson } from '@penstock/accounts/record-person';
import { suppress } from '@penstock/accounts/suppression';
import { titleRules } from '@penstock/accounts/title-rules-document';
import { emitEvents } from '@penstock/store/outbox';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import * as sql from './champion-statements.ts';
import { SIGNAL_KINDS } from './model/signal-kind.ts';
import { recordSignals, type NewSignal } from './record-signals.ts';
import type { DepartureWords } from './report-departure.ts';
import type { ScoringPort } from './scoring-port.ts';

type Confirmed = {
  departureId: string;
  champion: sql.ChampionAt;
  reports: readonly sql.ReportRow[];
  decidedBy: string;
};
type Place = Pick<DepartureWords, 'newCompany' | 'newDomain' | 'newTitle' | 'newEmail'>;

/**
 * Tells what follows from a departure that is believed: a risk at the old account (and so on each of its open deals), an opportunity at
 * the new company where it is known, the old addresses suppressed, the person no longer among the account's people.
 */
export async function confirmDeparture(
  tx: Tx,
  { departureId, champion, reports, decidedBy }: Confirmed,
  now: Date,
  scoring: ScoringPort,
): Promise<{ signalId: string | null }> {
  const occurredAt = reports.reduce((at, report) => (report.occurredAt < at ? report.occurredAt : at), now);
  const old = await one(tx, sql.accountName, champion.accountId);
  const place = reports.findLast((report) => report.newCompany !== '' || report.newDomain !== null);
  const arrival = place ? await arrive(tx, champion, place, departureId, occurredAt, now) : null;
  const filed = reports.find(({ witness, url }) => witness === 'filing' && url !== '');
  const left: NewSignal = {
    ...shared(champion.accountId, occurredAt),
    kind: 'champion_departure',
    eventKey: `departure/${departureId}`,
    strength: SIGNAL_KINDS.champion_departure.defaultStrength,
    summary: `A champion of ours has left ${old.name}.`,
    facts: { origins: new Set(reports.map(({ origin }) => origin)).size },
    evidence: filed ? { ...filed, quoteStart: 0, fetchedAt: filed.recordedAt } : null,
  };
  const recorded = await recordSignals(tx, arrival ? [left, arrival.signal] : [left], now, scoring);
  const idOf = (key: string) => recorded.find(({ eventKey }) => eventKey === key)?.id ?? null;
  const signalId = idOf(left.eventKey);
  await tx.rows(
    sql.settleDeparture,
    departureId,
    'confirmed',
    decidedBy,
    now,
    signalId,
    arrival?.accountId ?? null,
    arrival ? idOf(arrival.signal.eventKey) : null,
  );
  await leaveAccount(tx, champion, occurredAt, now);
  await emitEvents(tx, now, [
    { kind: 'departure.changed', payload: { departureId } },
    { kind: 'person.changed', payload: { personId: champion.personId, accountId: champion.accountId } },
    { kind: 'account.changed', payload: { accountId: champion.accountId } },
  ]);
  return { signalId };
}

async function leaveAccount(tx: Tx, champion: sql.ChampionAt, leftAt: Date, now: Date): Promise<void> {
  const { personId } = champion;
  const person = await maybeOne(tx, sql.markLeft, personId, leftAt, now);
  await tx.rows(sql.setChampionState, personId, 'departed', 'penstock', now);
  const known = [
    person?.emailKey ?? '',
    ...(await tx.rows(sql.workAddresses, personId)).map((row) => row.address),
  ];
  // A private address still reaches them; only that of the old company is dead.
  const dead = known.filter((address) => address !== '' && companyDomainOf(address) !== null);
  if (dead.length > 0) await suppress(tx, [...new Set(dead)], 'left_company', now);
}

/** Where somebody went may be known only after it was told that they left. */
export async function tellArrival(
  tx: Tx,
  { departureId, champion, words }: { departureId: string; champion: sql.ChampionAt; words: DepartureWords },
  now: Date,
  scoring: ScoringPort,
): Promise<void> {
  if (words.newCompany === '' && words.newDomain === null) return;
  const known = await maybeOne(tx, sql.readNewPlace, departureId);
  if (known?.newAccountId) return;
  const arrival = await arrive(tx, champion, words, departureId, words.occurredAt, now);
  if (!arrival) return;
  const [recorded] = await recordSignals(tx, [arrival.signal], now, scoring);
  await tx.rows(sql.setNewPlace, departureId, arrival.accountId, recorded?.id ?? null);
  await emitEvents(tx, now, [{ kind: 'departure.changed', payload: { departureId } }]);
}

async function arrive(
  tx: Tx,
  champion: sql.ChampionAt,
  place: Place,
  departureId: string,
  occurredAt: Date,
  now: Date,
): Promise<{ accountId: string; signal: NewSignal } | null> {
  const domain =
    (place.newDomain === null ? null : registrableDomain(place.newDomain)) ??
    (place.newEmail === null ? null : companyDomainOf(place.newEmail));
  const name = place.newCompany || domain || '';
  if (name === '') return null;
  const mention = { name, formerNames: [], domain, ids: [], country: null, region: null, city: null };
  const as = { state: 'proposed', origin: 'signal', isTest: false, ownerId: null, now } as const;
  const { accountId } = await findOrCreateAccount(tx, mention, as);
  if (accountId === champion.accountId) return null;
  if (place.newEmail !== null) {
    const { givenName, familyName } = champion;
    const there = { email: place.newEmail, givenName, familyName, country: null, accountId };
    await recordPerson(tx, { ...there, origin: 'signal', isTest: false }, now);
  }
  const { name: accountName } = await one(tx, sql.accountName, accountId);
  const { seniority } = readTitle(place.newTitle, await titleRules(tx));
  return {
    accountId,
    signal: {
      ...shared(accountId, occurredAt),
      kind: 'executive_hire',
      eventKey: `departure/${departureId}/arrival`,
      strength: seniority === 'chief' || seniority === 'vice_president' ? 0.8 : 0.6,
      summary: `Somebody who championed us elsewhere now works at ${accountName}.`,
      facts: { championBefore: true },
      evidence: null,
    },
  };
}

const shared = (accountId: string, occurredAt: Date) => ({
  accountId,
  occurredAt,
  source: 'champions',
  isTest: false,
});
