import { plannedAnew, statement } from '@penstock/store/statement';

import { IN_FORCE } from './standing-statements.ts';

// Bounds of the queue when what counts changes. A bound that is too high is still right, so only what has to rise does so at once.

/**
 * Bound of an item `q` by its score `s` and its standing `st`, as in `model/priority.ts`: $2 weights in the order of `PRIORITY_TERMS`, $3 half-life of
 * freshness in days, $4 currencies and $5 their half values, $6 kinds that count, $7 the moment.
 */
const BOUND = `($2::float8[])[1] * s.signal_bound + ($2::float8[])[2] * s.fit
     + ($2::float8[])[3] * case when st.deal_value_minor is null then 0 else coalesce(
         (select 100 * st.deal_value_minor / (st.deal_value_minor + v.half) from unnest($4::text[], $5::float8[]) as v (currency, half) where v.currency = st.deal_currency), 50) end
     + ($2::float8[])[4] * 100 * coalesce(st.stage_probability, 0)
     + ($2::float8[])[5] * coalesce((select 100 * power(2::float8, greatest(-1000, -greatest(0, date_part('epoch', $7::timestamptz - max(m.at)) / 86400) / $3::float8))
         from unnest(s.mass_kinds, s.mass_values, s.mass_at) as m (kind, value, at) where m.value > 0 and m.kind = any($6::text[]) having max(m.at) is not null), 0)
     + 100 * (($2::float8[])[6] * (coalesce(st.urgent_until > $7::timestamptz, false))::int + ($2::float8[])[7] * (coalesce(st.committee_until > $7::timestamptz, false))::int
         + ($2::float8[])[8] * (coalesce(st.budget_documented, false))::int + ($2::float8[])[9] * (coalesce(st.responding_until > $7::timestamptz, false))::int)`;
const worth = (version: string, items: string, which = '') => `worth as materialized (
    select q.id, q.priority_bound as was, q.updated_at as since, ${BOUND} as bound from ${items}
      join account_score s on s.workspace_id = $1 and s.account_id = q.account_id and s.intent_version_id = ${version}
      left join account_standing st on st.workspace_id = $1 and st.account_id = q.account_id${which}
  )`;

/** While bounds are switched nobody lowers any by what he has read before. */
export const holdBounds = statement(
  'hold_queue_bounds',
  `select pg_advisory_xact_lock(hashtextextended($1::uuid::text || ':bounds', 0))`,
);
export const mayLower = statement<{ won: boolean }>(
  'may_lower_queue_bounds',
  `select pg_try_advisory_xact_lock_shared(hashtextextended($1::uuid::text || ':bounds', 0)) as won`,
);

/** How far down pages are read that begin at the top: the bound of the open item in the place $2; nothing where there are fewer. */
export const boundInPlace = statement<{ bound: number }>(
  'queue_bound_in_place',
  `select priority_bound as bound from queue_item where workspace_id = $1 and state = 'open' and not is_test and band = 1
   order by priority_bound desc, id offset $2::int limit 1`,
);

/**
 * Moves bounds of at most $10 items of accounts above $9 to what they are worth: up by the scores of the version $8, unless that is above $11, or
 * (where $8 is null) down by those in force. Items that somebody has changed or is changing are left alone.
 */
export const moveSomeBounds = plannedAnew<{ lastId: string }>(
  'move_some_queue_bounds',
  `with slice as materialized (
    select id, account_id from queue_item where workspace_id = $1 and state in ('open', 'snoozed') and account_id > $9 order by account_id limit $10
  ), ${worth(`coalesce($8::uuid, ${IN_FORCE})`, 'slice join queue_item q on q.workspace_id = $1 and q.id = slice.id')}, free as (
    select q.id, w.bound from worth w join queue_item q on q.workspace_id = $1 and q.id = w.id
    where q.priority_bound = w.was and q.updated_at = w.since
      and case when $8::uuid is null then w.bound < w.was - 0.01 else w.bound > w.was and w.bound <= $11 end
    for no key update of q skip locked
  ), moved as (
    update queue_item q set priority_bound = free.bound from free where q.workspace_id = $1 and q.id = free.id)
  select account_id as "lastId" from slice order by account_id desc limit 1`,
);

/**
 * With a switch, all that pages need to be right and quick: bounds that are too low for what counts now, and those that are too high and stand among the best
 * $8. What is worth how much is known before the first is written: readers skip what is not committed yet, but not for long.
 */
export const reboundItems = plannedAnew(
  'rebound_queue_items',
  `with ${worth(
    IN_FORCE,
    'queue_item q',
    `
    where q.workspace_id = $1 and q.state in ('open', 'snoozed')`,
  )}, best as (
    select min(bound) as least from (select bound from worth order by bound desc limit $8) top
  ), moving as materialized (
    select id, bound from worth where bound > was or (bound < was and was >= (select least from best)) order by bound
  )
  update queue_item q set updated_at = $7::timestamptz, priority_bound = m.bound from moving m where q.workspace_id = $1 and q.id = m.id`,
);
