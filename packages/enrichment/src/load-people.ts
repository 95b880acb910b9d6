import { suppressedOf } from '@penstock/accounts/suppression';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { readCallsOf, readObservationsOf } from './list-run/list-run-statements.ts';
import type { PersonState } from './plan-person.ts';
import { readCredentials, type ObservationRow, type PersonToEnrich } from './run-statements.ts';

const readPeople = statement<PersonToEnrich>(
  'read_people_to_plan',
  `select p.id, p.account_id as "accountId", p.given_name as "givenName", p.family_name as "familyName", p.email_key as "emailKey",
     a.name as "companyName", a.domain as "companyDomain", coalesce(p.country, a.country) as country, a.industry, a.employee_count as employees, p.erased_at is not null as erased
   from person p left join account a on a.workspace_id = p.workspace_id and a.id = p.account_id
   where p.workspace_id = $1 and p.id = any($2::uuid[])`,
);

/** What is known of a person, without a waterfall yet. */
export type KnownPerson = Omit<PersonState, 'waterfall'>;

/** People as the planner needs them, in the order of `ids`; those who objected to being looked up are left out. Nothing is written. */
export async function loadPeople(tx: Tx, ids: readonly string[], now: Date): Promise<KnownPerson[]> {
  const people = new Map((await tx.rows(readPeople, ids)).map((person) => [person.id, person]));
  const suppressed = await suppressedOf(
    tx,
    [...people.values()].flatMap(({ emailKey }) => emailKey ?? []),
  );
  const credentials = await tx.rows(readCredentials);
  const callsOf = Map.groupBy(await tx.rows(readCallsOf, ids), ({ personId }) => personId);
  const observationsOf = Map.groupBy(await tx.rows(readObservationsOf, ids), ({ personId }) => personId);
  return ids.flatMap((id) => {
    const person = people.get(id);
    if (!person || person.erased || (person.emailKey !== null && suppressed.has(person.emailKey))) return [];
    return {
      person,
      credentials,
      calls: callsOf.get(id) ?? [],
      observations: withOwnEmail(person, observationsOf.get(id) ?? [], now),
      failed: new Set<string>(),
      now,
    };
  });
}

/** The address by which a person is known is there to be verified, as in a real run. */
function withOwnEmail(person: PersonToEnrich, observations: ObservationRow[], now: Date): ObservationRow[] {
  if (person.emailKey === null || observations.some(({ field }) => field === 'work_email'))
    return observations;
  return [
    ...observations,
    {
      id: person.id,
      field: 'work_email',
      value: person.emailKey,
      provider: 'form',
      confidence: null,
      verification: null,
      lineType: null,
      occurredAt: now,
      expiresAt: null,
    },
  ];
}
