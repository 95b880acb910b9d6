import { statement } from '@penstock/store/statement';

import type { SignalKind } from './source-port.ts';

/** A signal as lists show it. */
export type SignalRecord = {
  id: string;
  kind: SignalKind;
  strength: number;
  summary: string;
  source: string;
  facts: Record<string, string | number | boolean | null>;
  accountId: string;
  accountName: string;
  ownerId: string | null;
  ownerName: string | null;
  occurredAt: Date;
  recordedAt: Date;
  expired: boolean;
  withdrawn: boolean;
  url: string | null;
  quote: string | null;
  toldBy: string[];
  /** Names that the workspace gave to those; empty where it gave none. */
  tellerNames: string[];
  sourceName: string | null;
  verdict: 'useful' | 'known' | 'wrong_company' | 'junk' | null;
};

const COLUMNS = `s.id, s.kind, s.strength, s.summary, s.source, s.facts, s.occurred_at as "occurredAt", s.recorded_at as "recordedAt",
  s.expired_by_id is not null as expired, coalesce(s.expired_by_id = s.id, false) as withdrawn, a.id as "accountId", a.name as "accountName", a.owner_id as "ownerId", o.name as "ownerName", e.url, e.quote, v.verdict,
  array(select r.source from signal_report r where r.workspace_id = s.workspace_id and r.signal_id = s.id group by r.source order by r.source <> s.source, min(r.occurred_at)) as "toldBy",
  array(select coalesce(max(w.name), '') from signal_report r left join source_watch w on w.workspace_id = r.workspace_id and w.source = r.source
    where r.workspace_id = s.workspace_id and r.signal_id = s.id group by r.source order by r.source <> s.source, min(r.occurred_at)) as "tellerNames",
  (select w.name from source_watch w where w.workspace_id = s.workspace_id and w.source = s.source) as "sourceName"`;
const JOINS = `join account a on a.workspace_id = s.workspace_id and a.id = s.account_id
   left join member o on o.workspace_id = a.workspace_id and o.id = a.owner_id
   left join lateral (select url, quote from evidence e where e.workspace_id = s.workspace_id and e.signal_id = s.id order by e.fetched_at desc limit 1) e on true`;

/**
 * $2 before which, $3 kinds, $4 least strength, $5 owner of the account, $6 the account, $7 how many, $8 who asks (for their verdict), $9 a list
 * of accounts, $10 country, $11 and $12 employees from and below; null: any.
 */
const FILTER = `s.workspace_id = $1 and s.id < $2 and s.merged_into_id is null and s.strength >= $4 and not s.is_test and ($6::uuid is null or s.account_id = $6)
       and ($9::uuid is null or exists (select 1 from account_list_member m where m.workspace_id = $1 and m.list_id = $9 and m.account_id = s.account_id))
       and (coalesce($5::text, $10::text, ($11::int)::text, ($12::int)::text) is null or exists (
         select 1 from account a where a.workspace_id = $1 and a.id = s.account_id and ($5::text is null or a.owner_id = $5)
           and ($10::text is null or a.country = $10) and ($11::int is null or a.employee_count >= $11) and ($12::int is null or a.employee_count < $12)))`;
const shown = (page: string): string => `select ${COLUMNS} from (${page}) page
   cross join lateral (select * from signal s where s.workspace_id = $1 and s.id = page.id offset 0) s ${JOINS}
   left join signal_verdict v on v.workspace_id = s.workspace_id and v.signal_id = s.id and v.member_id = $8
   order by s.id desc`;

/** The newest of each kind, and of these the newest: a rare kind costs no more than a common one. */
export const listByKind = statement<SignalRecord>(
  'list_signals',
  shown(`select s.id from unnest($3::text[]) as k (kind) cross join lateral (
       select s.id from signal s where ${FILTER} and s.kind = k.kind order by s.id desc limit $7
     ) s order by s.id desc limit $7`),
);

/** The account, those of the list, or those of the owner. */
const ACCOUNTS = `select $6::uuid as id where $6::uuid is not null
     union all select m.account_id from account_list_member m where $6::uuid is null and m.workspace_id = $1 and m.list_id = $9
     union all select a.id from account a where $6::uuid is null and $9::uuid is null and a.workspace_id = $1 and a.owner_id = $5`;
/** The newest of each account, and of these the newest: for few accounts, of which a walk down all signals might meet none for long. */
export const listByAccount = statement<SignalRecord>(
  'list_signals_of_accounts',
  shown(`select s.id from (${ACCOUNTS}) one cross join lateral (
       select s.id from signal s where ${FILTER} and s.account_id = one.id and s.kind = any($3::text[]) order by s.id desc limit $7
     ) s order by s.id desc limit $7`),
);
/** How many accounts $2 the owner or $3 the list has, up to $4. */
export const countAccountsOf = statement<{ accounts: number }>(
  'count_accounts_of_signals',
  `select count(*)::int as accounts from (
     (select account_id from account_list_member where workspace_id = $1 and list_id = $3 limit $4)
     union all (select id from account where $3::uuid is null and workspace_id = $1 and owner_id = $2 limit $4)
   ) a`,
);
export const readRow = statement<SignalRecord>(
  'read_signal',
  `select ${COLUMNS} from signal s ${JOINS}
   left join signal_verdict v on v.workspace_id = s.workspace_id and v.signal_id = s.id and v.member_id = $3
   where s.workspace_id = $1 and s.id = coalesce((select m.merged_into_id from signal m where m.workspace_id = $1 and m.id = $2), $2)`,
);
