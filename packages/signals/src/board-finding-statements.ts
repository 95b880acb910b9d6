import { statement } from '@penstock/store/statement';

import type { LookFigures } from './source-figures.ts';

/** Accounts that a search is for: active, with a domain, and without a board. */
const SOUGHT = `a.state = 'active' and a.domain is not null and not a.is_test
     and not exists (select 1 from job_board b where b.workspace_id = a.workspace_id and b.account_id = a.id)
     and not exists (select 1 from board_search s where s.workspace_id = a.workspace_id and s.account_id = a.id)`;

/** Accounts that somebody owns, or where a deal is open. */
export const addCaredSearches = statement(
  'add_board_searches_cared',
  `insert into board_search (workspace_id, account_id, domain, due_at)
   select a.workspace_id, a.id, a.domain, $2::timestamptz from account a
   where a.workspace_id = $1 and ${SOUGHT}
     and (a.owner_id is not null or a.id in (select d.account_id from deal d where d.workspace_id = $1 and d.stage_type = 'open'))
   limit $3 on conflict do nothing`,
);

/** The next accounts after $3 in the order of their ids, where nobody else waits; ends with the last id that was seen. */
export const addNextSearches = statement<{ last: string | null; seen: number }>(
  'add_board_searches_next',
  `with walked as (
     select a.id from account a where a.workspace_id = $1 and ($3::uuid is null or a.id > $3::uuid) order by a.id limit $4),
   added as (
     insert into board_search (workspace_id, account_id, domain, due_at)
     select a.workspace_id, a.id, a.domain, $2::timestamptz from account a join walked w on w.id = a.id
     where a.workspace_id = $1 and ${SOUGHT} on conflict do nothing)
   select (select id from walked order by id desc limit 1) as last, (select count(*)::int from walked) as seen`,
);

export type BoardSearchRow = {
  accountId: string;
  accountName: string;
  domain: string;
  isAsked: boolean;
  failures: number;
};
/** What somebody asked for first, then accounts with open deals, owned ones, and whoever waits longest. */
export const dueSearches = statement<BoardSearchRow>(
  'due_board_searches',
  `select s.account_id as "accountId", a.name as "accountName", coalesce(a.domain, s.domain) as domain, s.is_asked as "isAsked", s.failures
   from board_search s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id and a.state = 'active'
   where s.workspace_id = $1 and s.due_at <= $2::timestamptz and (s.is_asked or not $4::boolean)
     and not exists (select 1 from job_board b where b.workspace_id = s.workspace_id and b.account_id = s.account_id)
   order by s.is_asked desc,
     exists (select 1 from deal d where d.workspace_id = s.workspace_id and d.account_id = s.account_id and d.stage_type = 'open') desc,
     a.owner_id is not null desc, s.due_at, s.account_id limit $3`,
);
export const searchesSince = statement<{ looks: number }>(
  'count_board_searches_since',
  'select count(*)::int as looks from board_search where workspace_id = $1 and looked_at >= $2::timestamptz',
);
export const searchDone = statement(
  'board_search_done',
  `update board_search set domain = $3, looked_at = $4::timestamptz, due_at = $5::timestamptz, outcome = $6, fault = $7, is_asked = false,
     failures = case when $6 = 'failed' then failures + 1 else 0 end where workspace_id = $1 and account_id = $2`,
);
export const readFindingWatch = statement<{ cursor: string | null }>(
  'read_board_finding_watch',
  'select cursor from source_watch where workspace_id = $1 and id = $2 and active',
);
export const findingDone = statement(
  'board_finding_done',
  `update source_watch set due_at = $4::timestamptz, cursor = $5, looks = looks + $7,
     health = case when $6 <> '' then 'failing' when $7 = 0 then health else 'healthy' end,
     last_success_at = case when $6 = '' and $7 > 0 then $3::timestamptz else last_success_at end,
     last_fault = case when $7 = 0 then last_fault else $6 end, last_fault_at = case when $6 = '' then last_fault_at else $3::timestamptz end,
     failures = case when $6 <> '' then failures + 1 when $7 = 0 then failures else 0 end
   where workspace_id = $1 and id = $2`,
);

/** Boards of an account that a person has answered for, and those that wait for one. */
export const proposalsOf = statement<{
  source: string;
  board: string;
  company: string | null;
  foundOn: string;
  because: string;
  state: 'open' | 'taken' | 'refused';
}>(
  'board_proposals_of_account',
  `select source, board, company, found_on as "foundOn", because, state from board_proposal where workspace_id = $1 and account_id = $2 order by proposed_at, source, board`,
);
export const propose = statement(
  'propose_board',
  `insert into board_proposal (workspace_id, account_id, source, board, company, found_on, because, proposed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (workspace_id, account_id, source, board) do update set company = excluded.company, found_on = excluded.found_on, because = excluded.because
   where board_proposal.state = 'open'`,
);
export const lockProposal = statement<{ state: string; foundOn: string }>(
  'lock_board_proposal',
  `select state, found_on as "foundOn" from board_proposal where workspace_id = $1 and account_id = $2 and source = $3 and board = $4 for update`,
);
export const answerProposal = statement(
  'answer_board_proposal',
  `update board_proposal set state = $5, answered_by = $6, answered_at = $7 where workspace_id = $1 and account_id = $2 and source = $3 and board = $4`,
);

/** Whose board it is already. */
export const watchedFor = statement<{ accountName: string }>(
  'board_watched_for',
  `select a.name as "accountName" from job_board b join account a on a.workspace_id = b.workspace_id and a.id = b.account_id
   where b.workspace_id = $1 and b.source = $2 and lower(b.board) = lower($3)`,
);

export const searchOfAccount = statement<{
  domain: string;
  lookedAt: Date | null;
  dueAt: Date;
  outcome: 'new' | 'found' | 'proposed' | 'none' | 'forbidden' | 'failed';
  fault: string;
  active: boolean;
  hasBoard: boolean;
}>(
  'board_search_of_account',
  `select a.domain, s.looked_at as "lookedAt", coalesce(s.due_at, w.due_at) as "dueAt", coalesce(s.outcome, 'new') as outcome, coalesce(s.fault, '') as fault, w.active,
     exists (select 1 from job_board b where b.workspace_id = a.workspace_id and b.account_id = a.id) as "hasBoard"
   from account a join source_watch w on w.workspace_id = a.workspace_id and w.source = 'company-sites'
     left join board_search s on s.workspace_id = a.workspace_id and s.account_id = a.id
   where a.workspace_id = $1 and a.id = $2 and a.domain is not null and a.state = 'active'`,
);
/** Asked for by a person: at once, unless its site was looked at after $4, the account has a board, or the source rests or is off. */
export const makeSearchDue = statement<{ source: string }>(
  'make_board_search_of_account_due',
  `insert into board_search as s (workspace_id, account_id, domain, due_at, is_asked)
   select a.workspace_id, a.id, a.domain, $3::timestamptz, true from account a
   where a.workspace_id = $1 and a.id = $2 and a.domain is not null and a.state = 'active' and 'company-sites' <> all($5::text[])
     and not exists (select 1 from job_board b where b.workspace_id = $1 and b.account_id = a.id)
     and exists (select 1 from source_watch w where w.workspace_id = $1 and w.source = 'company-sites' and w.active)
   on conflict (workspace_id, account_id) do update set due_at = excluded.due_at, is_asked = true
   where (s.looked_at is null or s.looked_at <= $4::timestamptz) and not s.is_asked returning 'company-sites' as source`,
);
export const searchFigures = statement<LookFigures>(
  'board_search_figures',
  `select count(*)::int as watched, (count(*) filter (where looked_at is not null and due_at < $2::timestamptz - interval '2 minutes'))::int as overdue,
     (count(*) filter (where looked_at is null))::int as waiting, min(looked_at) as "oldestLookAt" from board_search where workspace_id = $1`,
);
