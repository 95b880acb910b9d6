import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import { countYoungTables } from '@penstock/store/young-tables';

import { settleAmbiguous, type CompanyMention, type NewAccount } from './identify-company.ts';
import { companyNameKey } from './model/company-name.ts';
import { nameKeys } from './model/match-name.ts';
import { openNameBook, type NameBook } from './name-book.ts';

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
 * What becomes of many mentions, by `companyKey`. Known domains are looked up, then all names at once; who is known by neither is made.
 * What may be one of several gets an account of its own beside them, until a person decides. Names within the file may be alike too:
 * the second of them is settled against the first.
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
  const open = [...wanted].filter(([key]) => !found.has(key)).toReversed();
  if (open.length === 0) return found;
  const book = await openNameBook(
    tx,
    open.map(([, company]) => mentionOf(company)),
  );
  const fresh: Made[] = [];
  const renamed: Made[] = [];
  for (const [key, company] of open) {
    const mention = mentionOf(company);
    const match = book.choose(mention);
    if (match.kind === 'match') {
      const { candidate, because } = match;
      found.set(key, {
        how: 'known',
        accountId: candidate.id,
        because: `matched by name "${mention.name}" (${because})`,
      });
      renamed.push({ id: candidate.id, company: mention });
      continue;
    }
    const settled =
      match.kind === 'none' ? unknownCompany(mention, as, refuse) : await settleOf(tx, mention, as, match);
    found.set(key, settled);
    if (settled.how === 'left_out') continue;
    if (settled.how === 'made') fresh.push({ id: settled.accountId, company: mention });
    if (settled.how !== 'known')
      book.add({ ...mention, id: settled.accountId, ownerId: as.ownerId, state: as.state });
  }
  await makeAccounts(tx, fresh, as);
  await addDomains(tx, renamed, as.now);
  return found;
}

/** An account of its id, and the mention that it is of. */
type Made = { id: string; company: CompanyMention };

function unknownCompany(
  mention: CompanyMention,
  as: NewAccount,
  refuse: (company: NamedCompany) => string | null,
): SettledCompany {
  const because = refuse(mention);
  return because === null
    ? { how: 'made', accountId: newId(as.now), because: 'neither its domain nor its name was known' }
    : { how: 'left_out', because };
}

async function settleOf(
  tx: Tx,
  mention: CompanyMention,
  as: NewAccount,
  { candidates }: Extract<ReturnType<NameBook['choose']>, { kind: 'ambiguous' }>,
): Promise<SettledCompany> {
  const { accountId, waits, because } = await settleAmbiguous(
    tx,
    mention,
    as,
    candidates.map(({ candidate, score, because: why }) => ({ ...candidate, score, because: why })),
  );
  return { how: waits ? 'waits' : 'known', accountId, because };
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

async function makeAccounts(tx: Tx, made: readonly Made[], as: NewAccount): Promise<void> {
  if (made.length === 0) return;
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
  // Before their keys ask for each account.
  await countYoungTables(tx, made.length);
  const keys = made.flatMap(({ company, id }) => nameKeys(company.name).map((key) => ({ key, id })));
  await tx.rows(
    insertKeys,
    keys.map(({ key }) => key),
    keys.map(({ id }) => id),
  );
  await addDomains(tx, made, as.now);
}

async function addDomains(tx: Tx, told: readonly Made[], now: Date): Promise<void> {
  const domains = told.filter(({ company }) => company.domain !== null);
  if (domains.length === 0) return;
  await tx.rows(
    insertDomains,
    domains.map(({ company }) => company.domain),
    domains.map(({ id }) => id),
    now,
  );
}
