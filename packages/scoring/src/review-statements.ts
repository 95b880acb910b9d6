import { statement } from '@penstock/store/statement';

export type OutcomeRow = {
  /** Null: outreach without a signal before it. */
  kind: string | null;
  source: string | null;
  outreach: number;
  replies: number;
  meetings: number;
};

// Whether an account is a test is asked of each, not of all accounts at once.
const OUTREACH = `outreach as (
     select o.workspace_id, o.id, o.account_id, o.occurred_at,
       o.outcome in ('positive', 'meeting_booked') or exists (
         select 1 from activity r where r.workspace_id = o.workspace_id and r.account_id = o.account_id and r.direction = 'in'
           and r.occurred_at > o.occurred_at and r.occurred_at <= o.occurred_at + interval '14 days') as replied,
       exists (select 1 from activity m where m.workspace_id = o.workspace_id and m.account_id = o.account_id and m.kind = 'meeting'
           and m.occurred_at > o.occurred_at and m.occurred_at <= o.occurred_at + interval '30 days') as met
     from activity o where not (select a.is_test from account a where a.workspace_id = o.workspace_id and a.id = o.account_id) and o.workspace_id = $1 and o.kind in ('call', 'mail') and o.direction = 'out' and o.occurred_at >= $2
   )`;
const BEFORE = `s.workspace_id = o.workspace_id and s.account_id = o.account_id and not s.is_test
       and s.occurred_at <= o.occurred_at and s.occurred_at > o.occurred_at - make_interval(days => $3::int)`;

export type SignalledRow = { signalled: boolean; outreach: number; replies: number; meetings: number };

/** The same outreach, each counted once: with any signal of the account in the days before it, and without one (R028). */
export const outreachWithAndWithout = statement<SignalledRow>(
  'outreach_with_and_without_signal',
  `with ${OUTREACH}
   select told.signalled, count(*)::int as outreach, count(*) filter (where told.replied)::int as replies, count(*) filter (where told.met)::int as meetings
   from (select o.replied, o.met, exists (select 1 from signal s where ${BEFORE}) as signalled from outreach o) told group by told.signalled`,
);

/**
 * What came of outgoing calls and mails since $2, by the signals of the account in the $3 days before each. A reply is anything from
 * the other side, or a call that was answered well, within 14 days; a meeting within 30. Outreach after two kinds counts in both.
 */
export const outreachOutcomes = statement<OutcomeRow>(
  'outreach_outcomes',
  `with ${OUTREACH}
   select k.kind, k.source, count(*)::int as outreach, count(*) filter (where o.replied)::int as replies, count(*) filter (where o.met)::int as meetings
   from outreach o left join lateral (
     select distinct s.kind, s.source from signal s where ${BEFORE}
   ) k on true
   group by k.kind, k.source order by outreach desc, k.kind, k.source`,
);

export type LoadRow = {
  id: string;
  name: string;
  open: number;
  inbound: number;
  claimed: number;
  /** Open items that nobody has claimed, and since when the oldest of them waits. */
  untouched: number;
  oldestUntouchedAt: Date | null;
  doneThisWeek: number;
};

/** The work of each member who has any, and of nobody. $2 this moment, $3 a week before it. */
export const queueLoad = statement<LoadRow>(
  'queue_load',
  `select coalesce(q.owner_id, '') as id, coalesce(m.name, 'Nobody') as name,
     count(*) filter (where q.state = 'open')::int as open, count(*) filter (where q.state = 'open' and q.band = 0)::int as inbound,
     count(*) filter (where q.state = 'open' and q.claimed_by is not null and q.claim_expires_at > $2)::int as claimed,
     count(*) filter (where q.state = 'open' and q.claimed_by is null)::int as untouched,
     min(q.created_at) filter (where q.state = 'open' and q.claimed_by is null) as "oldestUntouchedAt",
     count(*) filter (where q.state = 'done' and q.updated_at >= $3)::int as "doneThisWeek"
   from queue_item q left join member m on m.workspace_id = q.workspace_id and m.id = q.owner_id
   where q.workspace_id = $1 and not q.is_test and (q.state = 'open' or q.updated_at >= $3)
   group by q.owner_id, m.name order by untouched desc, name`,
);
