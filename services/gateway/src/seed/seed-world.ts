import { companyNameKey } from '@penstock/accounts/model/company-name';
import { emailKey } from '@penstock/accounts/model/email-address';
import { idFromKey } from '@penstock/kernel/ids';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals, type NewSignal } from '@penstock/signals/record-signals';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';
import type { Tx } from '@penstock/store/tx';
import type { World, WorldCompany } from '@penstock/sandbox/world/world';

import { DAY_MS, drawnSignals } from './drawn-signals.ts';
import { seedValues } from './seed-values.ts';

const seedAccounts = statement(
  'seed_accounts',
  `insert into account (workspace_id, id, name, domain, owner_id, industry, employee_count, annual_revenue_usd, country, region, city, origin, created_at, updated_at)
   select $1::uuid, a.id, a.name, a.domain, a.owner_id, a.industry, a.employees, a.revenue, a.country, a.region, a.city, 'sandbox', $3::timestamptz, $3::timestamptz
   from jsonb_to_recordset($2::jsonb) as a (id uuid, name text, domain text, owner_id text, industry text, employees int, revenue bigint, country text, region text, city text)
   on conflict do nothing`,
);
const seedNameKeys = statement(
  'seed_name_keys',
  `insert into account_name_key (workspace_id, key, account_id) select $1::uuid, k.key, k.account_id from unnest($2::text[], $3::uuid[]) as k (key, account_id) on conflict do nothing`,
);
const seedExternalIds = statement(
  'seed_external_ids',
  `insert into external_id (workspace_id, system, kind, value, subject_kind, subject_id, recorded_at)
   select $1::uuid, x.system, x.kind, x.value, 'account', x.subject_id, $6::timestamptz from unnest($2::text[], $3::text[], $4::text[], $5::uuid[]) as x (system, kind, value, subject_id) on conflict do nothing`,
);
const seedPeople = statement(
  'seed_people',
  `insert into person (workspace_id, id, account_id, given_name, family_name, email_key, country, origin, created_at, updated_at)
   select $1::uuid, p.id, p.account_id, p.given, p.family, p.email, p.country, 'sandbox', $3::timestamptz, $3::timestamptz
   from jsonb_to_recordset($2::jsonb) as p (id uuid, account_id uuid, given text, family text, email text, country text) on conflict do nothing`,
);

export const accountIdOf = (company: Pick<WorldCompany, 'key'>) =>
  idFromKey(`sandbox:account:${company.key}`);
export const personIdOf = (key: string) => idFromKey(`sandbox:person:${key}`);

/** Every fourth company is one the CRM does not know yet: forms and filings make it. */
export const isKnown = (index: number): boolean => index % 4 !== 3;
const PEOPLE_KNOWN_PER_COMPANY = 2;

/** The CRM's part of the invented world: companies with gaps in their facts, a few people of each, two months of signals. */
export async function seedWorld(
  store: Store,
  workspaceId: string,
  world: World,
  ownerIds: readonly string[],
  now: Date,
): Promise<void> {
  const known = world.companies.filter((_, index) => isKnown(index));
  const since = new Date(now.getTime() - 60 * DAY_MS);
  await store.inWorkspace(workspaceId, async (tx) => {
    await writeCompanies(tx, known, ownerIds, since);
    await writePeople(tx, world, known, since);
  });
  const signals = known
    .flatMap((company): NewSignal[] => drawnSignals(company, accountIdOf(company), now))
    .toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  await store.inWorkspace(workspaceId, (tx) => recordSignals(tx, signals, now, scoringPort));
}

async function writeCompanies(
  tx: Tx,
  known: readonly WorldCompany[],
  ownerIds: readonly string[],
  since: Date,
): Promise<void> {
  const rows = known.map((company, index) => ({
    id: accountIdOf(company),
    name: company.name,
    domain: company.domain,
    owner_id: ownerIds.length > 0 ? (ownerIds[index % (ownerIds.length + 1)] ?? null) : null,
    // Gaps as in any CRM: enrichment fills them.
    industry: index % 5 === 0 ? null : company.industry,
    employees: index % 3 === 0 ? null : company.employees,
    revenue: company.revenueUsd,
    country: company.country,
    region: company.region,
    city: company.city,
  }));
  await tx.rows(seedAccounts, JSON.stringify(rows), since);
  await tx.rows(
    seedNameKeys,
    known.map((company) => companyNameKey(company.name)),
    known.map(accountIdOf),
  );
  const ids = known.flatMap((company) => [
    { system: 'dns', kind: 'domain', value: company.domain, id: accountIdOf(company) },
    ...(company.cik === null
      ? []
      : [{ system: 'sec', kind: 'cik', value: company.cik, id: accountIdOf(company) }]),
  ]);
  await tx.rows(
    seedExternalIds,
    ids.map((one) => one.system),
    ids.map((one) => one.kind),
    ids.map((one) => one.value),
    ids.map((one) => one.id),
    since,
  );
}

async function writePeople(tx: Tx, world: World, known: readonly WorldCompany[], since: Date): Promise<void> {
  const byCompany = Map.groupBy(world.people, (person) => person.companyKey);
  const people = known.flatMap((company) =>
    (byCompany.get(company.key) ?? [])
      .slice(0, PEOPLE_KNOWN_PER_COMPANY)
      .map((person) => ({ person, company })),
  );
  const rows = people.map(({ person, company }) => ({
    id: personIdOf(person.key),
    account_id: accountIdOf(company),
    given: person.givenName,
    family: person.familyName,
    email: emailKey(person.email),
    country: person.country,
  }));
  await tx.rows(seedPeople, JSON.stringify(rows), since);
  await seedValues(
    tx,
    people.map(({ person }) => person),
    personIdOf,
    since,
  );
}
