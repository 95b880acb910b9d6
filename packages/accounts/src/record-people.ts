import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import { countYoungTables } from '@penstock/store/young-tables';

import type { PersonMention } from './record-person.ts';

const findByEmail = statement<{ id: string; emailKey: string }>(
  'people_by_emails',
  `select coalesce(merged_into_id, id) as id, email_key as "emailKey" from person where workspace_id = $1 and email_key = any($2::text[])`,
);
const findOfAccounts = statement<{ id: string; accountId: string; name: string; hasAddress: boolean }>(
  'people_of_accounts',
  `select id, account_id as "accountId", lower(given_name || ' ' || family_name) as name, email_key is not null as "hasAddress" from person
   where workspace_id = $1 and account_id = any($2::uuid[]) and erased_at is null and merged_into_id is null`,
);
const insertPeople = statement<{ id: string; emailKey: string | null }>(
  'insert_people',
  `insert into person (workspace_id, id, account_id, given_name, family_name, email_key, country, origin, is_test, created_at, updated_at)
   select $1::uuid, p.id, p.account_id, p.given_name, p.family_name, nullif(p.email_key, ''), nullif(p.country, ''), $8, false, $9::timestamptz, $9::timestamptz
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) as p (id, account_id, given_name, family_name, email_key, country)
   on conflict (workspace_id, email_key) where email_key is not null do update set account_id = coalesce(person.account_id, excluded.account_id)
   returning coalesce(merged_into_id, id) as id, email_key as "emailKey"`,
);
/** What was unknown of people is filled in, nothing is overwritten; an address only where nobody has it. */
const fillPeople = statement(
  'fill_people',
  `update person p set account_id = coalesce(p.account_id, f.account_id), given_name = case when p.given_name = '' then f.given_name else p.given_name end,
     family_name = case when p.family_name = '' then f.family_name else p.family_name end, country = coalesce(p.country, nullif(f.country, '')),
     email_key = coalesce(p.email_key, nullif(f.email_key, '')), updated_at = $8
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) as f (id, account_id, given_name, family_name, email_key, country)
   where p.workspace_id = $1 and p.id = f.id`,
);

export type PersonOfFile = Pick<PersonMention, 'givenName' | 'familyName' | 'country' | 'accountId'> & {
  /** In lower case; null for who is known by name and company only. */
  emailKey: string | null;
};

/**
 * Finds many people by address, else by name within their company, or makes them. What was unknown of them is filled in, nothing is
 * overwritten. Two mentions of one person give one id.
 * @param joins true where somebody with an address is taken for one of the same name in the company of whom no address is known
 * @returns in the order of `people`
 */
export async function recordPeople(
  tx: Tx,
  people: readonly PersonOfFile[],
  now: Date,
  joins = false,
): Promise<{ id: string; created: boolean }[]> {
  const known = await openBook(tx, people, joins);
  const fresh: (PersonOfFile & { id: string })[] = [];
  const seen = new Map<string, PersonOfFile & { id: string }>();
  const placed = people.map((person) => {
    const id = known.find(person);
    if (id !== undefined) {
      if (!known.isNew(id) && !seen.has(id)) seen.set(id, { ...person, id });
      return { id, created: false };
    }
    const made = { ...person, id: newId(now) };
    fresh.push(made);
    known.add(made);
    return { id: made.id, created: true };
  });
  const renamed = new Map<string, string>();
  if (fresh.length > 0) {
    const rows = await tx.rows(insertPeople, ...columnsOf(fresh), 'import', now);
    await countYoungTables(tx, fresh.length);
    const idOf = new Map(
      rows.flatMap(({ id, emailKey }) => (emailKey === null ? [] : [[emailKey, id] as const])),
    );
    // Somebody else made the same person in this very moment.
    for (const { id, emailKey } of fresh)
      if (emailKey !== null && idOf.get(emailKey) !== id) renamed.set(id, idOf.get(emailKey) ?? id);
  }
  if (seen.size > 0) await tx.rows(fillPeople, ...columnsOf([...seen.values()]), now);
  return placed.map(({ id, created }) => ({
    id: renamed.get(id) ?? id,
    created: created && !renamed.has(id),
  }));
}

const columnsOf = (people: readonly (PersonOfFile & { id: string })[]) =>
  [
    people.map(({ id }) => id),
    people.map(({ accountId }) => accountId),
    people.map(({ givenName }) => givenName),
    people.map(({ familyName }) => familyName),
    people.map(({ emailKey }) => emailKey ?? ''),
    people.map(({ country }) => country ?? ''),
  ] as const;

const nameOf = ({ givenName, familyName }: PersonOfFile): string =>
  `${givenName} ${familyName}`.toLowerCase();

/** Who is there already, by address and by name within a company. */
async function openBook(tx: Tx, people: readonly PersonOfFile[], joins: boolean) {
  const byEmail = new Map<string, string>();
  const byName = new Map<string, string>();
  const withoutAddress = new Map<string, string>();
  const made = new Set<string>();
  for (const { id, emailKey } of await tx.rows(findByEmail, [
    ...new Set(people.flatMap((one) => one.emailKey ?? [])),
  ]))
    byEmail.set(emailKey, id);
  // Who comes with an address is known by it alone: two people of one company may share a name.
  const nameless = joins ? people : people.filter(({ emailKey }) => emailKey === null);
  const accounts = [...new Set(nameless.flatMap(({ accountId }) => accountId ?? []))];
  if (accounts.length > 0)
    for (const { id, accountId, name, hasAddress } of await tx.rows(findOfAccounts, accounts)) {
      byName.set(`${accountId} ${name}`, id);
      if (joins && !hasAddress) withoutAddress.set(`${accountId} ${name}`, id);
    }
  return {
    find: (person: PersonOfFile) =>
      person.emailKey === null
        ? byName.get(`${person.accountId} ${nameOf(person)}`)
        : (byEmail.get(person.emailKey) ?? withoutAddress.get(`${person.accountId} ${nameOf(person)}`)),
    add(person: PersonOfFile & { id: string }) {
      made.add(person.id);
      if (person.emailKey !== null) byEmail.set(person.emailKey, person.id);
      byName.set(`${person.accountId} ${nameOf(person)}`, person.id);
    },
    isNew: (id: string) => made.has(id),
  };
}
