import { statement } from '@penstock/store/statement';

import type { SearchAccount } from '../search-people.ts';

export type AskableAccount = SearchAccount;
/**
 * Accounts of $2, of the list $3 or the file $5, that fit at least $6, or whose name begins with the key $7 (up to $8) or whose domain is $9,
 * in the order of their ids; at most $4.
 */
export const readAccountsToSearch = statement<AskableAccount>(
  'read_accounts_to_search',
  `select a.id, a.name, a.domain, a.country,
     (select count(*)::int from person p where p.workspace_id = $1 and p.account_id = a.id and p.erased_at is null and p.merged_into_id is null) as people
   from account a where a.workspace_id = $1 and a.state = 'active' and a.merged_into_id is null and not a.is_test
     and ($2::uuid[] is null or a.id = any($2::uuid[]))
     and ($3::uuid is null or exists (select 1 from account_list_member m where m.workspace_id = $1 and m.list_id = $3 and m.account_id = a.id))
     and ($5::uuid is null or exists (select 1 from target_file_member f where f.workspace_id = $1 and f.file_id = $5 and f.account_id = a.id))
     and ($6::float8 is null or exists (select 1 from account_score s where s.workspace_id = $1 and s.account_id = a.id and s.fit >= $6
       and s.intent_version_id = coalesce((select version_id from score_base where workspace_id = $1),
         (select published_version_id from document where workspace_id = $1 and kind = 'intent_model' and name = 'main'))))
     and ($9::text = '' or a.domain = $9
       or ($7::text <> '' and exists (select 1 from account_name_key k where k.workspace_id = $1 and k.account_id = a.id and k.key >= $7 and k.key < $8)))
   order by a.id limit $4`,
);
/** Of the locks $2 those of searches that were paid for, or are under way, since $3. */
export const searchedBefore = statement<{ key: string }>(
  'searches_made_before',
  `select k.call_key as key from unnest($2::text[]) as asked (key)
   join spend_call_key k on k.workspace_id = $1 and k.call_key = asked.key
   join spend_ledger l on l.workspace_id = $1 and l.id = k.ledger_id
   where l.state in ('reserved', 'unknown') or (l.state in ('charged', 'reconciled') and l.reserved_at >= $3)`,
);

export const insertSearch = statement(
  'insert_people_search',
  `insert into people_search (workspace_id, id, name, provider, personas, state, import_id, enrich_micros, team_id, campaign_id, accounts, created_by, created_at, due_at)
   values ($1, $2, $3, $4, $5::jsonb, 'running', $6, $7, $8, $9, $10, $11, $12::timestamptz, $12::timestamptz)`,
);
export const insertSearchAccounts = statement(
  'insert_people_search_accounts',
  `insert into people_search_account (workspace_id, search_id, account_id, state) select $1::uuid, $2::uuid, a.id, 'open' from unnest($3::uuid[]) as a (id)`,
);

export type SearchRow = {
  id: string;
  name: string;
  provider: string;
  personas: unknown;
  state: 'running' | 'paused' | 'finished' | 'cancelled';
  importId: string;
  enrichMicros: number | null;
  teamId: string | null;
  campaignId: string | null;
  createdBy: string;
};
const SEARCH = `id, name, provider, personas, state, import_id as "importId", enrich_micros as "enrichMicros", team_id as "teamId", campaign_id as "campaignId", created_by as "createdBy"`;
export const lockSearch = statement<SearchRow>(
  'lock_people_search',
  `select ${SEARCH} from people_search where workspace_id = $1 and id = $2 for update`,
);
/** Accounts that nobody asks about, and those whose asker is gone since $3; at most $4. */
export const takeAccounts = statement<{ accountId: string }>(
  'take_accounts_of_people_search',
  `update people_search_account s set state = 'asking', asked_at = $5::timestamptz from (
     select account_id from people_search_account where workspace_id = $1 and search_id = $2 and (state = 'open' or (state = 'asking' and asked_at < $3::timestamptz))
     order by account_id limit $4 for update skip locked) free
   where s.workspace_id = $1 and s.search_id = $2 and s.account_id = free.account_id returning s.account_id as "accountId"`,
);
export const settleAccount = statement(
  'settle_account_of_people_search',
  `update people_search_account set state = $4, because = $5, found = $6, created = $7, known = $8, charged_micros = $9
   where workspace_id = $1 and search_id = $2 and account_id = $3`,
);
export const countLeft = statement<{ open: number; asking: number }>(
  'count_open_accounts_of_people_search',
  `select (count(*) filter (where state = 'open'))::int as open, (count(*) filter (where state = 'asking'))::int as asking
   from people_search_account where workspace_id = $1 and search_id = $2 and state in ('open', 'asking')`,
);
export const delaySearch = statement(
  'delay_people_search',
  `update people_search set due_at = $3::timestamptz where workspace_id = $1 and id = $2 and state = 'running'`,
);
export const moveSearch = statement<{ id: string }>(
  'move_people_search',
  `update people_search set state = $3, reason = $4, due_at = case when $3::text = 'running' then $5::timestamptz end,
     ended_at = case when $3::text in ('finished', 'cancelled') then $5::timestamptz end
   where workspace_id = $1 and id = $2 and state = any($6::text[]) returning id`,
);
export const noteRunOfSearch = statement(
  'note_run_of_people_search',
  'update people_search set run_id = $3 where workspace_id = $1 and id = $2',
);

export type SearchView = {
  id: string;
  name: string;
  provider: string;
  personas: unknown;
  state: SearchRow['state'];
  reason: string;
  importId: string;
  runId: string | null;
  enrichMicros: number | null;
  limitMicros: number | null;
  accounts: number;
  done: number;
  skipped: number;
  failed: number;
  found: number;
  created: number;
  known: number;
  chargedMicros: number;
  createdAt: Date;
  endedAt: Date | null;
};
/** $2 the only one (null: all). */
export const readSearches = statement<SearchView>(
  'read_people_searches',
  `select s.id, s.name, s.provider, s.personas, s.state, s.reason, s.import_id as "importId", s.run_id as "runId", s.enrich_micros as "enrichMicros", s.accounts,
     (select b.limit_micros from budget b where b.workspace_id = $1 and b.scope = 'run' and b.period = s.id::text and b.limit_micros < 9007199254740991) as "limitMicros",
     t.done, t.skipped, t.failed, t.found, t.created, t.known, t.charged as "chargedMicros", s.created_at as "createdAt", s.ended_at as "endedAt"
   from people_search s cross join lateral (
     select (count(*) filter (where a.state not in ('open', 'asking')))::int as done, (count(*) filter (where a.state = 'skipped'))::int as skipped,
       (count(*) filter (where a.state = 'failed'))::int as failed, coalesce(sum(a.found), 0)::int as found, coalesce(sum(a.created), 0)::int as created,
       coalesce(sum(a.known), 0)::int as known, coalesce(sum(a.charged_micros), 0)::bigint as charged
     from people_search_account a where a.workspace_id = $1 and a.search_id = s.id
   ) t where s.workspace_id = $1 and ($2::uuid is null or s.id = $2) order by s.id desc limit 100`,
);
/** What was done about each account; $3 after which, $4 the most. */
export const readSearchAccounts = statement<{
  id: string;
  name: string;
  state: 'open' | 'asking' | 'found' | 'nobody' | 'skipped' | 'failed';
  because: string;
  found: number;
  created: number;
  known: number;
  chargedMicros: number;
}>(
  'read_accounts_of_people_search',
  `select a.id, a.name, s.state, s.because, s.found, s.created, s.known, s.charged_micros as "chargedMicros"
   from people_search_account s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id
   where s.workspace_id = $1 and s.search_id = $2 and s.account_id > $3 order by s.account_id limit $4`,
);
