import type { Clock } from '@penstock/kernel/clock';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';
import { maybeOne, type Tx } from '@penstock/store/tx';

import { lowestIdOf } from './id-range.ts';

const HOUR_MS = 3_600_000;
/** A call is written within moments of its id; an hour that was over for so long gets no more of them. */
const OVER_MS = HOUR_MS;
/** In one transaction; the rest follows at once. */
const HOURS_AT_ONCE = 24 * 7;
const RECOUNTED_AT_ONCE = 200;

const SUMS = `select h.hour, s.credential_id, s.provider, s.calls, s.charged, s.open from hours h cross join lateral (
     select l.credential_id, l.provider, count(*)::int as calls, coalesce(sum(l.charged_micros), 0)::bigint as charged,
       (count(*) filter (where l.state in ('reserved', 'unknown')))::int as open
     from spend_ledger l where l.workspace_id = $1 and l.id >= ${lowestIdOf('h.hour')} and l.id < ${lowestIdOf(`h.hour + interval '1 hour'`)}
     group by l.credential_id, l.provider) s`;
const INTO = `insert into spend_hour (workspace_id, hour, credential_id, provider, calls, charged_micros, open)
   select $1::uuid, x.hour, x.credential_id, x.provider, x.calls, x.charged, x.open from`;

const takeSummed = statement<{ until: Date }>(
  'take_spend_summed',
  'select until from spend_summed where workspace_id = $1 for update skip locked',
);
/** Begins with the hour of the first call; nothing without one. */
const beginSummed = statement<{ until: Date }>(
  'begin_spend_summed',
  `insert into spend_summed (workspace_id, until)
   select $1::uuid, date_trunc('hour', l.reserved_at, 'UTC') from (select reserved_at from spend_ledger where workspace_id = $1 order by id limit 1) l
   on conflict do nothing returning until`,
);
const sumHours = statement(
  'sum_hours_of_spending',
  `with hours as (select generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', interval '1 hour') as hour)
   ${INTO} (${SUMS}) x on conflict do nothing`,
);
const moveSummed = statement(
  'move_spend_summed',
  'update spend_summed set until = $2 where workspace_id = $1',
);
/** Hours with calls whose charge was open when they were summed, the oldest first. */
const recountHours = statement<{ hour: Date }>(
  'recount_hours_of_spending',
  `with hours as materialized (select distinct hour from spend_hour where workspace_id = $1 and open > 0 order by hour limit $2), sums as materialized (${SUMS})
   update spend_hour e set calls = x.calls, charged_micros = x.charged, open = x.open from sums x
   where e.workspace_id = $1 and e.hour = x.hour and e.credential_id = x.credential_id and e.provider = x.provider returning e.hour`,
);

/**
 * By key and provider: hours that are summed, and those of the ledger since up to $2. Hour by hour, so that the ledger is met by its key:
 * of all that is above one bound the planner expects a third of it.
 */
export const SPENT = `hours as materialized (
     select generate_series(begun.at, $2::timestamptz, interval '1 hour') as hour from (
       select coalesce((select until from spend_summed where workspace_id = $1),
         (select date_trunc('hour', l.reserved_at, 'UTC') from (select reserved_at from spend_ledger where workspace_id = $1 order by id limit 1) l)) as at) begun),
   spent as materialized (
     select credential_id, provider, sum(calls)::int as calls, sum(charged)::bigint as charged from (
       select credential_id, provider, calls, charged_micros as charged from spend_hour where workspace_id = $1
       union all select x.credential_id, x.provider, x.calls, x.charged from (${SUMS}) x
     ) counted group by credential_id, provider)`;

export type Spend = { provider: string; spentMicros: number; calls: number; unknownCalls: number };
export const readSpend = statement<Spend>(
  'read_provider_spend',
  `with ${SPENT}
   select s.provider, sum(s.charged)::bigint as "spentMicros", sum(s.calls)::int as calls,
     (select count(*)::int from spend_ledger u where u.workspace_id = $1 and u.state = 'unknown' and u.provider = s.provider) as "unknownCalls"
   from spent s group by s.provider`,
);

/** Sums hours that are over, everywhere, and those again in which charges were settled since. */
export async function sumSpending({ store, clock }: { store: Store; clock: Clock }): Promise<void> {
  for (const { workspaceId } of await store.dueWork.workspaces())
    while (await store.inWorkspace(workspaceId, (tx) => sumSome(tx, clock.now())));
}

/** @returns true if more hours are over */
async function sumSome(tx: Tx, now: Date): Promise<boolean> {
  const summed = (await maybeOne(tx, takeSummed)) ?? (await maybeOne(tx, beginSummed));
  if (!summed) return false;
  const over = Math.floor((now.getTime() - OVER_MS) / HOUR_MS) * HOUR_MS;
  const from = summed.until.getTime();
  if (over <= from) {
    await tx.rows(recountHours, RECOUNTED_AT_ONCE);
    return false;
  }
  const until = new Date(Math.min(over, from + HOURS_AT_ONCE * HOUR_MS));
  await tx.rows(sumHours, summed.until, until);
  await tx.rows(moveSummed, until);
  return true;
}
