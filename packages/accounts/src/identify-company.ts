import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';

import {
  accountByExternalId,
  accountsByNameKey,
  insertAccount,
  insertExternalIds,
  insertNameKeys,
  type AccountIdentity,
} from './identity-statements.ts';
import { companyNameKey } from './model/company-name.ts';

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
  | { kind: 'known'; account: AccountIdentity; because: string }
  | { kind: 'ambiguous'; candidates: AccountIdentity[] }
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
    if (account) return { kind: 'known', account, because: `${id.kind} ${id.value}` };
  }
  const keys = [mention.name, ...mention.formerNames].map(companyNameKey).filter((key) => key !== '');
  if (keys.length === 0) return { kind: 'unknown' };
  const named = await tx.rows(accountsByNameKey, keys);
  const fitting = mention.domain === null ? named : named.filter((account) => account.domain === null);
  const [only] = fitting;
  if (only === undefined) return { kind: 'unknown' };
  if (fitting.length > 1) return { kind: 'ambiguous', candidates: fitting };
  return { kind: 'known', account: only, because: `name "${mention.name}"` };
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
    ...new Set([mention.name, ...mention.formerNames].map(companyNameKey)),
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

/**
 * The account of a mention, made if nobody knows it. Two callers with the same company wait for each other instead of making it
 * twice. An ambiguous name gives a new account beside the candidates, which the answer names.
 */
export async function findOrCreateAccount(
  tx: Tx,
  mention: CompanyMention,
  as: NewAccount,
): Promise<{ accountId: string; ownerId: string | null; created: boolean; because: string }> {
  await tx.rows(lockIdentity, mention.domain ?? companyNameKey(mention.name));
  const match = await identifyCompany(tx, mention);
  if (match.kind === 'known') {
    await rememberIdentity(tx, match.account.id, mention, as.now);
    return {
      accountId: match.account.id,
      ownerId: match.account.ownerId,
      created: false,
      because: `matched by ${match.because}`,
    };
  }
  const accountId = await createAccount(tx, mention, as);
  const because =
    match.kind === 'ambiguous'
      ? `new: the name fits ${match.candidates.length} accounts, which a person has to settle`
      : 'new: neither domain, ids nor name were known';
  return { accountId, ownerId: as.ownerId, created: true, because };
}
