import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import type { CompanyMention } from './identify-company.ts';
import type { NamedAccount } from './identity-statements.ts';
import { companyNameKey } from './model/company-name.ts';
import { chooseByName, nameKeys, nameProbes, type NameMatch } from './model/match-name.ts';

/**
 * Accounts under each key ($2), of the first 600 that share it at most 200; where $3 is false, those without a domain alone. A beginning
 * that more share tells little.
 */
const accountsOfKeys = statement<{ key: string; id: string }>(
  'accounts_of_name_keys',
  `select u.key, l.account_id as id from unnest($2::text[], $3::boolean[]) as u (key, any_domain)
   cross join lateral (
     select f.account_id from (select k.account_id from account_name_key k where k.workspace_id = $1 and k.key = u.key limit 600) f
     where u.any_domain or exists (select 1 from account a where a.workspace_id = $1 and a.id = f.account_id and a.domain is null)
     limit 200) l`,
);
const accountsNamed = statement<NamedAccount>(
  'accounts_with_names',
  `select l.*, array(select n.key from account_name_key n where n.workspace_id = $1 and n.account_id = l.id and left(n.key, 1) <> '~') as names
   from unnest($2::uuid[]) as u (id) cross join lateral (
     select a.id, a.name, a.domain, a.owner_id as "ownerId", a.state, a.country, a.region, a.city
     from account a where a.workspace_id = $1 and a.id = u.id and a.state in ('active', 'proposed') offset 0) l`,
);

export type NameBook = {
  /** Which of the accounts a mention means by its name; a domain of its own is held against those that have one. */
  choose(mention: CompanyMention): NameMatch<NamedAccount>;
  /** An account that has just been made. */
  add(account: Omit<NamedAccount, 'names'>): void;
};

/** Every account that any of the mentions may mean by its name, read at once. */
export async function openNameBook(tx: Tx, mentions: readonly CompanyMention[]): Promise<NameBook> {
  const wanted = new Map<string, boolean>();
  for (const { name, domain } of mentions)
    for (const key of nameProbes(name)) wanted.set(key, wanted.get(key) === true || domain === null);
  const found = await tx.rows(accountsOfKeys, [...wanted.keys()], [...wanted.values()]);
  const read = await tx.rows(accountsNamed, [...new Set(found.map(({ id }) => id))]);
  const accounts = new Map(read.map((account) => [account.id, account]));
  const byKey = new Map<string, NamedAccount[]>();
  const put = (key: string, account: NamedAccount) => {
    const others = byKey.get(key);
    if (others) others.push(account);
    else byKey.set(key, [account]);
  };
  for (const { key, id } of found) {
    const account = accounts.get(id);
    if (account) put(key, account);
  }
  return {
    choose(mention) {
      const alike = new Set(nameProbes(mention.name).flatMap((key) => byKey.get(key) ?? []));
      const fitting = [...alike].filter(({ domain }) => mention.domain === null || domain === null);
      return chooseByName({ ...mention, names: [mention.name] }, fitting);
    },
    add(account) {
      if (accounts.has(account.id)) return;
      const named = { ...account, names: [companyNameKey(account.name)] };
      accounts.set(named.id, named);
      for (const key of new Set(nameKeys(account.name))) put(key, named);
    },
  };
}
