import { statement } from '@penstock/store/statement';

import type { Touch } from './model/next-action.ts';

export type TouchRow = Touch & {
  id: string;
  subject: string;
  personName: string | null;
  memberName: string | null;
};

const LEAD_SEEN = (id: string, owners: string) =>
  `(${owners}::text[] is null or exists (select 1 from lead x where x.workspace_id = $1 and x.id = ${id} and (x.owner_id is null or x.owner_id = any(${owners}::text[]))))`;
const DEAL_SEEN = (id: string, owners: string) =>
  `(${owners}::text[] is null or exists (select 1 from deal x where x.workspace_id = $1 and x.id = ${id} and x.owner_id = any(${owners}::text[])))`;

/** What was tried at an account since $3, newest first, as far as $4 sees it: calls, mails, meetings. */
export const readTouches = statement<TouchRow>(
  'read_touches_of_account',
  `select t.id, t.kind, t.direction, t.outcome, t.person_id as "personId", t.occurred_at as at, t.subject,
     nullif(trim(p.given_name || ' ' || p.family_name), '') as "personName", m.name as "memberName"
   from activity t left join person p on p.workspace_id = t.workspace_id and p.id = t.person_id
   left join member m on m.workspace_id = t.workspace_id and m.id = t.member_id
   where t.workspace_id = $1 and t.account_id = $2 and t.occurred_at >= $3 and t.kind in ('call', 'mail', 'meeting')
     and (t.lead_id is null or ${LEAD_SEEN('t.lead_id', '$4')}) and (t.deal_id is null or ${DEAL_SEEN('t.deal_id', '$4')})
   order by t.occurred_at desc, t.id desc limit 30`,
);

export type DealOfAccountRow = {
  id: string;
  name: string;
  stage: string;
  stageType: 'open' | 'won' | 'lost' | 'post_sale';
  valueMinor: number;
  currency: string;
  lostReason: string | null;
  nextStep: string;
  nextStepDueAt: Date | null;
  ownerName: string;
  updatedAt: Date;
};
export const readDealsOfAccount = statement<DealOfAccountRow>(
  'read_deals_of_account',
  `select d.id, d.name, d.stage, d.stage_type as "stageType", d.value_minor as "valueMinor", d.currency, d.lost_reason as "lostReason",
     d.next_step as "nextStep", d.next_step_due_at as "nextStepDueAt", o.name as "ownerName", d.updated_at as "updatedAt"
   from deal d join member o on o.workspace_id = d.workspace_id and o.id = d.owner_id
   where d.workspace_id = $1 and d.account_id = $2 and d.merged_into_id is null and not d.is_test and ($3::text[] is null or d.owner_id = any($3::text[]))
   order by d.stage_type <> 'open', d.updated_at desc, d.id limit 10`,
);

export type KindNewsRow = {
  kind: string;
  summary: string;
  topic: string;
  source: string;
  occurredAt: Date;
  count: number;
  url: string | null;
  quote: string | null;
};
/** Of each kind the newest signal that counts, with its evidence. */
export const readNewsOfAccount = statement<KindNewsRow>(
  'read_news_of_account',
  `select newest.kind, newest.summary, coalesce(newest.facts ->> 'topic', '') as topic, newest.source, newest.occurred_at as "occurredAt", newest.count::int, e.url, e.quote from (
     select distinct on (s.kind) s.workspace_id, s.id, s.kind, s.summary, s.facts, s.source, s.occurred_at, count(*) over (partition by s.kind) as count
     from signal s where s.workspace_id = $1 and s.account_id = $2 and s.expired_by_id is null order by s.kind, s.occurred_at desc, s.id desc
   ) newest left join lateral (
     select url, quote from evidence e where e.workspace_id = newest.workspace_id and e.signal_id = newest.id order by e.id limit 1
   ) e on true order by newest.occurred_at desc`,
);

export const readSender = statement<{ name: string; workspaceName: string; kind: 'sandbox' | 'real' }>(
  'read_sender',
  `select coalesce((select m.name from member m where m.workspace_id = $1 and m.id = $2), '') as name, w.name as "workspaceName", w.kind from workspace w where w.workspace_id = $1`,
);
