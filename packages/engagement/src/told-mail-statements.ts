import { statement } from '@penstock/store/statement';

export const membersByAddress = statement<{ id: string; address: string }>(
  'members_by_address',
  'select id, lower(email) as address from member where workspace_id = $1 and active and lower(email) = any($2::text[]) order by id',
);

/** Who is known by one of these keys ($2), by verified or found addresses ($3, lower case), or by an address that somebody has said is theirs. */
export const peopleByAddress = statement<{ personId: string; accountId: string; known: string[] }>(
  'people_by_address',
  `select p.id as "personId", p.account_id as "accountId", array_remove(p.email_key || array_agg(known.address), null) as known
   from (
     select x.id, null as address from person x where x.workspace_id = $1 and x.email_key = any($2::text[])
     union all select y.subject_id, y.address_key from visible_value y where y.workspace_id = $1 and y.address_key = any($3::text[])
     union all select e.subject_id, e.value from external_id e
       where e.workspace_id = $1 and e.system = 'mail' and e.kind = 'address' and e.value = any($2::text[]) and e.subject_kind = 'person'
   ) known join person p on p.workspace_id = $1 and p.id = known.id
   where p.erased_at is null and p.merged_into_id is null and p.account_id is not null
   group by p.id, p.account_id, p.email_key order by p.id`,
);

export const insertToldMail = statement<{ id: string }>(
  'insert_told_mail',
  `insert into activity (workspace_id, id, kind, account_id, person_id, lead_id, deal_id, member_id, direction, subject, body, outcome, due_at, occurred_at, recorded_at, message_id)
   values ($1, $2, 'mail', $3, $4, null, $5, $6, $7, $8, '', '', null, $9, $10, $11)
   on conflict (workspace_id, message_id, person_id) where message_id is not null do nothing returning id`,
);
