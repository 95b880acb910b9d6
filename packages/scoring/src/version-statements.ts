import { plannedAnew, statement } from '@penstock/store/statement';

import { IN_FORCE } from './standing-statements.ts';

// Masses follow from signals and half-lives alone. Under other weights they stay, and only what stands in a queue or a pipeline needs a new
// bound. Under other half-lives they are summed again beside those in force (`mass-statements.ts`), while signals go on arriving there.

/** What is visible now: what a later statement finds outside of it has changed since. */
export const whatIsVisible = statement<{ snapshot: string }>(
  'what_is_visible',
  'select pg_current_snapshot()::text as snapshot where $1::uuid is not null',
);

/** For transactions that look through all scores: one processor is enough, others are waited for by people. */
export const onOneProcessor = statement(
  'on_one_processor',
  `select set_config('max_parallel_workers_per_gather', '0', true) where $1::uuid is not null`,
);

/** Neither in force nor being built. */
const LEFT_OVER = `workspace_id = $1 and intent_version_id <> ${IN_FORCE}
     and intent_version_id not in (select id from icp_build where workspace_id = $1 and state = 'building')`;

/** Leftovers of versions that are not in force, at most $3 of them from the account $2 on: those before it are gone. */
export const dropSomeOtherScores = plannedAnew<{ accountId: string }>(
  'drop_some_scores_not_in_force',
  `delete from account_score where workspace_id = $1 and ctid = any(array(
     select ctid from account_score where account_id >= $2 and ${LEFT_OVER} order by account_id limit $3))
   returning account_id as "accountId"`,
);

/** Whether scores of the version $2 were dropped: that begins with the lowest account. */
export const wereDropped = plannedAnew<{ dropped: boolean }>(
  'were_scores_of_version_dropped',
  `select not exists (select 1 from account_score b where b.workspace_id = $1 and b.intent_version_id = $2 and b.account_id = lowest.account_id) as dropped from (
     select account_id from account_score where workspace_id = $1 and intent_version_id = ${IN_FORCE} order by account_id limit 1) lowest`,
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

/** The id of a row's transaction has 32 bits; its upper half is that of now, or the one before. */
const NOW = '(select pg_snapshot_xmax(pg_current_snapshot())::text::bigint)';
const WRITTEN_BY = `greatest(3, (${NOW} & ~4294967295) + s.xmin::text::bigint - case when s.xmin::text::bigint > (${NOW} & 4294967295) then 4294967296 else 0 end)::text::xid8`;
/** Everything older than this is in the snapshot: most rows are told by it alone. */
const AGE = `(select age((pg_snapshot_xmin($2::pg_snapshot)::text::bigint & 4294967295)::text::xid))`;

/** Accounts whose score in force was written by a transaction that the snapshot $2 did not see. */
export const accountsChangedSince = plannedAnew<{ accountId: string }>(
  'accounts_changed_since',
  `select s.account_id as "accountId" from account_score s where s.workspace_id = $1 and s.intent_version_id = ${IN_FORCE}
     and age(s.xmin) <= ${AGE} and not pg_visible_in_snapshot(${WRITTEN_BY}, $2::pg_snapshot) order by s.account_id`,
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
