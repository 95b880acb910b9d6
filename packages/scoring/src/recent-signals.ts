import { statement } from '@penstock/store/statement';

export type RecentSignal = {
  accountId: string;
  kind: string;
  strength: number;
  halfLifeDays: number;
  occurredAt: Date;
};

/** Signals of accounts that occurred after a moment; tests count at test accounts only, as in the masses. */
export const signalsSince = statement<RecentSignal>(
  'signals_of_accounts_since',
  `select s.account_id as "accountId", s.kind, s.strength, s.half_life_days as "halfLifeDays", s.occurred_at as "occurredAt"
   from signal s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id
   where s.workspace_id = $1 and s.account_id = any($2::uuid[]) and s.occurred_at > $3 and s.merged_into_id is null and (a.is_test or not s.is_test)`,
);

export type KindEvidenceRow = {
  kind: string;
  summary: string;
  occurredAt: Date;
  count: number;
  url: string | null;
  quote: string | null;
};

/** Of each kind the newest signal of an account with its evidence, and how many there are. */
export const newestOfKinds = statement<KindEvidenceRow>(
  'newest_signals_of_kinds',
  `select newest.kind, newest.summary, newest.occurred_at as "occurredAt", newest.count::int, e.url, e.quote from (
     select distinct on (s.kind) s.workspace_id, s.id, s.kind, s.summary, s.occurred_at, count(*) over (partition by s.kind) as count
     from signal s where s.workspace_id = $1 and s.account_id = $2 and s.merged_into_id is null order by s.kind, s.occurred_at desc, s.id desc
   ) newest left join lateral (
     select url, quote from evidence e where e.workspace_id = newest.workspace_id and e.signal_id = newest.id order by e.id limit 1
   ) e on true order by newest.occurred_at desc`,
);
