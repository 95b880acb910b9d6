import { statement } from '@penstock/store/statement';

export type BoardRow = {
  id: string;
  accountId: string;
  accountName: string;
  source: string;
  board: string;
  company: string | null;
  baselineAt: Date | null;
  failures: number;
  intervalSeconds: number;
};

export const readBoard = statement<BoardRow>(
  'read_job_board',
  `select b.id, b.account_id as "accountId", a.name as "accountName", b.source, b.board, b.company, b.baseline_at as "baselineAt",
     b.failures, b.interval_seconds as "intervalSeconds"
   from job_board b join account a on a.workspace_id = b.workspace_id and a.id = b.account_id
   where b.workspace_id = $1 and b.id = $2 and b.active`,
);

/** Only one look at a time is compared and stored. */
export const lockBoard = statement<{
  company: string | null;
  baselineAt: Date | null;
  successes: number;
  strange: number;
}>(
  'lock_job_board',
  `select company, baseline_at as "baselineAt", successes, strange from job_board where workspace_id = $1 and id = $2 and active for update`,
);

export const readOpenings = statement<{
  key: string;
  title: string;
  department: string | null;
  countries: string[];
  firstSeenAt: Date;
  isBaseline: boolean;
  missingSince: Date | null;
  goneAt: Date | null;
}>(
  'read_job_openings',
  `select key, title, department, countries, first_seen_at as "firstSeenAt", is_baseline as "isBaseline", missing_since as "missingSince", gone_at as "goneAt"
   from job_opening where workspace_id = $1 and board_id = $2`,
);

export const insertOpenings = statement(
  'insert_job_openings',
  `insert into job_opening (workspace_id, board_id, key, title, department, countries, url, first_seen_at, is_baseline)
   select $1::uuid, $2::uuid, o.key, o.title, o.department, string_to_array(o.countries, ','), o.url, $8::timestamptz, $9::boolean
   from (select key, title, department, coalesce(countries, '') as countries, url
         from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) as u (key, title, department, countries, url)) o
   on conflict do nothing`,
);

export const markOpenings = statement(
  'mark_job_openings',
  `update job_opening set
     missing_since = case when key = any($3::text[]) then null when key = any($4::text[]) then $6::timestamptz else missing_since end,
     gone_at = case when key = any($3::text[]) then null when key = any($5::text[]) then $6::timestamptz else gone_at end
   where workspace_id = $1 and board_id = $2 and key = any($3::text[] || $4::text[] || $5::text[])`,
);

/** What was shown by another than the board. */
export const forgetOpenings = statement(
  'forget_job_openings',
  'delete from job_opening where workspace_id = $1 and board_id = $2',
);

export const boardSucceeded = statement(
  'job_board_succeeded',
  `update job_board set company = case when $8 then $3 else coalesce(company, $3) end, strange = 0, baseline_at = coalesce(baseline_at, $4::timestamptz), health = 'healthy', last_success_at = $5::timestamptz,
     last_fault = $6, failures = 0, looks = looks + 1, successes = successes + 1, looked_at = $5::timestamptz, interval_seconds = $7::int, due_at = $5::timestamptz + make_interval(secs => $7::int)
   where workspace_id = $1 and id = $2`,
);

export const boardFailed = statement(
  'job_board_failed',
  `update job_board set health = 'failing', last_fault = $3, failures = failures + 1, looks = looks + 1, looked_at = $6, due_at = $4, strange = strange + case when $5 then 1 else 0 end where workspace_id = $1 and id = $2`,
);

/**
 * The vendor's limit of the day is reached: its boards that would be due before $3 are looked at from then on, as many a day as the limit
 * lets, those of accounts with open deals first, then those that somebody owns, then those that were looked at longest ago.
 */
export const boardsRest = statement(
  'job_boards_rest',
  `update job_board b set due_at = $3::timestamptz + make_interval(days => (r.place / r.a_day)::int, secs => (r.place % r.a_day) / 1000.0)
   from (select j.id, coalesce(l.most_requests, 2147483647)::bigint as a_day,
       row_number() over (order by exists (select 1 from deal d where d.workspace_id = j.workspace_id and d.account_id = j.account_id and d.stage_type = 'open') desc,
         a.owner_id is not null desc, j.last_success_at nulls first, j.id) - 1 as place
     from job_board j join account a on a.workspace_id = j.workspace_id and a.id = j.account_id
     left join source_limit l on l.workspace_id = j.workspace_id and l.source = j.source
     where j.workspace_id = $1 and j.source = $2 and j.active and j.due_at < $3::timestamptz) r
   where b.workspace_id = $1 and b.id = r.id`,
);

export const insertBoard = statement<{ id: string }>(
  'insert_job_board',
  `insert into job_board (workspace_id, id, account_id, source, board, due_at, interval_seconds, created_at, found_on)
   values ($1, $2, $3, $4, $5, $6, $7, $6, $8) on conflict (workspace_id, source, board) do nothing returning id`,
);
