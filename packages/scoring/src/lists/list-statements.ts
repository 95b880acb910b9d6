import { namesOfAccount } from '@penstock/accounts/item-names';
import { statement } from '@penstock/store/statement';

import type { ListFilter } from '../model/list-filter.ts';
import { IN_FORCE } from '../standing-statements.ts';

export type ListRow = {
  id: string;
  name: string;
  filter: unknown;
  followUp: unknown;
  sweepAfter: string | null;
  sweepBeganAt: Date | null;
};
const LIST = `l.id, l.name, l.filter, l.follow_up as "followUp", l.sweep_after as "sweepAfter", l.sweep_began_at as "sweepBeganAt"`;

/** Held to the end of the transaction: one worker at a time changes who is in a list. */
export const lockActiveLists = statement<ListRow>(
  'lock_active_account_lists',
  `select ${LIST} from account_list l where l.workspace_id = $1 and l.state = 'active' order by l.id for update`,
);
/** Null where another worker is at it, or where it is not due. */
export const lockDueList = statement<ListRow>(
  'lock_due_account_list',
  `select ${LIST} from account_list l where l.workspace_id = $1 and l.id = $2 and l.state = 'active' and l.due_at <= $3 for update skip locked`,
);
export const noteSweep = statement(
  'note_sweep_of_account_list',
  'update account_list set sweep_after = $3, sweep_began_at = coalesce(sweep_began_at, $4::timestamptz) where workspace_id = $1 and id = $2',
);
export const endSweep = statement(
  'end_sweep_of_account_list',
  'update account_list set sweep_after = null, sweep_began_at = null, swept_at = $3, due_at = $4 where workspace_id = $1 and id = $2',
);
/** All of the workspace, or ($3 not empty) those that ask for one of the files. */
export const hastenLists = statement(
  'hasten_account_lists',
  `update account_list set due_at = least(due_at, $2::timestamptz), sweep_after = null where workspace_id = $1 and state = 'active'
     and ($3::text[] = '{}' or exists (select 1 from jsonb_array_elements_text(filter -> 'files') f (id) where f.id = any($3::text[])))`,
);

export const takeListCursor = statement<{ position: number }>(
  'take_account_list_cursor',
  'select position from account_list_cursor where workspace_id = $1 for update skip locked',
);
export const moveListCursor = statement(
  'move_account_list_cursor',
  'update account_list_cursor set position = greatest(position, $2::bigint) where workspace_id = $1',
);
/** From what happens from now on; what is before is looked through by the first sweep. */
export const insertListCursor = statement(
  'insert_account_list_cursor',
  `insert into account_list_cursor (workspace_id, position)
   select $1::uuid, coalesce(max(position), 0) from outbox_event where workspace_id = $1 and position is not null on conflict do nothing`,
);
export const eventsForLists = statement<{ position: number; kind: string; accountId: string | null }>(
  'events_for_account_lists',
  `select position, kind, payload ->> 'accountId' as "accountId" from outbox_event
   where workspace_id = $1 and position > $2 and position <= $3 and kind = any($4::text[]) order by position limit $5`,
);

/** What can be asked by an index or a column is asked first; the rest is judged account by account. $5 countries, $6 owners, $7 teams, $8 least fit, $9 kinds, $10 files. */
const MAY_BELONG = `a.state in ('active', 'proposed') and not a.is_test
     and ($5::text[] = '{}' or a.country = any($5::text[]))
     and (($6::text[] = '{}' and $7::uuid[] = '{}') or a.owner_id = any($6::text[])
       or a.owner_id in (select m.id from member m where m.workspace_id = $1 and m.team_id = any($7::uuid[])))
     and ($8::float8 is null or s.fit is null or s.fit >= $8)
     and ($9::text[] = '{}' or s.mass_kinds && $9::text[])
     and ($10::uuid[] = '{}' or exists (select 1 from target_file_member f where f.workspace_id = a.workspace_id and f.account_id = a.id and f.file_id = any($10::uuid[])))`;
const WITH_SCORE = `from account a left join account_score s on s.workspace_id = a.workspace_id and s.account_id = a.id and s.intent_version_id = ${IN_FORCE}`;

export const narrowed = (filter: ListFilter) =>
  [filter.countries, filter.owners, filter.teams, filter.minFit, filter.kinds, filter.files] as const;

/** Who may belong to the list $2, or is in it, of accounts above $3; at most $4. */
export const listCandidates = statement<{ id: string }>(
  'candidates_of_account_list',
  `select a.id ${WITH_SCORE}
   where a.workspace_id = $1 and a.id > $3 and (
     exists (select 1 from account_list_member m where m.workspace_id = a.workspace_id and m.list_id = $2 and m.account_id = a.id)
     or (${MAY_BELONG}))
   order by a.id limit $4`,
);
/** How many may belong to a filter that may not be saved yet; $2, $3 and $4 as above, unused. */
export const countCandidates = statement<{ total: number }>(
  'count_candidates_of_account_list',
  `select count(*)::int as total ${WITH_SCORE} where a.workspace_id = $1 and $2::uuid is null and $3::uuid is null and $4::int is null and ${MAY_BELONG}`,
);
/** One of each $4 of them, above $3, drawn by their ids alone; at most $2. */
export const sampleCandidates = statement<{ id: string }>(
  'sample_candidates_of_account_list',
  `select a.id ${WITH_SCORE}
   where a.workspace_id = $1 and a.id > $3::uuid and ($4::int = 1 or (hashtextextended(a.id::text, 0) & 9223372036854775807) % $4::int = 0) and ${MAY_BELONG}
   order by a.id limit $2`,
);

export type CandidateRow = {
  accountId: string;
  name: string;
  domain: string | null;
  state: string;
  isTest: boolean;
  ownerId: string | null;
  teamId: string | null;
  country: string | null;
  employeeCount: number | null;
  annualRevenueUsd: number | null;
  industry: string | null;
  hasOpenDeal: boolean;
  fit: number | null;
  kinds: string[] | null;
  values: number[] | null;
  halfLives: number[] | null;
  at: Date[] | null;
  files: string[];
  /** Lists that it is a member of. */
  lists: string[];
};
export const readCandidates = statement<CandidateRow>(
  'read_candidates_of_account_lists',
  `select a.id as "accountId", a.name, a.domain, a.state, a.is_test as "isTest", a.owner_id as "ownerId",
     (select m.team_id from member m where m.workspace_id = a.workspace_id and m.id = a.owner_id) as "teamId",
     a.country, a.employee_count as "employeeCount", a.annual_revenue_usd as "annualRevenueUsd", a.industry,
     exists (select 1 from deal d where d.workspace_id = a.workspace_id and d.account_id = a.id and d.stage_type = 'open' and d.merged_into_id is null) as "hasOpenDeal",
     s.fit, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at,
     array(select f.file_id::text from target_file_member f where f.workspace_id = a.workspace_id and f.account_id = a.id) as files,
     array(select m.list_id::text from account_list_member m where m.workspace_id = a.workspace_id and m.account_id = a.id) as lists
   ${WITH_SCORE} where a.workspace_id = $1 and a.id = any($2::uuid[]) order by a.id`,
);
export const newestToJudge = statement<{ id: string }>(
  'newest_accounts_for_list',
  `select id from account where workspace_id = $1 and state in ('active', 'proposed') and not is_test order by id desc limit $2`,
);
export const readFileNames = statement<{ id: string; name: string }>(
  'read_names_of_target_files',
  'select id, name from target_file where workspace_id = $1',
);

/** $2 lists, $3 accounts, $4 reasons, one each. */
export const insertListMembers = statement<{ listId: string; accountId: string }>(
  'insert_account_list_members',
  `insert into account_list_member (workspace_id, list_id, account_id, entered_at, because)
   select $1::uuid, e.list_id, e.account_id, $5::timestamptz, e.because from unnest($2::uuid[], $3::uuid[], $4::text[]) as e (list_id, account_id, because)
   on conflict do nothing returning list_id as "listId", account_id as "accountId"`,
);
export const deleteListMembers = statement<{ listId: string; accountId: string }>(
  'delete_account_list_members',
  `delete from account_list_member m using unnest($2::uuid[], $3::uuid[]) as l (list_id, account_id)
   where m.workspace_id = $1 and m.list_id = l.list_id and m.account_id = l.account_id returning m.list_id as "listId", m.account_id as "accountId"`,
);
export const insertListChanges = statement(
  'insert_account_list_changes',
  `insert into account_list_change (workspace_id, id, list_id, account_id, kind, because, at)
   select $1::uuid, c.id, c.list_id, c.account_id, c.kind, c.because, $7::timestamptz
   from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[]) as c (id, list_id, account_id, kind, because)`,
);
export const countListMembers = statement(
  'count_account_list_members',
  `update account_list l set members = l.members + d.delta from unnest($2::uuid[], $3::int[]) as d (id, delta) where l.workspace_id = $1 and l.id = d.id`,
);

/** Accounts without an open item of their own enter the queue for their list; those that have one are in its queue as they are. */
export const enterQueueForList = statement<{ id: string; accountId: string }>(
  'enter_queue_for_account_list',
  `insert into queue_item (workspace_id, id, account_id, owner_id, band, state, reason, bound_0, bound_1, is_test, list_id, names, created_at, updated_at)
   select $1::uuid, q.id, q.account_id, q.owner_id, 1, 'open', q.reason, q.priority, q.priority, false, q.list_id, ${namesOfAccount('$1::uuid', 'q.account_id')}, $8::timestamptz, $8::timestamptz
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::float8[], $7::uuid[]) as q (id, account_id, owner_id, reason, priority, list_id)
   on conflict (workspace_id, account_id) where lead_id is null and state in ('open', 'snoozed') do nothing
   returning id, account_id as "accountId"`,
);
/** What a list alone had brought, and nobody has taken up or put away, is done once its account leaves. */
export const leaveQueueOfList = statement<{ id: string; accountId: string }>(
  'leave_queue_of_account_list',
  `update queue_item q set state = 'done', updated_at = $4::timestamptz from unnest($2::uuid[], $3::uuid[]) as l (list_id, account_id)
   where q.workspace_id = $1 and q.account_id = l.account_id and q.list_id = l.list_id and q.state = 'open' and q.claimed_by is null
   returning q.id, q.account_id as "accountId"`,
);

export const readQueuesOfLists = statement<{
  id: string;
  name: string;
  capacity: number;
  serviceLevelMinutes: number;
}>(
  'read_queues_of_account_lists',
  `select id, left(name, 80) as name, (follow_up -> 'queue' ->> 'capacity')::int as capacity, (follow_up -> 'queue' ->> 'serviceLevelMinutes')::int as "serviceLevelMinutes"
   from account_list where workspace_id = $1 and state = 'active' and follow_up -> 'queue' ->> 'capacity' is not null order by name limit 50`,
);

/** One that is there already stays as it is. */
export const insertTargetFile = statement(
  'insert_target_file',
  'insert into target_file (workspace_id, id, name, mapping, created_by, created_at) values ($1, $2, $3, $4::jsonb, $5, $6) on conflict do nothing',
);
export const readLastTarget = statement<{ lastLine: number }>(
  'read_last_line_of_target_file',
  'select last_line as "lastLine" from target_file where workspace_id = $1 and id = $2',
);
export const insertTargets = statement<{ id: string }>(
  'insert_target_file_members',
  `insert into target_file_member (workspace_id, file_id, account_id, line, because)
   select $1::uuid, $2::uuid, t.id, t.line, t.because from unnest($3::uuid[], $4::int[], $5::text[]) as t (id, line, because)
   on conflict do nothing returning account_id as id`,
);
/** $3 known, $4 proposed, $5 ambiguous, $6 repeated, $7 refused, $8 the last line. */
export const countTargets = statement<{ id: string }>(
  'count_targets_of_file',
  `update target_file set known = known + $3, proposed = proposed + $4, ambiguous = ambiguous + $5, repeated = repeated + $6, refused = refused + $7,
     last_line = greatest(last_line, $8)
   where workspace_id = $1 and id = $2 returning id`,
);
export const deleteTargetFile = statement<{ name: string }>(
  'delete_target_file',
  'delete from target_file where workspace_id = $1 and id = $2 returning name',
);
/** Lists that ask for a file. */
export const listsOfFile = statement<{ name: string }>(
  'account_lists_of_target_file',
  `select name from account_list where workspace_id = $1 and filter -> 'files' ? $2::text order by name`,
);
export const knownDomains = statement<{ domain: string }>(
  'known_domains_of_targets',
  `select x.value as domain from external_id x where x.workspace_id = $1 and x.system = 'dns' and x.kind = 'domain' and x.value = any($2::text[]) and x.subject_kind = 'account'`,
);
