import { namesOfAccount } from '@penstock/accounts/item-names';
import { statement } from '@penstock/store/statement';

import { setBound } from './bound-slots.ts';
import type { Standing } from './model/priority.ts';
import { IN_FORCE, STANDING } from './standing-statements.ts';

export type ScoredAccount = Standing & {
  accountId: string;
  name: string;
  ownerId: string | null;
  isTest: boolean;
  employeeCount: number | null;
  annualRevenueUsd: number | null;
  industry: string | null;
  country: string | null;
  kinds: string[] | null;
  values: number[] | null;
  halfLives: number[] | null;
  at: Date[] | null;
};

/**
 * Taken before the scores of accounts are read and changed, in the order of their ids, so that two batches with common accounts wait
 * instead of deadlocking. A statement of its own: one that locks and reads at once sees the scores as they were before it waited.
 */
export const lockForScoring = statement<{ id: string }>(
  'lock_accounts_for_scoring',
  'select id from account where workspace_id = $1 and id = any($2::uuid[]) order by id for no key update',
);

export const readForScoring = statement<ScoredAccount>(
  'read_accounts_for_scoring',
  `select a.id as "accountId", a.name, a.owner_id as "ownerId", a.is_test as "isTest", a.employee_count as "employeeCount",
     a.annual_revenue_usd as "annualRevenueUsd", a.industry, a.country,
     s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at, ${STANDING}
   from account a left join account_score s on s.workspace_id = a.workspace_id and s.account_id = a.id and s.intent_version_id = ${IN_FORCE}
   left join account_standing st on st.workspace_id = a.workspace_id and st.account_id = a.id
   where a.workspace_id = $1 and a.id = any($2::uuid[]) order by a.id`,
);

export const writeScores = statement(
  'write_account_scores',
  `insert into account_score (workspace_id, account_id, intent_version_id, icp_version_id, mass_kinds, mass_values, mass_half_lives, mass_at, fit, fit_parts, fit_until, signal_bound, scored_at)
   select $1::uuid, s.account_id, ${IN_FORCE}, $3::uuid, s.kinds, s.values, s.half_lives, s.at, s.fit, s.fit_parts, s.fit_until, s.signal, $4::timestamptz
   from jsonb_to_recordset($2::jsonb) as s (account_id uuid, kinds text[], values float8[], half_lives float8[], at timestamptz[], fit float8, fit_parts jsonb, fit_until timestamptz, signal float8)
   on conflict (workspace_id, account_id, intent_version_id) do update set
     icp_version_id = excluded.icp_version_id,
     mass_kinds = excluded.mass_kinds, mass_values = excluded.mass_values, mass_half_lives = excluded.mass_half_lives, mass_at = excluded.mass_at,
     fit = excluded.fit, fit_parts = excluded.fit_parts, fit_until = excluded.fit_until, signal_bound = excluded.signal_bound, scored_at = excluded.scored_at`,
);

/** What counts for an account: tests at test accounts only; what was ended or told twice does not. */
const COUNTS = `s.workspace_id = $1 and s.account_id = $2 and s.kind = k.kind and s.merged_into_id is null and s.expired_by_id is null
       and ($5::uuid is null or s.id <> $5)
       and (not s.is_test or (select is_test from account where workspace_id = $1 and id = $2))`;

/**
 * Masses of an account rebuilt from its signals: decayed sums per kind at the time of the newest. $3 kinds, $4 their half-lives in days,
 * $5 a signal to leave out, or null.
 * Summed in one pass over an index, up to sixty half-lives back: what is older counts for less than a 10^18th.
 */
export const rebuildMasses = statement<{ kind: string; value: number; halfLifeDays: number; at: Date }>(
  'rebuild_masses',
  `select k.kind, total.value, k.half_life as "halfLifeDays", newest.at
   from unnest($3::text[], $4::float8[]) as k (kind, half_life)
   cross join lateral (select s.occurred_at as at from signal s where ${COUNTS} order by s.occurred_at desc, s.id desc limit 1) newest
   cross join lateral (
     select sum(s.strength * power(2::float8, date_part('epoch', s.occurred_at - newest.at) / 86400 / k.half_life)) as value
     from signal s where ${COUNTS} and s.occurred_at >= newest.at - make_interval(secs => 86400 * 60 * k.half_life)
   ) total`,
);

/** All items of an account that are not done take its new bound: those of its requests and that of its signals. */
export const movePriorities = statement<{ id: string; accountId: string }>(
  'move_queue_priorities',
  `update queue_item q set ${setBound('p.priority')}, updated_at = $4::timestamptz
   from unnest($2::uuid[], $3::float8[]) as p (account_id, priority)
   where q.workspace_id = $1 and q.account_id = p.account_id and q.state in ('open', 'snoozed')
   returning q.id, q.account_id as "accountId"`,
);

/** One open item for an account's signals: a second reason to look at it does not make a second item. Its requests have their own. What was dismissed stays away. */
export const enterQueue = statement<{ id: string; accountId: string }>(
  'enter_queue',
  `insert into queue_item (workspace_id, id, account_id, owner_id, band, state, reason, bound_0, bound_1, is_test, names, created_at, updated_at)
   select $1::uuid, q.id, q.account_id, q.owner_id, 1, 'open', q.reason, q.priority, q.priority, q.is_test, ${namesOfAccount('$1::uuid', 'q.account_id')}, $8::timestamptz, $8::timestamptz
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::float8[], $7::boolean[]) as q (id, account_id, owner_id, reason, priority, is_test)
     join account a on a.workspace_id = $1::uuid and a.id = q.account_id and a.state in ('active', 'proposed')
   on conflict (workspace_id, account_id) where lead_id is null and state in ('open', 'snoozed') do update set
     reason = excluded.reason, ${setBound('excluded.bound_0')}, updated_at = excluded.updated_at, list_id = null
   returning id, account_id as "accountId"`,
);

/** Items of accounts some of whose signals were taken back: they tell the newest reason that is left; without any, what nobody has taken up is done. $4 kinds that bring an account into the queue. */
export const leaveQueue = statement<{ id: string; accountId: string }>(
  'leave_queue_without_reason',
  `with standing as (
     select q.id, (select s.summary from signal s where s.workspace_id = $1 and s.account_id = q.account_id and s.kind = any($4::text[])
       and s.merged_into_id is null and s.expired_by_id is null order by s.occurred_at desc, s.id desc limit 1) as reason
     from queue_item q where q.workspace_id = $1 and q.account_id = any($2::uuid[]) and q.lead_id is null and q.list_id is null and q.state in ('open', 'snoozed')
   )
   update queue_item q set reason = coalesce(s.reason, q.reason), updated_at = $3::timestamptz,
     state = case when s.reason is null and q.claimed_by is null then 'done' else q.state end
   from standing s where q.workspace_id = $1 and q.id = s.id returning q.id, q.account_id as "accountId"`,
);
