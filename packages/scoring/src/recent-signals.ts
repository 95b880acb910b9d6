import { lowestIdAt } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

export type RecentSignal = {
  accountId: string;
  kind: string;
  strength: number;
  halfLifeDays: number;
  occurredAt: Date;
};

const DAY_MS = 86_400_000;
/** A report that joins others may lie so much later than the signal that stands for the event was recorded. */
const JOINED_DAYS = 90;

/**
 * What occurred at accounts after the moment $3, of each kind and half-life as one event at the time of its newest: as many rows as kinds,
 * however many signals there are. Tests count at test accounts only, and nothing that was ended, as in the masses. $4 lowest id of a
 * signal that may have occurred since: nothing occurs after it was recorded.
 */
const signalsSince = statement<RecentSignal>(
  'signals_of_accounts_since',
  `select since.account_id as "accountId", since.kind, since.half_life_days as "halfLifeDays", since.newest as "occurredAt",
     since.sum * power(2::float8, -date_part('epoch', since.newest - $3::timestamptz) / 86400 / since.half_life_days) as strength
   from (
     select s.account_id, s.kind, s.half_life_days, max(s.occurred_at) as newest,
       sum(s.strength * power(2::float8, least(1000, date_part('epoch', s.occurred_at - $3::timestamptz) / 86400 / s.half_life_days))) as sum
     from signal s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id
     where s.workspace_id = $1 and s.account_id = any($2::uuid[]) and s.id >= $4 and s.occurred_at > $3 and s.merged_into_id is null
       and s.expired_by_id is null and (a.is_test or not s.is_test)
     group by 1, 2, 3
   ) since`,
);

export function readSignalsSince(
  tx: Tx,
  accountIds: readonly string[],
  since: Date,
): Promise<RecentSignal[]> {
  return tx.rows(
    signalsSince,
    accountIds,
    since,
    lowestIdAt(new Date(since.getTime() - JOINED_DAYS * DAY_MS)),
  );
}

export type KindEvidenceRow = {
  kind: string;
  summary: string;
  occurredAt: Date;
  count: number;
  url: string | null;
  quote: string | null;
};

/** Of each kind ($3) the newest signal of an account with its evidence, and how many there are, counted up to 1,000: however many signals there are, few are read. */
export const newestOfKinds = statement<KindEvidenceRow>(
  'newest_signals_of_kinds',
  `select k.kind, newest.summary, newest.occurred_at as "occurredAt", counted.count, e.url, e.quote
   from unnest($3::text[]) as k (kind)
   cross join lateral (
     select s.id, s.summary, s.occurred_at from signal s
     where s.workspace_id = $1 and s.account_id = $2 and s.kind = k.kind and s.merged_into_id is null order by s.occurred_at desc, s.id desc limit 1
   ) newest
   cross join lateral (
     select count(*)::int as count from (
       select 1 from signal s where s.workspace_id = $1 and s.account_id = $2 and s.kind = k.kind and s.merged_into_id is null
       order by s.occurred_at desc, s.id desc limit 1000) first_of_kind
   ) counted
   left join lateral (
     select url, quote from evidence e where e.workspace_id = $1 and e.signal_id = newest.id order by e.id limit 1
   ) e on true order by newest.occurred_at desc`,
);
