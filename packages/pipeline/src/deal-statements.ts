import { IN_FORCE } from '@penstock/scoring/standing-statements';
import { statement } from '@penstock/store/statement';

export type DealRecord = {
  id: string;
  name: string;
  accountId: string;
  accountName: string;
  ownerId: string;
  ownerName: string;
  personId: string | null;
  leadId: string | null;
  stage: string;
  stageType: 'open' | 'won' | 'lost' | 'post_sale';
  state: 'active' | 'nurture' | 'closed';
  valueMinor: number;
  currency: string;
  lostReason: string | null;
  nextStep: string;
  nextStepDueAt: Date | null;
  expectedCloseOn: string | null;
  stageEnteredAt: Date;
  createdAt: Date;
  kinds: string[] | null;
  values: number[] | null;
  halfLives: number[] | null;
  at: Date[] | null;
  bound: number;
};

const COLUMNS = `d.id, d.name, d.account_id as "accountId", a.name as "accountName", d.owner_id as "ownerId", o.name as "ownerName",
  d.person_id as "personId", d.lead_id as "leadId", d.stage, d.stage_type as "stageType", d.state, d.value_minor as "valueMinor", d.currency,
  d.lost_reason as "lostReason", d.next_step as "nextStep", d.next_step_due_at as "nextStepDueAt", d.expected_close_on as "expectedCloseOn",
  d.stage_entered_at as "stageEnteredAt", d.created_at as "createdAt",
  s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at, coalesce(s.signal_bound, 0) as bound`;
const JOINS = `join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
  join member o on o.workspace_id = d.workspace_id and o.id = d.owner_id
  left join account_score s on s.workspace_id = d.workspace_id and s.account_id = d.account_id and s.intent_version_id = ${IN_FORCE}`;
/** $2 owners seen (null: all), $3 stage ('' any), $4 owner ('' any), $5/$6 name-key range of a search ('' none), $7 only these deals (null: all). */
const FILTER = `d.workspace_id = $1 and d.merged_into_id is null and not d.is_test
  and ($2::text[] is null or d.owner_id = any($2::text[]))
  and (case when $3::text = '' then d.stage_type = 'open' else d.stage = $3 end)
  and ($4::text = '' or d.owner_id = $4)
  and ($5::text = '' or exists (select 1 from account_name_key k where k.workspace_id = d.workspace_id and k.account_id = d.account_id and k.key >= $5 and k.key < $6))
  and ($7::uuid[] is null or d.id = any($7::uuid[]))`;

/** $8 an order that follows from the deal alone (null for the others), $9 the stages in theirs. */
const RANK = `case $8::text when 'value' then d.value_minor::float8 when 'stage' then coalesce(array_position($9::text[], d.stage), 0)::float8
       when 'age' then -extract(epoch from date_trunc('milliseconds', d.created_at))::float8 end`;

/** Ranked by the deals alone; what is shown beside is read for those of the page, one by one, so that no table is read whole for it. */
export const readDeals = statement<DealRecord & { rank: number }>(
  'read_deals',
  `select ${COLUMNS}, p.rank from (
     select d.id, coalesce(${RANK}, (
         select s.signal_bound from account_score s where s.workspace_id = d.workspace_id and s.account_id = d.account_id and s.intent_version_id = ${IN_FORCE}), 0) as rank
     from deal d where ${FILTER} order by rank desc, d.id offset $10 limit $11
   ) p cross join lateral (select * from deal d where d.workspace_id = $1 and d.id = p.id offset 0) d
     cross join lateral (select a.name from account a where a.workspace_id = $1 and a.id = d.account_id offset 0) a
     cross join lateral (select o.name from member o where o.workspace_id = $1 and o.id = d.owner_id offset 0) o
     left join lateral (select s.* from account_score s where s.workspace_id = $1 and s.account_id = d.account_id and s.intent_version_id = ${IN_FORCE} offset 0) s on true
   order by p.rank desc, p.id`,
);
export const countDeals = statement<{ count: number }>(
  'count_deals',
  `select count(*)::int as count from deal d where ${FILTER}`,
);
/**
 * What the worth of the deals follows from, those together that differ in nothing it knows; $8 the moment, $9 days in a stage at which it
 * changes, $10 days after which a next step is long late.
 */
export const readDealsToWeigh = statement<
  Pick<
    DealRecord,
    | 'stage'
    | 'stageType'
    | 'valueMinor'
    | 'currency'
    | 'nextStep'
    | 'nextStepDueAt'
    | 'expectedCloseOn'
    | 'stageEnteredAt'
  > & { deals: number }
>(
  'read_deals_to_weigh',
  `select t.stage, t.stage_type as "stageType", t.currency, count(*)::int as deals, sum(t.value_minor)::bigint as "valueMinor", case when t.planned then 'planned' else '' end as "nextStep",
     min(t.due_at) as "nextStepDueAt", min(t.expected_close_on) as "expectedCloseOn", min(t.entered_at) as "stageEnteredAt"
   from (
     select d.stage, d.stage_type, d.currency, d.value_minor, d.next_step <> '' as planned, d.next_step_due_at as due_at, d.expected_close_on,
       date_trunc('milliseconds', d.stage_entered_at) as entered_at, coalesce(d.next_step_due_at < $8::timestamptz, false) as late,
       coalesce(d.next_step_due_at < $8::timestamptz - make_interval(days => $10), false) as long_late,
       coalesce(d.expected_close_on < ($8::timestamptz at time zone 'UTC')::date, false) as passed
     from deal d where ${FILTER}
   ) t group by t.stage, t.stage_type, t.currency, t.planned, t.late, t.long_late, t.passed,
     width_bucket(floor(extract(epoch from $8::timestamptz - t.entered_at) / 86400)::int, $9::int[])`,
);

export type DealToSort = Pick<
  DealRecord,
  | 'id'
  | 'stageType'
  | 'nextStep'
  | 'nextStepDueAt'
  | 'expectedCloseOn'
  | 'stageEnteredAt'
  | 'kinds'
  | 'values'
  | 'halfLives'
  | 'at'
> & { rank: number };
/** All deals by what their order follows from alone; $8 and $9 as above, $10 kinds of signals that count for it (null: all): of an account without any, no masses. */
export const readDealsToSort = statement<DealToSort>(
  'read_deals_to_sort',
  `select d.id, d.stage_type as "stageType", d.next_step as "nextStep", d.next_step_due_at as "nextStepDueAt", d.expected_close_on as "expectedCloseOn",
     d.stage_entered_at as "stageEnteredAt", coalesce(${RANK}, 0) as rank, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at
   from deal d left join lateral (
     select s.* from account_score s where s.workspace_id = $1 and s.account_id = d.account_id and s.intent_version_id = ${IN_FORCE}
       and $8::text in ('signal', 'risk') and ($10::text[] is null or s.mass_kinds && $10::text[]) offset 0
   ) s on true where ${FILTER}`,
);
export const readDealsOf = statement<DealRecord>(
  'read_deals_of_page',
  `select ${COLUMNS} from deal d ${JOINS} where d.workspace_id = $1 and d.id = any($2::uuid[])`,
);
export const readDeal = statement<DealRecord>(
  'read_deal',
  `select ${COLUMNS} from deal d ${JOINS} where d.workspace_id = $1 and d.id = $2 and ($3::text[] is null or d.owner_id = any($3::text[]))`,
);
export const lockDeal = statement<{ id: string; stage: string; stageType: string }>(
  'lock_deal',
  `select id, stage, stage_type as "stageType" from deal where workspace_id = $1 and id = $2 for update`,
);
/** A deal made from a lead is about the lead's person unless another is named. */
export const insertDeal = statement<{ id: string }>(
  'insert_deal',
  `insert into deal (workspace_id, id, account_id, person_id, lead_id, owner_id, name, pipeline_version_id, stage, stage_type, state, value_minor, currency,
     expected_close_on, next_step, next_step_due_at, source, is_test, stage_entered_at, created_at, updated_at)
   select $1, $2, a.id, coalesce($4::uuid, (select l.person_id from lead l where l.workspace_id = $1 and l.id = $5)), $5, $6, $7, $8, $9, 'open', 'active', $10, $11, $12::date, $13, $14, $15,
     coalesce((select l.is_test from lead l where l.workspace_id = $1 and l.id = $5), false), $16, $16, $16
   from account a where a.workspace_id = $1 and a.id = $3 and a.merged_into_id is null
   returning id`,
);
export const insertChange = statement(
  'insert_deal_change',
  `insert into deal_change (workspace_id, id, deal_id, kind, from_stage, to_stage, reason, detail, actor_kind, actor_id, occurred_at, recorded_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $11)`,
);
export const moveTo = statement(
  'move_deal',
  `update deal set stage = $3, stage_type = $4, state = case when $4 in ('won', 'lost') then 'closed' else 'active' end,
     lost_reason = $5, stage_entered_at = $6, updated_at = $6 where workspace_id = $1 and id = $2`,
);
export const insertEvidence = statement(
  'insert_deal_evidence',
  `insert into deal_evidence (workspace_id, id, deal_id, criterion, kind, quote, value, member_id, occurred_at, recorded_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
);

export type FactsRow = {
  messageSentAt: Date | null;
  emailVerifiedBy: string | null;
  positiveReplyAt: Date | null;
  callBookedFor: Date | null;
  demoHeldAt: Date | null;
};
/** What the product has seen of a deal: its mails, its contact's verified address, the activities recorded on it or on its lead. */
export const readFacts = statement<FactsRow>(
  'read_deal_facts',
  `with d as (select * from deal where workspace_id = $1 and id = $2),
   touch as (select t.* from activity t, d where t.workspace_id = $1 and (t.deal_id = d.id or (d.lead_id is not null and t.lead_id = d.lead_id)))
   select
     least((select min(m.settled_at) from outgoing_mail m, d where m.workspace_id = $1 and m.lead_id = d.lead_id and m.state = 'accepted'),
           (select min(occurred_at) from touch where kind = 'mail' and direction = 'out')) as "messageSentAt",
     (select v.provider from visible_value v, d where v.workspace_id = $1 and v.subject_id = d.person_id and v.field = 'work_email'
        and v.verification = 'valid' and v.usable) as "emailVerifiedBy",
     (select min(occurred_at) from touch where kind in ('mail', 'call') and outcome = 'positive' and (kind = 'call' or direction = 'in')) as "positiveReplyAt",
     (select min(due_at) from touch where kind in ('call', 'meeting') and due_at is not null) as "callBookedFor",
     (select min(occurred_at) from touch where kind = 'meeting' and outcome = 'demo') as "demoHeldAt"`,
);
export const readEvidence = statement<{
  criterion: string;
  kind: 'call_note' | 'activity' | 'document';
  quote: string;
  value: string;
  by: string;
  occurredAt: Date;
}>(
  'read_deal_evidence',
  `select e.criterion, e.kind, e.quote, e.value, m.name as by, e.occurred_at as "occurredAt"
   from deal_evidence e join member m on m.workspace_id = e.workspace_id and m.id = e.member_id
   where e.workspace_id = $1 and e.deal_id = $2 and e.withdrawn_at is null`,
);
export const readChanges = statement<{
  id: string;
  kind: 'created' | 'moved' | 'overridden' | 'edited';
  fromStage: string | null;
  toStage: string | null;
  reason: string;
  actorName: string;
  occurredAt: Date;
}>(
  'read_deal_changes',
  `select c.id, c.kind, c.from_stage as "fromStage", c.to_stage as "toStage", c.reason, coalesce(m.name, c.actor_id) as "actorName", c.occurred_at as "occurredAt"
   from deal_change c left join member m on m.workspace_id = c.workspace_id and m.id = c.actor_id
   where c.workspace_id = $1 and c.deal_id = $2 order by c.id desc limit 200`,
);
