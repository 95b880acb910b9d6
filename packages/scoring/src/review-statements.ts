import { statement } from '@penstock/store/statement';

export type OutcomeRow = {
  /** Null in the two rows that count each outreach once: with any signal before it, and without. */
  kind: string | null;
  source: string | null;
  signalled: boolean;
  outreach: number;
  replies: number;
  meetings: number;
};

/**
 * What came of outgoing calls and mails since $2, but for those on a deal, by the signals of the account in the $3 days before each, and, each counted once, with and
 * without any (R028). A reply is anything from the other side, or a call that was answered well, within 14 days; a meeting within 30.
 * Outreach after two kinds counts in both. One pass over the activities: those that come later are met first. Signals of one kind, source
 * and day of an account are as good as their first and last: none of the spans they are looked for in is shorter than a day.
 */
export const outreachOutcomes = statement<OutcomeRow>(
  'outreach_outcomes',
  `with done as (
     select a.id, a.account_id, a.occurred_at, a.kind in ('call', 'mail') and a.direction = 'out' and a.deal_id is null as ours,
       coalesce(a.outcome in ('positive', 'meeting_booked'), false) as answered,
       min(a.occurred_at) filter (where a.direction = 'in') over later as answer_at,
       min(a.occurred_at) filter (where a.kind = 'meeting') over later as meeting_at
     from activity a where a.workspace_id = $1 and a.occurred_at >= $2
     window later as (partition by a.account_id order by a.occurred_at desc groups between unbounded preceding and 1 preceding)
   ), outreach as materialized (
     select o.id, o.account_id, o.occurred_at, o.answered or coalesce(o.answer_at <= o.occurred_at + interval '14 days', false) as replied,
       coalesce(o.meeting_at <= o.occurred_at + interval '30 days', false) as met
     from done o join account a on a.workspace_id = $1 and a.id = o.account_id where o.ours and not a.is_test
   ), told as (
     select s.account_id, s.kind, s.source, min(s.occurred_at) as first_at, max(s.occurred_at) as last_at
     from signal s where s.workspace_id = $1 and not s.is_test and s.occurred_at > $2::timestamptz - make_interval(days => $3::int)
       and s.account_id in (select account_id from outreach)
     group by s.account_id, s.kind, s.source, floor(extract(epoch from s.occurred_at) / 86400)
   ), after as materialized (
     select distinct o.id, o.replied, o.met, t.kind, t.source from outreach o join told t on t.account_id = o.account_id
       and t.first_at <= o.occurred_at and t.last_at > o.occurred_at - make_interval(days => $3::int)
   )
   select kind, source, true as signalled, count(*)::int as outreach, count(*) filter (where replied)::int as replies, count(*) filter (where met)::int as meetings
   from after group by kind, source
   union all
   select null, null, x.id is not null, count(*)::int, count(*) filter (where o.replied)::int, count(*) filter (where o.met)::int
   from outreach o left join (select distinct id from after) x on x.id = o.id group by x.id is not null
   order by outreach desc, kind, source`,
);

export type LoadRow = {
  id: string;
  name: string;
  teamId: string | null;
  open: number;
  inbound: number;
  claimed: number;
  /** Open items that nobody has claimed and at whose account nobody has called, written or met since; and since when the oldest waits. */
  untouched: number;
  oldestUntouchedAt: Date | null;
  doneThisWeek: number;
};

/** The work of each member who has any, and of nobody. $2 this moment, $3 a week before it. */
export const queueLoad = statement<LoadRow>(
  'queue_load',
  `select coalesce(q.owner_id, '') as id, coalesce(m.name, 'Nobody') as name, m.team_id as "teamId",
     count(*) filter (where q.state = 'open')::int as open, count(*) filter (where q.state = 'open' and q.band = 0)::int as inbound,
     count(*) filter (where q.state = 'open' and q.claimed_by is not null and q.claim_expires_at > $2)::int as claimed,
     count(*) filter (where q.untouched)::int as untouched, min(q.created_at) filter (where q.untouched) as "oldestUntouchedAt",
     count(*) filter (where q.state = 'done' and q.updated_at >= $3)::int as "doneThisWeek"
   from (
     select q.*, q.state = 'open' and q.claimed_by is null and coalesce(touch.at < q.created_at, true) as untouched
     from queue_item q left join (
       select t.account_id, max(t.occurred_at) as at from activity t where t.workspace_id = $1 and t.kind in ('call', 'mail', 'meeting') and t.direction <> 'in'
         and t.occurred_at >= (select min(created_at) from queue_item where workspace_id = $1 and state = 'open' and not is_test)
       group by t.account_id
     ) touch on touch.account_id = q.account_id
     where q.workspace_id = $1 and not q.is_test and (q.state = 'open' or q.updated_at >= $3)
   ) q left join member m on m.workspace_id = q.workspace_id and m.id = q.owner_id
   group by q.owner_id, m.name, m.team_id order by untouched desc, name`,
);
