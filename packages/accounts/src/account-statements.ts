import { statement } from '@penstock/store/statement';

import type { AccountTrait } from './model/account-trait.ts';

export type AccountRecord = {
  id: string;
  name: string;
  domain: string | null;
  state: 'active' | 'proposed' | 'dismissed' | 'merged';
  industry: string | null;
  employeeCount: number | null;
  country: string | null;
  region: string | null;
  city: string | null;
  annualRevenueUsd: number | null;
  origin: string;
  ownerId: string | null;
  ownerName: string | null;
  updatedAt: Date;
};

const COLUMNS = `a.id, a.name, a.domain, a.state, a.industry, a.employee_count as "employeeCount", a.country, a.region, a.city,
  a.annual_revenue_usd as "annualRevenueUsd", a.origin, a.owner_id as "ownerId", o.name as "ownerName", a.updated_at as "updatedAt"`;

export const readAccounts = statement<AccountRecord>(
  'read_accounts',
  `select ${COLUMNS} from account a left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id
   where a.workspace_id = $1 and a.state = any($2::text[]) and not a.is_test
     and ($3::text = '' or a.domain = $5 or exists (select 1 from account_name_key k where k.workspace_id = a.workspace_id and k.account_id = a.id and k.key >= $3 and k.key < $4))
     and (a.updated_at, a.id) < ($6::timestamptz, $7::uuid)
   order by a.updated_at desc, a.id desc limit $8`,
);
export const readAccount = statement<AccountRecord>(
  'read_account',
  `select ${COLUMNS} from account a left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id where a.workspace_id = $1 and a.id = $2`,
);
export const readExternalIds = statement<{ system: string; kind: string; value: string }>(
  'read_external_ids',
  `select system, kind, value from external_id where workspace_id = $1 and subject_id = $2 order by system, kind, value`,
);
export type PersonRecord = {
  id: string;
  givenName: string;
  familyName: string;
  emailKey: string | null;
  country: string | null;
  doNotCall: boolean;
  leftAt: Date | null;
  championTier: 'key' | 'standard' | 'light' | null;
  championState: 'watched' | 'departed' | 'ended' | 'objected' | null;
};
export const readPeople = statement<PersonRecord>(
  'read_people_of_account',
  `select p.id, p.given_name as "givenName", p.family_name as "familyName", p.email_key as "emailKey", p.country, p.do_not_call as "doNotCall", p.left_at as "leftAt",
     c.tier as "championTier", c.state as "championState"
   from person p left join champion c on c.workspace_id = p.workspace_id and c.person_id = p.id
   where p.workspace_id = $1 and p.account_id = $2 and p.erased_at is null and p.merged_into_id is null order by p.left_at is not null, p.created_at limit 200`,
);
export type ValueRecord = {
  subjectId: string;
  field: string;
  value: string;
  source: string;
  observedAt: Date;
  expiresAt: Date | null;
  confidence: number | null;
  verification: string | null;
  lineType: string | null;
  usable: boolean;
  chosenBecause: string;
};
export const readValues = statement<ValueRecord>(
  'read_visible_values',
  `select subject_id as "subjectId", field, value, provider as source, observed_at as "observedAt", expires_at as "expiresAt", confidence, verification,
     line_type as "lineType", usable, chosen_because as "chosenBecause" from visible_value where workspace_id = $1 and subject_id = any($2::uuid[]) order by field`,
);
/** What members have said of an account, which goes before what providers report. */
export const readTraits = statement<{ trait: AccountTrait; words: string[]; by: string; at: Date }>(
  'read_account_traits',
  `select t.trait, t.words, m.name as by, t.updated_at as at from account_trait t join member m on m.workspace_id = t.workspace_id and m.id = t.member_id
   where t.workspace_id = $1 and t.account_id = $2 order by t.trait`,
);
export const setState = statement<{ id: string }>(
  'set_account_state',
  `update account set state = $3, owner_id = coalesce(owner_id, $4), updated_at = $5 where workspace_id = $1 and id = $2 and state = 'proposed' returning id`,
);
export const closeItems = statement(
  'close_queue_items_of_account',
  `update queue_item set state = 'done', outcome = 'not_a_fit', claimed_by = null, claim_expires_at = null, updated_at = $3 where workspace_id = $1 and account_id = $2 and state in ('open', 'snoozed')`,
);

export type TimelineRecord = {
  id: string;
  kind: 'signal' | 'activity' | 'lead' | 'mail' | 'deal' | 'cost';
  title: string;
  detail: string;
  occurredAt: Date;
  evidenceUrl: string | null;
  evidenceQuote: string | null;
  evidenceHash: string | null;
  evidenceFetchedAt: Date | null;
  linkPage: 'lead' | 'deal' | 'account' | null;
  linkId: string | null;
};
/** True if the lead (or deal) with this id is seen by $5, the owners that the caller sees (null: all). A lead without an owner is. */
const leadSeen = (id: string) =>
  `($5::text[] is null or exists (select 1 from lead x where x.workspace_id = $1 and x.id = ${id} and (x.owner_id is null or x.owner_id = any($5::text[]))))`;
const dealSeen = (id: string) =>
  `($5::text[] is null or exists (select 1 from deal x where x.workspace_id = $1 and x.id = ${id} and x.owner_id = any($5::text[])))`;

/**
 * Signals, touches, leads, mails (first messages until they are accepted: then they are touches), deals and costs of an account, newest
 * first, before time $3 and id $4. Each source gives at most $6
 * rows. Accounts, their signals and costs are everybody's; what was done on a lead or deal is seen by who sees the lead or deal.
 */
export const readTimeline = statement<TimelineRecord>(
  'read_account_timeline',
  `select * from (
     (select s.id, 'signal' as kind, s.summary as title, s.source as detail, s.occurred_at as "occurredAt",
        e.url as "evidenceUrl", e.quote as "evidenceQuote", e.content_hash as "evidenceHash", e.fetched_at as "evidenceFetchedAt",
        case when s.facts ? 'leadId' and ${leadSeen("(s.facts ->> 'leadId')::uuid")} then 'lead' when moved.other is not null then 'account' end as "linkPage",
        coalesce((s.facts ->> 'leadId')::uuid, moved.other) as "linkId"
      from signal s left join lateral (
        select case when d.signal_id = s.id then d.new_account_id else d.account_id end as other from departure d
        where s.source = 'champions' and d.workspace_id = s.workspace_id and (d.signal_id = s.id or d.new_signal_id = s.id) limit 1) moved on true
      left join lateral (select * from evidence e where e.workspace_id = s.workspace_id and e.signal_id = s.id order by e.fetched_at desc limit 1) e on true
      where s.workspace_id = $1 and s.account_id = $2 and s.merged_into_id is null and (s.occurred_at, s.id) < ($3::timestamptz, $4::uuid) order by s.occurred_at desc, s.id desc limit $6)
     union all
     (select t.id, 'activity', initcap(t.kind) || case when t.outcome = '' then '' else ' · ' || t.outcome end, trim(t.subject || ' ' || t.body), t.occurred_at, null, null, null, null,
        case when t.deal_id is not null then 'deal' when t.lead_id is not null then 'lead' end, coalesce(t.deal_id, t.lead_id)
      from activity t where t.workspace_id = $1 and t.account_id = $2 and (t.occurred_at, t.id) < ($3, $4)
        and (t.lead_id is null or ${leadSeen('t.lead_id')}) and (t.deal_id is null or ${dealSeen('t.deal_id')})
      order by t.occurred_at desc, t.id desc limit $6)
     union all
     (select m.id, 'mail', 'Welcome mail ' || m.state, m.subject, m.created_at, null, null, null, null, 'lead', m.lead_id
      from outgoing_mail m join lead l on l.workspace_id = m.workspace_id and l.id = m.lead_id
      where m.workspace_id = $1 and m.purpose = 'welcome' and l.account_id = $2 and (m.created_at, m.id) < ($3, $4)
        and ($5::text[] is null or l.owner_id is null or l.owner_id = any($5::text[])) order by m.created_at desc, m.id desc limit $6)
     union all
     (select m.id, 'mail', case m.state when 'queued' then 'Mail waits to leave' when 'sending' then 'Mail is leaving' when 'refused' then 'Mail refused' else 'Mail of unknown fate' end,
        m.subject || case when m.last_code = '' then '' else ' (' || m.last_code || ')' end, m.created_at, null, null, null, null, case when m.lead_id is not null then 'lead' end, m.lead_id
      from person p join outgoing_mail m on m.workspace_id = p.workspace_id and m.person_id = p.id
      where p.workspace_id = $1 and p.account_id = $2 and m.purpose = 'first_message' and m.state in ('queued', 'sending', 'refused', 'unknown') and (m.created_at, m.id) < ($3, $4)
        and ($5::text[] is null or m.member_id = any($5::text[])) order by m.created_at desc, m.id desc limit $6)
     union all
     (select c.id, 'deal', case c.kind when 'created' then 'Deal created' when 'overridden' then 'Deal moved past unmet criteria' else 'Deal moved' end,
        d.name || coalesce(': ' || c.from_stage || ' → ' || c.to_stage, ''), c.occurred_at, null, null, null, null, 'deal', d.id
      from deal_change c join deal d on d.workspace_id = c.workspace_id and d.id = c.deal_id
      where c.workspace_id = $1 and d.account_id = $2 and (c.occurred_at, c.id) < ($3, $4)
        and ($5::text[] is null or d.owner_id = any($5::text[])) order by c.occurred_at desc, c.id desc limit $6)
     union all
     (select r.id, 'cost', 'Waterfall run', r.stop_reason || ' · $' || trim_scale(coalesce((select sum(charged_micros) from spend_ledger g where g.workspace_id = $1 and g.person_id = r.person_id and g.run_id = r.id), 0) / 1000000.0)::text,
        r.started_at, null, null, null, null, case when r.lead_id is not null and ${leadSeen('r.lead_id')} then 'lead' end, r.lead_id
      from enrichment_run r join person p on p.workspace_id = r.workspace_id and p.id = r.person_id
      where r.workspace_id = $1 and p.account_id = $2 and (r.started_at, r.id) < ($3, $4) order by r.started_at desc, r.id desc limit $6)
   ) lines order by "occurredAt" desc, id desc limit $6`,
);
