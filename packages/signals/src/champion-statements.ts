import { statement } from '@penstock/store/statement';

import type { Witness } from './model/departure.ts';

export type PolicyRow = {
  note: string;
  retentionMonths: number;
  active: boolean;
  recordedBy: string;
  recordedAt: Date;
};
export const readPolicy = statement<PolicyRow>(
  'read_champion_policy',
  `select note, retention_months as "retentionMonths", active, recorded_by as "recordedBy", recorded_at as "recordedAt"
   from champion_policy where workspace_id = $1`,
);
export const savePolicy = statement(
  'save_champion_policy',
  `insert into champion_policy (workspace_id, note, retention_months, active, recorded_by, recorded_at, due_at) values ($1, $2, $3, $4, $5, $6, $6)
   on conflict (workspace_id) do update set note = excluded.note, retention_months = excluded.retention_months, active = excluded.active,
     recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at, due_at = excluded.due_at`,
);
export const policyDone = statement(
  'champion_policy_done',
  'update champion_policy set due_at = $2::timestamptz where workspace_id = $1',
);

export type MarkablePerson = {
  personId: string;
  accountId: string | null;
  leftAt: Date | null;
  contacted: boolean;
  state: 'watched' | 'departed' | 'ended' | 'objected' | null;
};
/** A person, whether the workspace has ever had contact with them, and what they are to it. */
export const lockMarkable = statement<MarkablePerson>(
  'lock_markable_person',
  `select p.id as "personId", p.account_id as "accountId", p.left_at as "leftAt",
     exists (select 1 from activity t where t.workspace_id = p.workspace_id and t.person_id = p.id and t.kind in ('call', 'mail', 'meeting'))
       or exists (select 1 from lead l where l.workspace_id = p.workspace_id and l.person_id = p.id)
       or exists (select 1 from outgoing_mail m where m.workspace_id = p.workspace_id and m.person_id = p.id and m.state = 'accepted') as contacted,
     (select c.state from champion c where c.workspace_id = p.workspace_id and c.person_id = p.id) as state
   from person p where p.workspace_id = $1 and p.id = $2 and p.erased_at is null and p.merged_into_id is null for update of p`,
);
export const markChampion = statement(
  'mark_champion',
  `insert into champion (workspace_id, person_id, account_id, tier, origin, state, marked_by, marked_at, expires_at)
   values ($1, $2, $3, $4, 'hand', 'watched', $5, $6, $7)
   on conflict (workspace_id, person_id) do update set account_id = excluded.account_id, tier = excluded.tier, origin = 'hand', state = 'watched',
     marked_by = excluded.marked_by, marked_at = excluded.marked_at, expires_at = excluded.expires_at`,
);
export const setChampionState = statement<{ accountId: string }>(
  'set_champion_state',
  `update champion set state = $3, marked_by = $4, marked_at = $5::timestamptz
   where workspace_id = $1 and person_id = $2 returning account_id as "accountId"`,
);
/** An objection of somebody who was never marked is kept as well. */
export const insertObjection = statement<{ accountId: string }>(
  'insert_objection',
  `insert into champion (workspace_id, person_id, account_id, tier, origin, state, marked_by, marked_at)
   select $1, p.id, p.account_id, 'light', 'hand', 'objected', $3, $4::timestamptz from person p
   where p.workspace_id = $1 and p.id = $2 and p.account_id is not null and p.erased_at is null
   on conflict (workspace_id, person_id) do update set state = 'objected', marked_by = excluded.marked_by, marked_at = excluded.marked_at, expires_at = null
   returning account_id as "accountId"`,
);
export const dropDepartures = statement(
  'drop_departures_of_person',
  `delete from departure where workspace_id = $1 and person_id = $2 and state <> 'confirmed'`,
);

/**
 * Marks by rule: contacts of deals that were won, and whoever answered or met us three times; $2 since when. Whoever was marked before,
 * unmarked or objected stays as they are.
 */
export const markByRule = statement<{ personId: string }>(
  'mark_champions_by_rule',
  `with shown as (
     select d.person_id, 'key' as tier, 'won_deal' as origin from deal d
     where d.workspace_id = $1 and d.stage_type in ('won', 'post_sale') and d.person_id is not null and d.merged_into_id is null and not d.is_test and d.updated_at > $2::timestamptz
     union all
     select t.person_id, 'standard', case when bool_or(d.stage_type in ('won', 'post_sale')) then 'won_deal' else 'engagement' end
     from activity t left join deal d on d.workspace_id = t.workspace_id and d.id = t.deal_id
     where t.workspace_id = $1 and t.person_id is not null and t.occurred_at > $2::timestamptz
       and (t.direction = 'in' or t.kind = 'meeting' or t.outcome in ('positive', 'demo', 'meeting_booked'))
     group by t.person_id having count(*) >= 3
   )
   insert into champion (workspace_id, person_id, account_id, tier, origin, state, marked_by, marked_at, expires_at)
   select distinct on (p.id) $1::uuid, p.id, p.account_id, s.tier, s.origin, 'watched', 'penstock', $3::timestamptz, $4::timestamptz
   from shown s join person p on p.workspace_id = $1 and p.id = s.person_id
   where p.account_id is not null and p.erased_at is null and p.merged_into_id is null and p.left_at is null and not p.is_test
   order by p.id, s.tier
   on conflict do nothing returning person_id as "personId"`,
);

export type ChampionAt = {
  personId: string;
  accountId: string;
  accountDomain: string | null;
  givenName: string;
  familyName: string;
};
const CHAMPION = `c.person_id as "personId", c.account_id as "accountId", a.domain as "accountDomain", p.given_name as "givenName", p.family_name as "familyName"`;
const OF_PERSON = `from champion c join person p on p.workspace_id = c.workspace_id and p.id = c.person_id and p.erased_at is null
   join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
   where c.workspace_id = $1 and c.state in ('watched', 'departed')`;
export const championByPerson = statement<ChampionAt>(
  'champion_by_person',
  `select ${CHAMPION} ${OF_PERSON} and c.person_id = $2 for update of c`,
);
export const championByAddress = statement<ChampionAt>(
  'champion_by_address',
  `select ${CHAMPION} ${OF_PERSON} and (p.email_key = $2 or exists (select 1 from visible_value v where v.workspace_id = c.workspace_id and v.subject_id = c.person_id
     and v.field = 'work_email' and v.value = $2)) limit 2 for update of c`,
);
export const championsOfAccount = statement<ChampionAt>(
  'champions_of_account',
  `select ${CHAMPION} ${OF_PERSON} and c.account_id = $2 order by c.person_id`,
);

export type DepartureRow = { id: string; state: 'open' | 'confirmed' | 'dismissed'; decidedAt: Date | null };
export const openDeparture = statement<DepartureRow>(
  'open_departure',
  `insert into departure (workspace_id, id, person_id, account_id, state, created_at, expires_at) values ($1, $2, $3, $4, 'open', $5, $6)
   on conflict (workspace_id, person_id, account_id) do update set person_id = excluded.person_id returning id, state, decided_at as "decidedAt"`,
);
export const insertReport = statement<{ id: string }>(
  'insert_departure_report',
  `insert into departure_report (workspace_id, id, departure_id, person_id, origin, witness, enough_alone, quote, url, content_hash, new_company, new_domain, new_title, new_email, occurred_at, recorded_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
   on conflict (workspace_id, departure_id, origin) do nothing returning id`,
);
export type ReportRow = {
  origin: string;
  witness: Witness;
  enoughAlone: boolean;
  quote: string;
  url: string;
  contentHash: string;
  newCompany: string;
  newDomain: string | null;
  newTitle: string;
  newEmail: string | null;
  occurredAt: Date;
  recordedAt: Date;
};
export const readReports = statement<ReportRow>(
  'read_departure_reports',
  `select origin, witness, enough_alone as "enoughAlone", quote, url, content_hash as "contentHash", new_company as "newCompany", new_domain as "newDomain",
     new_title as "newTitle", new_email as "newEmail", occurred_at as "occurredAt", recorded_at as "recordedAt"
   from departure_report where workspace_id = $1 and departure_id = $2 order by recorded_at, id`,
);
export const lockDeparture = statement<{ id: string; personId: string; accountId: string }>(
  'lock_departure',
  `select id, person_id as "personId", account_id as "accountId" from departure where workspace_id = $1 and id = $2 and state = 'open' for update`,
);
export const settleDeparture = statement(
  'settle_departure',
  `update departure set state = $3, decided_by = $4, decided_at = $5::timestamptz, signal_id = $6::uuid, new_account_id = $7::uuid, new_signal_id = $8::uuid
   where workspace_id = $1 and id = $2`,
);
export const reopenDeparture = statement(
  'reopen_departure',
  `update departure set state = 'open', decided_by = null, decided_at = null, undone_by = null, undone_at = null where workspace_id = $1 and id = $2`,
);
export const markLeft = statement<{ emailKey: string | null }>(
  'mark_person_left',
  `update person set left_at = $3::timestamptz, updated_at = $4::timestamptz where workspace_id = $1 and id = $2 returning email_key as "emailKey"`,
);
export const workAddresses = statement<{ address: string }>(
  'read_work_addresses',
  `select value as address from visible_value where workspace_id = $1 and subject_id = $2 and field = 'work_email'`,
);
export const accountName = statement<{ name: string }>(
  'read_account_name',
  'select name from account where workspace_id = $1 and id = $2',
);
export const readNewPlace = statement<{ newAccountId: string | null }>(
  'read_new_place',
  'select new_account_id as "newAccountId" from departure where workspace_id = $1 and id = $2',
);
export const setNewPlace = statement(
  'set_new_place',
  'update departure set new_account_id = $3, new_signal_id = $4::uuid where workspace_id = $1 and id = $2',
);
/** One account made of two: who speaks for us there, and who left it, go over. */
export const moveChampions = statement(
  'move_champions',
  `with moved as (update champion set account_id = $3 where workspace_id = $1 and account_id = $2 returning person_id)
   update departure d set account_id = $3 where d.workspace_id = $1 and d.account_id = $2
     and not exists (select 1 from departure o where o.workspace_id = $1 and o.person_id = d.person_id and o.account_id = $3)`,
);
export const expireChampion = statement(
  'expire_champion',
  `delete from champion where workspace_id = $1 and person_id = $2 and expires_at <= $3`,
);
export const expireDeparture = statement(
  'expire_departure',
  'delete from departure where workspace_id = $1 and id = $2 and expires_at <= $3',
);
