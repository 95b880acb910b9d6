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

/** Ranked by the deals alone; what is shown beside is read for those of the page, one by one, so that no table is read whole for it. */
export const readDeals = statement<DealRecord>(
  'read_deals',
  `select ${COLUMNS} from (
     select d.id, case $8::text when 'value' then d.value_minor::float8 when 'stage' then array_position($9::text[], d.stage)::float8
       when 'age' then -extract(epoch from date_trunc('milliseconds', d.created_at))::float8 else coalesce((
         select s.signal_bound from account_score s where s.workspace_id = d.workspace_id and s.account_id = d.account_id and s.intent_version_id = ${IN_FORCE}), 0) end as rank
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
/** What the worth of the deals follows from; $8 the most that are read, the largest first. */
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
  >
>(
  'read_deals_to_weigh',
  `select d.stage, d.stage_type as "stageType", d.value_minor as "valueMinor", d.currency, d.next_step as "nextStep", d.next_step_due_at as "nextStepDueAt",
     d.expected_close_on as "expectedCloseOn", d.stage_entered_at as "stageEnteredAt" from deal d where ${FILTER} order by d.value_minor desc limit $8`,
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
