import { companyNameKey } from '@penstock/accounts/model/company-name';
import { DomainError } from '@penstock/kernel/domain-error';
import type { Tx } from '@penstock/store/tx';
import { z } from 'zod';

import { adaptersIn, type Catalogue } from '../described-providers.ts';
import { keyFor } from '../model/keys.ts';
import { positionsOf, type Persona } from '../model/personas.ts';
import { barredBecause } from '../model/provider-terms.ts';
import type { Capability, ProviderAdapter } from '../provider-port.ts';
import { readCredentials, type CredentialRow } from '../run-statements.ts';
import { searchedSince, searchLockOf, searchOf, type SearchAccount } from '../search-people.ts';
import { MOST_ACCOUNTS, Personas } from './make-search.ts';
import * as sql from './search-statements.ts';

export const AccountsToSearch = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), ids: z.array(z.uuid()).min(1, 'names no account').max(MOST_ACCOUNTS) }),
  z.object({ kind: z.literal('list'), listId: z.uuid() }),
  /** Those that a file of target accounts names. */
  z.object({ kind: z.literal('file'), fileId: z.uuid() }),
  /** Those that fit the profile in force at least so much, from 0 to 100, as they were scored last. */
  z.object({ kind: z.literal('fit'), minFit: z.number().min(0).max(100) }),
  /** All that a search of the accounts shows: by the beginning of a name or by domain; empty for all. */
  z.object({ kind: z.literal('view'), search: z.string().trim().max(120).default('') }),
]);
export const WhomToSearch = { accounts: AccountsToSearch, personas: Personas };

/** @throws DomainError `invalid` if that is nobody, or too many */
export async function accountsOf(
  tx: Tx,
  accounts: z.output<typeof AccountsToSearch>,
): Promise<SearchAccount[]> {
  const search = accounts.kind === 'view' ? accounts.search : '';
  const key = companyNameKey(search);
  const found = await tx.rows(
    sql.readAccountsToSearch,
    accounts.kind === 'ids' ? [...new Set(accounts.ids)] : null,
    accounts.kind === 'list' ? accounts.listId : null,
    MOST_ACCOUNTS + 1,
    accounts.kind === 'file' ? accounts.fileId : null,
    accounts.kind === 'fit' ? accounts.minFit : null,
    key,
    `${key}\uFFFF`,
    search.toLowerCase(),
  );
  const refuse = (problem: string, remedy: string) =>
    new DomainError('invalid', `accounts: ${problem}. ${remedy}`, {
      issues: [{ field: 'accounts', problem, remedy }],
    });
  if (found.length === 0)
    throw refuse('names no accepted account', 'Accept proposed accounts first, or choose others.');
  if (found.length > MOST_ACCOUNTS)
    throw refuse(`are more than ${MOST_ACCOUNTS}`, 'Narrow the choice, or take some of them.');
  return found;
}

type Line = { adapter: ProviderAdapter; capability: Capability; keys: readonly CredentialRow[] };
type Skipped = { because: string; accounts: number };

/** Which accounts a provider can be asked about, and why not about the others. */
export async function askableOf(
  tx: Tx,
  { adapter, capability, keys }: Line,
  accounts: readonly SearchAccount[],
  personas: readonly Persona[],
  now: Date,
): Promise<{ askable: SearchAccount[]; skipped: Skipped[] }> {
  const { id, name } = adapter.manifest;
  const titles = positionsOf(personas);
  const locks = accounts.map((account) => searchLockOf(account, id, titles));
  const before = new Set(
    (await tx.rows(sql.searchedBefore, locks, searchedSince(now))).map(({ key }) => key),
  );
  const needsDomain = capability.needs.every((names) => names.includes('companyDomain'));
  const whys = accounts.map((account, at) => {
    const key = keyFor(keys, id, account.id);
    if (!key) return `${name} has no key`;
    if (before.has(locks[at] ?? '')) return 'were asked about within 30 days';
    if (account.domain === null && needsDomain) return 'have no domain';
    return barredBecause(key, account.country) === null ? null : 'are in a country where it may not be asked';
  });
  const skipped = [
    ...Map.groupBy(
      whys.filter((why) => why !== null),
      (why) => why,
    ),
  ];
  return {
    askable: accounts.filter((_, at) => whys[at] === null),
    skipped: skipped.map(([because, of]) => ({ because, accounts: of.length })),
  };
}

export async function linesOf(tx: Tx, deps: Catalogue): Promise<Line[]> {
  const keys = await tx.rows(readCredentials);
  return [...(await adaptersIn(tx, deps)).values()].flatMap((adapter) => {
    const capability = searchOf(adapter);
    return capability && keys.some(({ provider }) => provider === adapter.manifest.id)
      ? [{ adapter, capability, keys }]
      : [];
  });
}
