import { idFromKey } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import type { WorldPerson } from '@penstock/sandbox/world/world';

import { drawn } from './drawn-signals.ts';

const seedObservations = statement(
  'seed_observations',
  `insert into observation (workspace_id, id, person_id, field, value, provider, verification, line_type, lawful_basis, occurred_at, recorded_at)
   select $1::uuid, v.id, v.person_id, v.field, v.value, 'crm', v.verification, v.line_type, 'legitimate_interest', $3::timestamptz, $3::timestamptz
   from jsonb_to_recordset($2::jsonb) as v (id uuid, person_id uuid, field text, value text, verification text, line_type text) on conflict do nothing`,
);
const seedVisible = statement(
  'seed_visible_values',
  `insert into visible_value (workspace_id, subject_id, subject_kind, field, value, observation_id, provider, verification, line_type, usable, chosen_because, observed_at, updated_at)
   select $1::uuid, v.person_id, 'person', v.field, v.value, v.id, 'crm', v.verification, v.line_type, true, 'the only value', $3::timestamptz, $3::timestamptz
   from jsonb_to_recordset($2::jsonb) as v (id uuid, person_id uuid, field text, value text, verification text, line_type text) on conflict do nothing`,
);
const seedWishes = statement(
  'seed_do_not_call',
  'update person set do_not_call = true where workspace_id = $1 and id = any($2::uuid[])',
);

type Value = { field: string; value: string; verification: string | null; line_type: string | null };

/** What the CRM knows of its people: the title of most, a verified address of some, a mobile number of few; some asked not to be called. */
export async function seedValues(
  tx: Tx,
  people: readonly WorldPerson[],
  personIdOf: (key: string) => string,
  since: Date,
): Promise<void> {
  const rows = people.flatMap((person) =>
    valuesOf(person).map((value) => ({
      ...value,
      id: idFromKey(`sandbox:value:${value.field}:${person.key}`),
      person_id: personIdOf(person.key),
    })),
  );
  await tx.rows(seedObservations, JSON.stringify(rows), since);
  await tx.rows(seedVisible, JSON.stringify(rows), since);
  const silent = people.filter((person) => drawn('do not call', person.key) < 0.04);
  await tx.rows(
    seedWishes,
    silent.map((person) => personIdOf(person.key)),
  );
}

function valuesOf(person: WorldPerson): Value[] {
  const draw = (what: string) => drawn('known', what, person.key);
  return [
    ...(draw('title') < 0.75
      ? [{ field: 'title', value: person.title, verification: null, line_type: null }]
      : []),
    ...(draw('email') < 0.5 && person.mailbox === 'open'
      ? [{ field: 'work_email', value: person.email, verification: 'valid', line_type: null }]
      : []),
    ...(draw('mobile') < 0.3 && person.mobile !== null
      ? [{ field: 'mobile', value: person.mobile, verification: null, line_type: 'mobile' }]
      : []),
  ];
}
