import { registrableDomain } from '@penstock/accounts/model/domain-name';
import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import * as sql from './champion-statements.ts';
import { confirmDeparture, tellArrival } from './confirm-departure.ts';
import { isConfirmed, isEnoughAlone, type Witness } from './model/departure.ts';
import type { ScoringPort } from './scoring-port.ts';

/** What somebody says of a champion's leaving. */
export type DepartureWords = {
  /** Whose word it is; a second report of one origin adds nothing. */
  origin: string;
  witness: Witness;
  /** The address that bounced or answered, or null. */
  address: string | null;
  quote: string;
  url: string;
  contentHash: string;
  newCompany: string;
  newDomain: string | null;
  newTitle: string;
  newEmail: string | null;
  occurredAt: Date;
};

/** For witnesses who can't know where somebody went. */
export const NOWHERE_KNOWN = { newCompany: '', newDomain: null, newTitle: '', newEmail: null } as const;

export type DepartureTaken = {
  outcome: 'not_watched' | 'repeated' | 'open' | 'confirmed';
  departureId: string | null;
};

/** The policy under which champions are watched, or null: then nothing is watched, asked or kept. */
export async function watchingPolicy(tx: Tx): Promise<sql.PolicyRow | null> {
  const policy = await maybeOne(tx, sql.readPolicy);
  return policy?.active ? policy : null;
}

/** When something kept from now on is forgotten. */
export function retainedUntil(policy: Pick<sql.PolicyRow, 'retentionMonths'>, from: Date): Date {
  const until = new Date(from);
  until.setUTCMonth(until.getUTCMonth() + policy.retentionMonths);
  return until;
}

/**
 * Takes a word on a champion's leaving, in the caller's transaction. Until it is confirmed it is on the review list and nobody else is
 * told; what confirms it tells the deals, the new company and the suppression list at once. Nothing is kept while watching is off.
 */
export async function reportDeparture(
  tx: Tx,
  champion: sql.ChampionAt,
  words: DepartureWords,
  now: Date,
  scoring: ScoringPort,
): Promise<DepartureTaken> {
  const policy = await watchingPolicy(tx);
  if (policy === null) return { outcome: 'not_watched', departureId: null };
  const expiresAt = retainedUntil(policy, now);
  const { personId, accountId } = champion;
  const departure = await one(tx, sql.openDeparture, newId(now), personId, accountId, now, expiresAt);
  const departureId = departure.id;
  if (!(await insertWords(tx, departureId, champion, words, now)))
    return { outcome: 'repeated', departureId };
  if (departure.state === 'confirmed') {
    await tellArrival(tx, { departureId, champion, words }, now, scoring);
    return { outcome: 'confirmed', departureId };
  }
  if (departure.state === 'dismissed') await tx.rows(sql.reopenDeparture, departureId);
  const { decidedAt } = departure;
  const reports = (await tx.rows(sql.readReports, departureId)).filter(
    ({ recordedAt }) => decidedAt === null || recordedAt > decidedAt,
  );
  if (isConfirmed(reports)) {
    await confirmDeparture(tx, { departureId, champion, reports, decidedBy: 'penstock' }, now, scoring);
    return { outcome: 'confirmed', departureId };
  }
  await emitEvents(tx, now, [{ kind: 'departure.changed', payload: { departureId } }]);
  return { outcome: 'open', departureId };
}

async function insertWords(
  tx: Tx,
  departureId: string,
  champion: sql.ChampionAt,
  words: DepartureWords,
  now: Date,
): Promise<boolean> {
  const inserted = await tx.rows(
    sql.insertReport,
    newId(now),
    departureId,
    champion.personId,
    words.origin,
    words.witness,
    isEnoughAlone(words.witness, isFromEmployer(champion, words.address)),
    words.quote,
    words.url,
    words.contentHash,
    words.newCompany,
    words.newDomain,
    words.newTitle,
    words.newEmail,
    words.occurredAt > now ? now : words.occurredAt,
    now,
  );
  return inserted.length > 0;
}

/** True if the address is of the company that the champion is said to have left. */
function isFromEmployer({ accountDomain }: sql.ChampionAt, address: string | null): boolean {
  return (
    address !== null &&
    accountDomain !== null &&
    registrableDomain(address) === registrableDomain(accountDomain)
  );
}
