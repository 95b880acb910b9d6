import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';

import {
  accountByExternalId,
  accountsByNameKey,
  insertAccount,
  insertExternalIds,
  insertNameKeys,
  insertReview,
  readReview,
  type AccountIdentity,
} from './identity-statements.ts';
import { companyNameKey } from './model/company-name.ts';
import { chooseByName, exactProbes, likeProbes, nameKeys } from './model/match-name.ts';

export type ExternalId = { system: string; kind: string; value: string };

/** A company as somebody names it: a form, a filing, a file. */
export type CompanyMention = {
  name: string;
  formerNames: readonly string[];
  domain: string | null;
  ids: readonly ExternalId[];
  country: string | null;
  region: string | null;
  city: string | null;
};

export type CompanyMatch =
  | { kind: 'known'; account: AccountIdentity; because: string; by: 'id' | 'name'; score: number }
  | { kind: 'ambiguous'; candidates: (AccountIdentity & { score: number; because: string })[] }
  | { kind: 'unknown' };

const domainId = (domain: string): ExternalId => ({ system: 'dns', kind: 'domain', value: domain });

/**
 * Which account is meant: by an id of another system, by domain, then by any of its names. A name that fits several accounts
 * is ambiguous and never settled silently. Names shared by accounts of different domains don't decide against a domain.
 */
export async function identifyCompany(tx: Tx, mention: CompanyMention): Promise<CompanyMatch> {
  const ids = mention.domain === null ? mention.ids : [...mention.ids, domainId(mention.domain)];
  for (const id of ids) {
    const account = await maybeOne(tx, accountByExternalId, id.system, id.kind, id.value);
    if (account) return { kind: 'known', account, because: `${id.kind} ${id.value}`, by: 'id', score: 1 };
  }
  return identifyByName(tx, mention);
}

async function identifyByName(tx: Tx, mention: CompanyMention): Promise<CompanyMatch> {
  const names = [mention.name, ...mention.formerNames].filter((name) => companyNameKey(name) !== '');
  if (names.length === 0) return { kind: 'unknown' };
  const keysBy = (probes: (name: string) => string[]) => [...new Set(names.flatMap(probes))];
  const named = await tx.rows(accountsByNameKey, keysBy(exactProbes), keysBy(likeProbes));
  const fitting = mention.domain === null ? named : named.filter((account) => account.domain === null);
  const { country, region, city } = mention;
  const found = chooseByName({ names, country, region, city }, fitting);
  if (found.kind === 'none') return { kind: 'unknown' };
  if (found.kind === 'ambiguous')
    return {
      kind: 'ambiguous',
      candidates: found.candidates.map(({ candidate, score, because }) => ({ ...candidate, score, because })),
    };
  return {
    kind: 'known',
    account: found.candidate,
    by: 'name',
    score: found.score,
    because: `name "${mention.name}" (${found.because})`,
  };
}

export type NewAccount = {
  state: 'active' | 'proposed';
  origin: 'form' | 'signal' | 'import' | 'manual' | 'sandbox';
  isTest: boolean;
  ownerId: string | null;
  now: Date;
};

/** Makes the account of a mention, with its domain, ids and every name it goes by. */
export async function createAccount(tx: Tx, mention: CompanyMention, as: NewAccount): Promise<string> {
  const id = newId(as.now);
  await tx.rows(
    insertAccount,
    id,
    mention.name,
    mention.domain,
    as.state,
    mention.country,
    mention.region,
    mention.city,
    as.origin,
    as.isTest,
    as.ownerId,
    as.now,
  );
  await rememberIdentity(tx, id, mention, as.now);
  return id;
}

/** Adds to a known account what a new mention tells of its identity. */
export async function rememberIdentity(
  tx: Tx,
  accountId: string,
  mention: CompanyMention,
  now: Date,
): Promise<void> {
  await tx.rows(insertNameKeys, accountId, [
    ...new Set([mention.name, ...mention.formerNames].flatMap(nameKeys)),
  ]);
  const ids = mention.domain === null ? mention.ids : [...mention.ids, domainId(mention.domain)];
  if (ids.length === 0) return;
  await tx.rows(
    insertExternalIds,
    ids.map((id) => id.system),
    ids.map((id) => id.kind),
    ids.map((id) => id.value),
    'account',
    accountId,
    now,
  );
}

const lockIdentity = statement(
  'lock_company_identity',
  `select pg_advisory_xact_lock(hashtextextended($1::uuid::text || ':' || $2::text, 0))`,
);

/** Two callers with the same company wait for each other. */
export async function lockCompanyIdentity(tx: Tx, mention: CompanyMention): Promise<void> {
  await tx.rows(lockIdentity, mention.domain ?? companyNameKey(mention.name));
}

/**
 * The account of a mention, made if nobody knows it. Two callers with the same company wait for each other instead of making it
 * twice. An ambiguous name gives a new account beside the candidates, which the answer names.
 */
export async function findOrCreateAccount(tx: Tx, mention: CompanyMention, as: NewAccount): Promise<Found> {
  await lockCompanyIdentity(tx, mention);
  const match = await identifyCompany(tx, mention);
  if (match.kind === 'known') {
    // A spelling that was only alike is not a name it goes by: one error would lead to the next.
    const told = match.by === 'id' ? mention : { ...mention, name: match.account.name, formerNames: [] };
    await rememberIdentity(tx, match.account.id, told, as.now);
    return {
      accountId: match.account.id,
      ownerId: match.account.ownerId,
      created: false,
      waits: false,
      because: `matched by ${match.because}`,
    };
  }
  return match.kind === 'ambiguous'
    ? settleAmbiguous(tx, mention, as, match.candidates)
    : {
        accountId: await createAccount(tx, mention, as),
        ownerId: as.ownerId,
        created: true,
        waits: false,
        because: 'new: neither domain, ids nor name were known',
      };
}

/** `waits`: a person has to settle which account is meant. */
type Found = {
  accountId: string;
  ownerId: string | null;
  created: boolean;
  waits: boolean;
  because: string;
};

/** What a person answered for this mention before; otherwise an account of its own, beside the candidates, until one does. */
export async function settleAmbiguous(
  tx: Tx,
  mention: CompanyMention,
  as: NewAccount,
  candidates: readonly (AccountIdentity & { score: number; because: string })[],
): Promise<Found> {
  const place = [mention.city, mention.region, mention.country].filter((part) => part !== null).join(', ');
  const key = [companyNameKey(mention.name), mention.domain ?? '', place.toLowerCase()].join('|');
  const review = await maybeOne(tx, readReview, key);
  if (review) {
    const because =
      review.answerAccountId === null
        ? 'waits for a person to settle its name'
        : 'settled by a person before';
    return {
      accountId: review.answerAccountId ?? review.accountId,
      ownerId: review.ownerId,
      created: false,
      waits: review.answerAccountId === null,
      because,
    };
  }
  const accountId = await createAccount(tx, mention, as);
  await tx.rows(
    insertReview,
    newId(as.now),
    key,
    mention.name,
    place,
    accountId,
    candidates.map((candidate) => candidate.id),
    candidates.map((candidate) => candidate.score),
    candidates.map((candidate) => candidate.because),
    as.now,
  );
  const because = `new: the name fits ${candidates.length === 1 ? 'an account' : `${candidates.length} accounts`} that may be another company, which a person has to settle`;
  return { accountId, ownerId: as.ownerId, created: true, waits: true, because };
}
