import { statement } from '@penstock/store/statement';

import { IN_FORCE } from './standing-statements.ts';

export type IcpBuild = {
  id: string;
  versionId: string;
  /** The scores it is made from. */
  baseId: string;
  /** What was visible when they were last looked through. */
  snapshot: string;
  state: 'building' | 'published' | 'cancelled';
  accounts: number;
  note: string;
  requestedBy: string;
  startedAt: Date;
};
const BUILD = `id, version_id as "versionId", base_id as "baseId", snapshot, state, accounts, note, requested_by as "requestedBy", started_at as "startedAt"`;

export const readIcpBuild = statement<IcpBuild>(
  'read_icp_build',
  `select ${BUILD} from icp_build where workspace_id = $1 and id = $2`,
);
export const lockIcpBuild = statement<IcpBuild>(
  'lock_icp_build',
  `select ${BUILD} from icp_build where workspace_id = $1 and id = $2 for update`,
);
/** The one that is at work, with how far it is; $2 since when batches count as done lately. */
export const readIcpBuildAtWork = statement<
  IcpBuild & { number: number; by: string | null; done: number; doneLately: number }
>(
  'read_icp_build_at_work',
  `select b.id, b.version_id as "versionId", b.base_id as "baseId", b.snapshot, b.state, b.accounts, b.note, b.requested_by as "requestedBy",
     b.started_at as "startedAt", v.number, m.name as by, so_far.done, so_far.lately as "doneLately"
   from icp_build b join document_version v on v.workspace_id = b.workspace_id and v.id = b.version_id
     left join member m on m.workspace_id = b.workspace_id and m.id = b.requested_by
     cross join lateral (
       select coalesce(sum(p.accounts), 0)::int as done, coalesce(sum(p.accounts) filter (where p.done_at > $2::timestamptz), 0)::int as lately
       from icp_build_batch p where p.workspace_id = b.workspace_id and p.build_id = b.id and p.done_at is not null
     ) so_far
   where b.workspace_id = $1 and b.state = 'building'`,
);

/** The words of a version stay as they are from here on: whoever edits the draft waits, and then finds the build. */
export const lockVersion = statement<{ body: unknown; state: string }>(
  'lock_version_to_build',
  'select body, state from document_version where workspace_id = $1 and id = $2 for update',
);
export const readVersionToBuild = statement<{ body: unknown }>(
  'read_version_to_build',
  'select body from document_version where workspace_id = $1 and id = $2',
);
/** The workers take it up at $7, so that whoever asked may finish a small one first. */
export const insertIcpBuild = statement<{ id: string }>(
  'insert_icp_build',
  `insert into icp_build (workspace_id, id, version_id, base_id, snapshot, state, accounts, note, requested_by, started_at, due_at)
   select $1::uuid, $2::uuid, $3::uuid, ${IN_FORCE}, pg_current_snapshot()::text, 'building', 0, $4, $5, $6::timestamptz, $7::timestamptz
   on conflict (workspace_id) where state = 'building' do nothing returning id`,
);
export const hastenIcpBuild = statement(
  'hasten_icp_build',
  'update icp_build set due_at = least(due_at, $3::timestamptz) where workspace_id = $1 and id = $2',
);
/** From other scores, or from the same as they are now. */
export const beginIcpBuildAnew = statement(
  'begin_icp_build_anew',
  `update icp_build set base_id = ${IN_FORCE}, snapshot = $3 where workspace_id = $1 and id = $2`,
);
export const noteSnapshot = statement(
  'note_snapshot_of_icp_build',
  'update icp_build set snapshot = $3 where workspace_id = $1 and id = $2',
);
export const isBaseOf = statement<{ same: boolean }>(
  'is_base_of_icp_build',
  `select base_id = ${IN_FORCE} as same from icp_build where workspace_id = $1 and id = $2`,
);
export const endIcpBuild = statement<{ id: string }>(
  'end_icp_build',
  `update icp_build set state = $3, ended_at = $4, due_at = $4 where workspace_id = $1 and id = $2 and state = 'building' returning id`,
);

export const dropBatches = statement(
  'drop_icp_build_batches',
  'delete from icp_build_batch where workspace_id = $1 and build_id = $2',
);
/** Cuts the scored accounts into batches of $3. */
export const planBatches = statement(
  'plan_icp_build_batches',
  `with cut as (
     select account_id, n, total from (
       select account_id, row_number() over (order by account_id) as n, count(*) over () as total
       from account_score where workspace_id = $1 and intent_version_id = ${IN_FORCE}
     ) numbered where n % $3::int = 0 or n = total
   ), planned as (
     insert into icp_build_batch (workspace_id, build_id, number, after_id, until_id, accounts)
     select $1::uuid, $2::uuid, row_number() over (order by n), coalesce(lag(account_id) over (order by n), '00000000-0000-0000-0000-000000000000'),
       account_id, n - coalesce(lag(n) over (order by n), 0) from cut returning accounts
   )
   update icp_build set accounts = (select coalesce(sum(accounts), 0) from planned) where workspace_id = $1 and id = $2`,
);
/** The next batch that nobody works on; one whose worker died is free again. */
export const takeBatch = statement<{ number: number; afterId: string; untilId: string }>(
  'take_icp_build_batch',
  `select p.number, p.after_id as "afterId", p.until_id as "untilId" from icp_build_batch p
   where p.workspace_id = $1 and p.build_id = $2 and p.done_at is null
     and exists (select 1 from icp_build b where b.workspace_id = $1 and b.id = $2 and b.state = 'building')
   order by p.number limit 1 for update of p skip locked`,
);
export const finishBatch = statement(
  'finish_icp_build_batch',
  'update icp_build_batch set done_at = $4 where workspace_id = $1 and build_id = $2 and number = $3',
);
export const countOpenBatches = statement<{ open: number }>(
  'count_open_icp_build_batches',
  'select count(*)::int as open from icp_build_batch where workspace_id = $1 and build_id = $2 and done_at is null',
);
export const accountsOfBatch = statement<{ accountId: string }>(
  'accounts_of_icp_build_batch',
  `select account_id as "accountId" from account_score
   where workspace_id = $1 and account_id > $2 and account_id <= $3 and intent_version_id = ${IN_FORCE} order by account_id`,
);
/** One finishes a build while others look on. */
export const mayFinish = statement<{ won: boolean }>(
  'may_finish_icp_build',
  `select pg_try_advisory_xact_lock(hashtextextended($1::uuid::text || $2 || ':icp', 0)) as won`,
);

/** Fits under the version $3 beside the scores they belong to; masses are copied as they stand. */
export const writeBuiltFits = statement(
  'write_built_fits',
  `insert into account_score (workspace_id, account_id, intent_version_id, icp_version_id, mass_kinds, mass_values, mass_half_lives, mass_at, fit, fit_parts, fit_until, signal_bound, scored_at)
   select s.workspace_id, s.account_id, $2::uuid, $3::uuid, s.mass_kinds, s.mass_values, s.mass_half_lives, s.mass_at, b.fit, b.fit_parts, b.fit_until, s.signal_bound, s.scored_at
   from jsonb_to_recordset($4::jsonb) as b (account_id uuid, fit float8, fit_parts jsonb, fit_until timestamptz)
     join account_score s on s.workspace_id = $1 and s.account_id = b.account_id and s.intent_version_id = ${IN_FORCE}
   on conflict (workspace_id, account_id, intent_version_id) do update set
     icp_version_id = excluded.icp_version_id, mass_kinds = excluded.mass_kinds, mass_values = excluded.mass_values,
     mass_half_lives = excluded.mass_half_lives, mass_at = excluded.mass_at, fit = excluded.fit, fit_parts = excluded.fit_parts,
     fit_until = excluded.fit_until, signal_bound = excluded.signal_bound, scored_at = excluded.scored_at`,
);

export const accountsNotBuilt = statement<{ accountId: string }>(
  'accounts_not_built',
  `select s.account_id as "accountId" from account_score s where s.workspace_id = $1 and s.intent_version_id = ${IN_FORCE}
     and not exists (select 1 from account_score b where b.workspace_id = $1 and b.account_id = s.account_id and b.intent_version_id = $2)`,
);

/** Scores under the key $2, which is not in force, of at most $4 accounts above $3. */
export const dropScoresOf = statement<{ accountId: string }>(
  'drop_scores_of_a_build',
  `delete from account_score where workspace_id = $1 and intent_version_id <> ${IN_FORCE} and ctid = any(array(
     select ctid from account_score where workspace_id = $1 and account_id > $3 and intent_version_id = $2 order by account_id limit $4))
   returning account_id as "accountId"`,
);
export const settleIcpBuild = statement(
  'settle_icp_build',
  'update icp_build set due_at = null where workspace_id = $1 and id = $2',
);
