import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { findOrCreateAccount, type CompanyMention, type NewAccount } from './identify-company.ts';
import { companyNameKey } from './model/company-name.ts';
import { nameKeys, nameProbes } from './model/match-name.ts';

const lockIdentities = statement(
  'lock_company_identities',
  `select count(pg_advisory_xact_lock(hashtextextended($1::uuid::text || ':' || key, 0)))
   from (select key from unnest($2::text[]) as key order by key) k`,
);
const accountsByDomain = statement<{ domain: string; id: string }>(
  'accounts_by_domains',
  `select x.value as domain, coalesce(a.merged_into_id, a.id) as id from external_id x join account a on a.workspace_id = x.workspace_id and a.id = x.subject_id
   where x.workspace_id = $1 and x.system = 'dns' and x.kind = 'domain' and x.value = any($2::text[]) and x.subject_kind = 'account'`,
);
const takenKeys = statement<{ key: string }>(
  'taken_account_name_keys',
  'select distinct key from account_name_key where workspace_id = $1 and key = any($2::text[])',
);
const insertAccounts = statement(
  'insert_accounts',
  `insert into account (workspace_id, id, name, domain, state, country, origin, is_test, owner_id, created_at, updated_at)
   select $1::uuid, a.id, a.name, nullif(a.domain, ''), $5, nullif(a.country, ''), $6, $7, $8, $9::timestamptz, $9::timestamptz
   from unnest($2::uuid[], $3::text[], $4::text[], $10::text[]) as a (id, name, domain, country)`,
);
const insertKeys = statement(
  'insert_name_keys_of_accounts',
  `insert into account_name_key (workspace_id, key, account_id)
   select $1::uuid, k.key, k.id from unnest($2::text[], $3::uuid[]) as k (key, id) where k.key <> '' on conflict do nothing`,
);
const insertDomains = statement(
  'insert_domains_of_accounts',
  `insert into external_id (workspace_id, system, kind, value, subject_kind, subject_id, recorded_at)
   select $1::uuid, 'dns', 'domain', d.domain, 'account', d.id, $4::timestamptz from unnest($2::text[], $3::uuid[]) as d (domain, id) on conflict do nothing`,
);

export type NamedCompany = { name: string; domain: string | null; country: string | null };

/** The same company within a file: by domain, else by its name without case and legal form. */
export const companyKey = ({ name, domain }: Pick<NamedCompany, 'name' | 'domain'>): string =>
  domain ?? companyNameKey(name);

/** `waits`: the name fits several accounts, and what was told waits at one beside them until a person decides. `left_out`: nobody was to make it. */
export type SettledCompany =
  | { how: 'known' | 'made' | 'waits'; accountId: string; because: string }
  | { how: 'left_out'; because: string };

/** The accounts of many mentions, by `companyKey`, made where nobody knows them. */
export async function recordCompanies(
  tx: Tx,
  mentions: readonly NamedCompany[],
  as: NewAccount,
): Promise<Map<string, string>> {
  const settled = await settleCompanies(tx, mentions, as);
  return new Map(
    [...settled].flatMap(([key, company]) =>
      company.how === 'left_out' ? [] : [[key, company.accountId] as const],
    ),
  );
}

/**
 * What becomes of many mentions, by `companyKey`. Known domains are looked up, companies whose domain and names nobody has are made, all
 * in a few statements; what may be one of several is settled one by one, as a form's company is.
 * @param refuse why a company that nobody knows is not to be made; null for one that is
 */
export async function settleCompanies(
  tx: Tx,
  mentions: readonly NamedCompany[],
  as: NewAccount,
  refuse: (company: NamedCompany) => string | null = () => null,
): Promise<Map<string, SettledCompany>> {
  const wanted = new Map(mentions.map((mention) => [companyKey(mention), mention] as const).toReversed());
  wanted.delete('');
  if (wanted.size === 0) return new Map();
  await tx.rows(lockIdentities, [...wanted.keys()]);
  const domains = [...wanted.values()].flatMap(({ domain }) => domain ?? []);
  const found = new Map<string, SettledCompany>();
  for (const { domain, id } of await tx.rows(accountsByDomain, domains))
    found.set(domain, { how: 'known', accountId: id, because: `matched by domain ${domain}` });
  const open = [...wanted].filter(([key]) => !found.has(key));
  const taken = new Set(
    (await tx.rows(takenKeys, [...new Set(open.flatMap(([, { name }]) => nameProbes(name)))])).map(
      ({ key }) => key,
    ),
  );
  // Names within the file may be alike too: the second of them is settled against the first.
  const fresh: [string, NamedCompany][] = [];
  const doubtful: [string, NamedCompany][] = [];
  for (const [key, mention] of open) {
    const isNew = mention.name !== '' && !nameProbes(mention.name).some((probe) => taken.has(probe));
    const because = isNew ? refuse(mention) : null;
    if (because !== null) {
      found.set(key, { how: 'left_out', because });
      continue;
    }
    (isNew ? fresh : doubtful).push([key, mention]);
    if (isNew) for (const made of nameKeys(mention.name)) taken.add(made);
  }
  for (const [key, accountId] of await makeAccounts(tx, fresh, as))
    found.set(key, { how: 'made', accountId, because: 'neither its domain nor its name was known' });
  for (const [key, mention] of doubtful) {
    const { accountId, created, waits, because } = await findOrCreateAccount(tx, mentionOf(mention), as);
    found.set(key, { how: waits ? 'waits' : created ? 'made' : 'known', accountId, because });
  }
  return found;
}

const mentionOf = ({ name, domain, country }: NamedCompany): CompanyMention => ({
  name: name || (domain ?? ''),
  formerNames: [],
  domain,
  ids: [],
  country,
  region: null,
  city: null,
});

async function makeAccounts(
  tx: Tx,
  fresh: readonly [string, NamedCompany][],
  as: NewAccount,
): Promise<[string, string][]> {
  if (fresh.length === 0) return [];
  const made = fresh.map(([key, company]) => ({ key, company, id: newId(as.now) }));
  await tx.rows(
    insertAccounts,
    made.map(({ id }) => id),
    made.map(({ company }) => company.name),
    made.map(({ company }) => company.domain ?? ''),
    as.state,
    as.origin,
    as.isTest,
    as.ownerId,
    as.now,
    made.map(({ company }) => company.country ?? ''),
  );
  const keys = made.flatMap(({ company, id }) => nameKeys(company.name).map((key) => ({ key, id })));
  await tx.rows(
    insertKeys,
    keys.map(({ key }) => key),
    keys.map(({ id }) => id),
  );
  const domains = made.filter(({ company }) => company.domain !== null);
  await tx.rows(
    insertDomains,
    domains.map(({ company }) => company.domain),
    domains.map(({ id }) => id),
    as.now,
  );
  return made.map(({ key, id }) => [key, id]);
}
