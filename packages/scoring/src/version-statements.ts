import { statement } from '@penstock/store/statement';

import { IN_FORCE } from './standing-statements.ts';

// Masses follow from signals and half-lives alone. Under other weights they stay, and only what stands in a queue or a pipeline needs a new
// bound. Under other half-lives they are summed again beside those in force, while signals go on arriving there; what changed
// meanwhile is summed again under the lock that scorers share, which takes the shorter the less it is.

/** What is visible now: what a later statement finds outside of it has changed since. */
export const whatIsVisible = statement<{ snapshot: string }>(
  'what_is_visible',
  'select pg_current_snapshot()::text as snapshot where $1::uuid is not null',
);

/** Neither in force nor being built. */
const LEFT_OVER = `workspace_id = $1 and intent_version_id <> ${IN_FORCE}
     and intent_version_id not in (select id from icp_build where workspace_id = $1 and state = 'building')`;

/** Leftovers of a version that is not in force. */
export const dropOtherScores = statement(
  'drop_scores_not_in_force',
  `delete from account_score where ${LEFT_OVER}`,
);
/** At most $2 of them. */
export const dropSomeOtherScores = statement<{ accountId: string }>(
  'drop_some_scores_not_in_force',
  `delete from account_score where workspace_id = $1 and ctid = any(array(select ctid from account_score where ${LEFT_OVER} limit $2))
   returning account_id as "accountId"`,
);

/** How many accounts have a score in force, and how many one of the version $2. */
export const countScores = statement<{ inForce: number; built: number }>(
  'count_scores_of_versions',
  `select count(*) filter (where intent_version_id = ${IN_FORCE})::int as "inForce", count(*) filter (where intent_version_id = $2)::int as built
   from account_score where workspace_id = $1`,
);

/** Fits that are judged again in the version in force are due in no other one. */
export const forgetFitsOfOtherVersions = statement(
  'forget_fits_of_other_versions',
  `update account_score set fit_until = null where workspace_id = $1 and account_id = any($2::uuid[]) and intent_version_id <> ${IN_FORCE} and fit_until is not null`,
);

/**
 * Signal score of masses at the moment $5, as in `model/intent.ts`: `100 · (1 − Π (1 − cap · (1 − 2^(−mass/saturation))))`.
 * $2 kinds, $3 caps, $4 saturations. Powers stop at 2^-1000: below 2^-1074 the database refuses them.
 */
const SIGNAL = `(select 100 * (1 - exp(coalesce(sum(ln(1 - ($3::float8[])[k.at] * (1 - power(2::float8,
      greatest(-1000, -(m.value * power(2::float8, greatest(-1000, -extract(epoch from $5::timestamptz - m.at)::float8 / 86400 / m.half_life))) / ($4::float8[])[k.at]))))), 0)))
    from unnest(s.mass_kinds, s.mass_values, s.mass_half_lives, s.mass_at) as m (kind, value, half_life, at)
    cross join lateral (select array_position($2::text[], m.kind) as at offset 0) k where k.at is not null)`;

/** The id of a row's transaction has 32 bits; its upper half is that of now, or the one before. */
const NOW = '(select pg_snapshot_xmax(pg_current_snapshot())::text::bigint)';
const WRITTEN_BY = `greatest(3, (${NOW} & ~4294967295) + s.xmin::text::bigint - case when s.xmin::text::bigint > (${NOW} & 4294967295) then 4294967296 else 0 end)::text::xid8`;
/** Scores in force that were written by a transaction outside of a snapshot (all of them if it is null). */
const changedSince = (snapshot: string) =>
  `s.workspace_id = $1 and s.intent_version_id = ${IN_FORCE} and (${snapshot}::text is null or not pg_visible_in_snapshot(${WRITTEN_BY}, ${snapshot}::pg_snapshot))`;
const CHANGED = changedSince('$7');

/** Accounts whose score in force was written by a transaction that the snapshot $2 did not see. */
export const accountsChangedSince = statement<{ accountId: string }>(
  'accounts_changed_since',
  `select s.account_id as "accountId" from account_score s where ${changedSince('$2')} order by s.account_id`,
);

const INTO = `insert into account_score (workspace_id, account_id, intent_version_id, icp_version_id, mass_kinds, mass_values, mass_half_lives, mass_at, fit, fit_parts, fit_until, signal_bound, scored_at)`;
const OVER = `on conflict (workspace_id, account_id, intent_version_id) do update set
     icp_version_id = excluded.icp_version_id, mass_kinds = excluded.mass_kinds, mass_values = excluded.mass_values,
     mass_half_lives = excluded.mass_half_lives, mass_at = excluded.mass_at, fit = excluded.fit, fit_parts = excluded.fit_parts,
     fit_until = excluded.fit_until, signal_bound = excluded.signal_bound, scored_at = excluded.scored_at`;
const SELECTED = `select s.workspace_id, s.account_id, $6::uuid, s.icp_version_id, s.mass_kinds, s.mass_values, s.mass_half_lives, s.mass_at, s.fit, s.fit_parts, s.fit_until, ${SIGNAL}, $5::timestamptz`;

/** Other weights for the same masses: bounds of the accounts that stand in a queue or a pipeline, which are all that is ordered by them. */
export const reboundScores = statement(
  'rebound_scores',
  `update account_score s set signal_bound = ${SIGNAL}, scored_at = $5::timestamptz
   where s.workspace_id = $1 and s.intent_version_id = ${IN_FORCE} and s.account_id in (
     select account_id from queue_item where workspace_id = $1 and state in ('open', 'snoozed')
     union select account_id from deal where workspace_id = $1)`,
);

/** Keeps which masses count, before another version is published. */
export const keepBase = statement(
  'keep_score_base',
  `insert into score_base (workspace_id, version_id) select $1::uuid, ${IN_FORCE} on conflict do nothing`,
);
export const moveBase = statement(
  'move_score_base',
  'update score_base set version_id = $2 where workspace_id = $1',
);

/**
 * Masses summed again from the signals under other half-lives: $8 kinds, $9 half-lives in days. Each strength is taken to the moment $5
 * and the sum back to its newest signal, so that one pass is enough.
 */
export const buildScoresFromSignals = statement(
  'build_scores_of_version_from_signals',
  `with chosen as materialized (
     select s.account_id, s.icp_version_id, s.fit, s.fit_parts, s.fit_until, a.is_test
     from account_score s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id where ${CHANGED}
   ), mass as (
     select e.account_id, e.kind, h.half_life, max(e.occurred_at) as at,
       sum(e.strength * power(2::float8, least(1000, greatest(-1000, extract(epoch from e.occurred_at - $5::timestamptz)::float8 / 86400 / h.half_life)))) as sum
     from signal e join unnest($8::text[], $9::float8[]) as h (kind, half_life) on h.kind = e.kind
       join chosen c on c.account_id = e.account_id and (c.is_test or not e.is_test)
     where e.workspace_id = $1 and e.expired_by_id is null and e.merged_into_id is null
     group by e.account_id, e.kind, h.half_life
   ), masses as (
     select m.account_id, array_agg(m.kind) as kinds, array_agg(m.half_life) as half_lives, array_agg(m.at) as at,
       array_agg(m.sum * power(2::float8, -least(1000, greatest(-1000, extract(epoch from m.at - $5::timestamptz)::float8 / 86400 / m.half_life)))) as values
     from mass m group by m.account_id
   )
   ${INTO} ${SELECTED} from (
     select $1::uuid as workspace_id, c.account_id, c.icp_version_id, c.fit, c.fit_parts, c.fit_until, coalesce(m.kinds, '{}') as mass_kinds,
       coalesce(m.values, '{}') as mass_values, coalesce(m.half_lives, '{}') as mass_half_lives, coalesce(m.at, '{}') as mass_at
     from chosen c left join masses m on m.account_id = c.account_id
   ) s ${OVER}`,
);
