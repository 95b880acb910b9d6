import { statement } from '@penstock/store/statement';

import type { BuyingRole } from './model/buying-role.ts';

export type ReachablePerson = {
  personId: string;
  name: string;
  title: string | null;
  correctedRole: BuyingRole | 'none' | null;
  engagedAt: Date | null;
  reportsTo: string | null;
  country: string | null;
  region: string | null;
  doNotCall: boolean;
  email: string | null;
  emailVerification: string | null;
  emailUsable: boolean;
  phone: string | null;
  phoneLineType: string | null;
  phoneUsable: boolean;
};

/**
 * The people of an account, how they can be reached, and when they last took part: answered, met us, asked for something. $3 the owners
 * whose leads and deals the caller sees (null: all); what was done on others' is not told.
 */
export const readReachablePeople = statement<ReachablePerson>(
  'read_reachable_people',
  `select p.id as "personId", coalesce(nullif(trim(p.given_name || ' ' || p.family_name), ''), 'Unknown name') as name,
     known.title, p.buying_role as "correctedRole", greatest(touch.at, asked.at) as "engagedAt", known.reporting_line as "reportsTo",
     coalesce(p.country, a.country) as country, case when coalesce(p.country, a.country) = a.country then a.region end as region,
     p.do_not_call as "doNotCall", coalesce(known.email, p.email_key) as email, known.email_verification as "emailVerification",
     coalesce(known.email_usable, false) as "emailUsable", known.phone, known.line_type as "phoneLineType", coalesce(known.phone_usable, false) as "phoneUsable"
   from person p join account a on a.workspace_id = p.workspace_id and a.id = p.account_id
   left join lateral (
     select max(v.value) filter (where v.field = 'title') as title, max(v.value) filter (where v.field = 'reporting_line') as reporting_line, max(v.value) filter (where v.field = 'work_email') as email,
       max(v.verification) filter (where v.field = 'work_email') as email_verification, bool_or(v.usable) filter (where v.field = 'work_email') as email_usable,
       max(v.value) filter (where v.field = 'mobile') as phone, max(v.line_type) filter (where v.field = 'mobile') as line_type,
       bool_or(v.usable) filter (where v.field = 'mobile') as phone_usable
     from visible_value v where v.workspace_id = p.workspace_id and v.subject_id = p.id and v.field in ('title', 'reporting_line', 'work_email', 'mobile')
   ) known on true
   left join lateral (
     select max(t.occurred_at) as at from activity t where t.workspace_id = p.workspace_id and t.person_id = p.id
       and (t.direction = 'in' or t.kind = 'meeting' or t.outcome in ('positive', 'connected', 'demo', 'meeting_booked'))
       and (t.lead_id is null or $3::text[] is null or exists (select 1 from lead x where x.workspace_id = t.workspace_id and x.id = t.lead_id and (x.owner_id is null or x.owner_id = any($3::text[]))))
       and (t.deal_id is null or $3::text[] is null or exists (select 1 from deal x where x.workspace_id = t.workspace_id and x.id = t.deal_id and x.owner_id = any($3::text[])))
   ) touch on true
   left join lateral (
     select max(l.received_at) as at from lead l where l.workspace_id = p.workspace_id and l.person_id = p.id
       and ($3::text[] is null or l.owner_id is null or l.owner_id = any($3::text[]))
   ) asked on true
   where p.workspace_id = $1 and p.account_id = $2 and p.erased_at is null and p.merged_into_id is null and p.left_at is null
   order by p.created_at, p.id limit 200`,
);

/** Only what is sent is changed: $3 whether the role is, $4 to what; $5 null leaves the wish about calls as it is. */
export const correctPersonRow = statement<{ accountId: string | null }>(
  'correct_person',
  `update person set buying_role = case when $3::boolean then $4::text else buying_role end,
     do_not_call = coalesce($5::boolean, do_not_call), updated_at = $6
   where workspace_id = $1 and id = $2 and erased_at is null and merged_into_id is null returning account_id as "accountId"`,
);
