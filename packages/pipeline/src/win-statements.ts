import { statement } from '@penstock/store/statement';

import type { DealThen } from './model/deal-facts.ts';

/** What was known of a deal at a moment, by what had been recorded by then. */
export type KnownThen = Omit<DealThen, 'signals'> & {
  dealId: string;
  kinds: string[] | null;
  strengths: number[] | null;
  halfLives: number[] | null;
  occurred: Date[] | null;
};
export type PastMoment = KnownThen & { won: boolean };

/**
 * One text for learning and for telling, so that both know the same: of each moment `m (deal_id, at)`. What came later, or was only
 * recorded later, does not count. Facts of the company are left out: nobody kept since when they are known.
 */
const KNOWN_THEN = `m.deal_id as "dealId", m.at, stage.key as stage, stage.at as "stageEnteredAt", d.created_at as "createdAt", d.source, d.currency,
     d.value_minor as "valueMinor", d.lead_id is not null as "fromLead", people.count::int as people, touched.replies::int as replies,
     touched.meetings::int as meetings, touched.touches::int as touches, proven.count::int as proven, before.won::int as "wonBefore",
     news.kinds, news.strengths, news.half_lives as "halfLives", news.occurred`;
const OF_MOMENT = `join deal d on d.workspace_id = $1 and d.id = m.deal_id
   left join lateral (
     select c.to_stage as key, c.occurred_at as at from deal_change c where c.workspace_id = d.workspace_id and c.deal_id = d.id
       and c.to_stage is not null and c.occurred_at <= m.at and c.recorded_at <= m.at order by c.occurred_at desc, c.id desc limit 1
   ) stage on true
   left join lateral (
     select count(*) as count from person p where p.workspace_id = d.workspace_id and p.account_id = d.account_id and p.erased_at is null
       and p.merged_into_id is null and p.created_at <= m.at
   ) people on true
   left join lateral (
     select count(*) filter (where t.direction = 'in' or t.outcome in ('positive', 'meeting_booked')) as replies,
       count(*) filter (where t.kind = 'meeting') as meetings, count(*) filter (where t.kind in ('call', 'mail') and t.direction = 'out') as touches
     from activity t where t.workspace_id = d.workspace_id and t.account_id = d.account_id and t.occurred_at <= m.at
       and t.occurred_at > m.at - interval '90 days' and t.recorded_at <= m.at
   ) touched on true
   left join lateral (
     select count(distinct e.criterion) as count from deal_evidence e where e.workspace_id = d.workspace_id and e.deal_id = d.id
       and e.occurred_at <= m.at and e.recorded_at <= m.at and (e.withdrawn_at is null or e.withdrawn_at > m.at)
   ) proven on true
   left join lateral (
     select count(*) as won from deal other where other.workspace_id = d.workspace_id and other.account_id = d.account_id and other.id <> d.id
       and other.stage_type in ('won', 'post_sale') and other.stage_entered_at <= m.at and not other.is_test
   ) before on true
   left join lateral (
     select array_agg(s.kind) as kinds, array_agg(s.strength) as strengths, array_agg(s.half_life_days) as half_lives, array_agg(s.occurred_at) as occurred
     from (
       select * from signal s where s.workspace_id = d.workspace_id and s.account_id = d.account_id and s.recorded_at <= m.at and s.occurred_at <= m.at
         and s.merged_into_id is null and not s.is_test order by s.occurred_at desc limit 200
     ) s
   ) news on true`;

/**
 * Decided deals as they stood every fourteen days until they were decided, the newest $2 of them; $3 keys of open stages. A deal that was
 * decided within the first fortnight was seen once, at its beginning.
 */
export const readPastMoments = statement<PastMoment>(
  'read_moments_of_decided_deals',
  `select ${KNOWN_THEN}, d.stage_type in ('won', 'post_sale') as won from (
     select decided.id as deal_id, decided.created_at + make_interval(days => 14 * n) as at from (
       select * from deal where workspace_id = $1 and stage_type <> 'open' and not is_test and merged_into_id is null order by created_at desc limit $2
     ) decided cross join generate_series(0, 11) n
     where n = 0 or decided.created_at + make_interval(days => 14 * n) < decided.stage_entered_at
   ) m ${OF_MOMENT}
   where stage.key = any($3::text[])`,
);

/** What is known at $3 of the deals $2. */
export const readMomentsNow = statement<KnownThen>(
  'read_moments_of_open_deals',
  `select ${KNOWN_THEN} from (select id as deal_id, $3::timestamptz as at from unnest($2::uuid[]) as one (id)) m ${OF_MOMENT}`,
);

export const countDecided = statement<{ won: number; lost: number; since: Date | null; until: Date | null }>(
  'count_decided_deals',
  `select count(*) filter (where stage_type <> 'lost')::int as won, count(*) filter (where stage_type = 'lost')::int as lost,
     min(stage_entered_at) as since, max(stage_entered_at) as until
   from deal where workspace_id = $1 and stage_type <> 'open' and not is_test and merged_into_id is null`,
);

export const publishedWinModel = statement<{ versionId: string; number: number; publishedAt: Date }>(
  'published_win_model',
  `select v.id as "versionId", v.number, v.published_at as "publishedAt" from document d
     join document_version v on v.workspace_id = d.workspace_id and v.id = d.published_version_id
   where d.workspace_id = $1 and d.kind = 'win_model' and d.name = 'main'`,
);
export const readWinModelBody = statement<{ body: unknown }>(
  'read_win_model_body',
  'select body from document_version where workspace_id = $1 and id = $2',
);
