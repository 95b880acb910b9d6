import { plannedAnew, statement } from '@penstock/store/statement';

import { holdAlone, tryInCommon } from './advisory-locks.ts';
import { boundBeside, boundOf, setBoundBeside } from './bound-slots.ts';
import { IN_FORCE } from './standing-statements.ts';

// Bounds of the queue and of signal scores when what counts changes.

/**
 * Signal score of the masses of a score `s`, as in `model/intent.ts`: `100 · (1 − Π (1 − cap · (1 − 2^(−mass/saturation))))`; kinds with their caps and
 * saturations, and the moment, by the numbers of their parameters. Powers stop at 2^-1000: below 2^-1074 the database refuses them.
 */
const signalBy = (kinds: number, caps: number, saturations: number, at: number) =>
  `(select 100 * (1 - exp(coalesce(sum(ln(1 - ($${caps}::float8[])[k.at] * (1 - power(2::float8,
      greatest(-1000, -(m.value * power(2::float8, greatest(-1000, -date_part('epoch', $${at}::timestamptz - m.at) / 86400 / m.half_life))) / ($${saturations}::float8[])[k.at]))))), 0)))
    from unnest(s.mass_kinds, s.mass_values, s.mass_half_lives, s.mass_at) as m (kind, value, half_life, at)
    cross join lateral (select array_position($${kinds}::text[], m.kind) as at offset 0) k where k.at is not null)`;

/**
 * Bound of an item by its account's score `s` and standing `st`, as in `model/priority.ts`; null without a score. $2 weights in the order of
 * `PRIORITY_TERMS`, $3 half-life of freshness in days, $4 currencies and $5 their half values, $6 kinds that count, $7 their caps, $8 their saturations,
 * $9 the moment.
 */
const WORTH = `($2::float8[])[1] * ${signalBy(6, 7, 8, 9)} + ($2::float8[])[2] * s.fit
     + ($2::float8[])[3] * case when st.deal_value_minor is null then 0 else coalesce(
         (select 100 * st.deal_value_minor / (st.deal_value_minor + v.half) from unnest($4::text[], $5::float8[]) as v (currency, half) where v.currency = st.deal_currency), 50) end
     + ($2::float8[])[4] * 100 * coalesce(st.stage_probability, 0)
     + ($2::float8[])[5] * coalesce((select 100 * power(2::float8, greatest(-1000, -greatest(0, date_part('epoch', $9::timestamptz - max(m.at)) / 86400) / $3::float8))
         from unnest(s.mass_kinds, s.mass_values, s.mass_at) as m (kind, value, at) where m.value > 0 and m.kind = any($6::text[]) having max(m.at) is not null), 0)
     + 100 * (($2::float8[])[6] * (coalesce(st.urgent_until > $9::timestamptz, false))::int + ($2::float8[])[7] * (coalesce(st.committee_until > $9::timestamptz, false))::int
         + ($2::float8[])[8] * (coalesce(st.budget_documented, false))::int + ($2::float8[])[9] * (coalesce(st.responding_until > $9::timestamptz, false))::int)`;
/** What items `q` of `items` are worth by scores of a version; without one they keep what they have. */
const worth = (version: string, items: string) => `worth as materialized (
    select q.id, q.updated_at as since, ${boundBeside('q')} as beside, coalesce(${WORTH}, ${boundOf('q')}) as bound from ${items}
      left join account_score s on s.workspace_id = $1 and s.account_id = q.account_id and s.intent_version_id = ${version}
      left join account_standing st on st.workspace_id = $1 and st.account_id = q.account_id
    where q.workspace_id = $1 and q.state in ('open', 'snoozed')
  )`;

/** While bounds are switched nobody lowers any by what he has read before. */
export const holdBounds = holdAlone('hold_queue_bounds', 'bounds');
export const mayLower = tryInCommon('may_lower_queue_bounds', 'bounds');

/** While bounds are filled nobody forgets them, or lowers what has risen for their version. */
export const stopForgetting = holdAlone('stop_forgetting_queue_bounds', 'filling');
export const mayForget = tryInCommon('may_forget_queue_bounds', 'filling');

/** At most $11 items that are not done, of accounts above $10. */
const SLICE = `slice as materialized (
    select id, account_id from queue_item where workspace_id = $1 and state in ('open', 'snoozed') and account_id > $10 order by account_id limit $11
  )`;
const LAST = `select account_id as "lastId" from slice order by account_id desc limit 1`;

/** Writes beside the bounds that count what items of a slice are worth by the scores of the version $12 (null: those in force). Items that somebody is changing are left alone. */
export const fillSomeBounds = plannedAnew<{ lastId: string }>(
  'fill_some_queue_bounds',
  `with ${SLICE}, ${worth(`coalesce($12::uuid, ${IN_FORCE})`, 'slice join queue_item q on q.id = slice.id')}, free as (
    select q.id, w.bound from worth w join queue_item q on q.workspace_id = $1 and q.id = w.id
    where q.updated_at = w.since and w.beside is distinct from w.bound for no key update of q skip locked
  ), filled as (
    update queue_item q set ${setBoundBeside('free.bound')} from free where q.workspace_id = $1 and q.id = free.id)
  ${LAST}`,
);

/**
 * Under the lock that scorers share, and once the new scores count: bounds beside that are missing or too low for them, because the item has changed
 * since or was left alone.
 */
export const completeBounds = plannedAnew(
  'complete_queue_bounds',
  `with ${worth(IN_FORCE, 'queue_item q')}
  update queue_item q set ${setBoundBeside('w.bound')} from worth w
  where q.workspace_id = $1 and q.id = w.id and (w.beside is null or w.beside < w.bound)`,
);
/** From here on what stands beside is what counts. */
export const switchBounds = statement(
  'switch_queue_bounds',
  'update score_base set bound_slot = 1 - bound_slot where workspace_id = $1',
);
/** Bounds that count no longer, of at most $3 items of accounts above $2: they would be kept in an index for nothing. */
export const forgetSomeBounds = plannedAnew<{ lastId: string }>(
  'forget_some_queue_bounds',
  `with slice as materialized (
    select id, account_id from queue_item where workspace_id = $1 and state in ('open', 'snoozed') and account_id > $2 order by account_id limit $3
  ), free as (
    select q.id from slice join queue_item q on q.workspace_id = $1 and q.id = slice.id
    where ${boundOf('q')} is not null and ${boundBeside('q')} is not null for no key update of q skip locked
  ), forgotten as (
    update queue_item q set ${setBoundBeside('null::float8')} from free where q.workspace_id = $1 and q.id = free.id)
  ${LAST}`,
);

/** $2 kinds, $3 their caps and $4 their saturations, $5 the moment. */
const SIGNAL = signalBy(2, 3, 4, 5);
/** Accounts that stand in a queue or a pipeline, which are all that is ordered by the bound of the signal score: at most $7 above $6. */
const ORDERED = `slice as materialized (
    select account_id from (
      (select account_id from queue_item where workspace_id = $1 and state in ('open', 'snoozed') and account_id > $6 order by account_id limit $7)
      union (select account_id from deal where workspace_id = $1 and account_id > $6 order by account_id limit $7)
    ) ordered order by account_id limit $7
  )`;
const moveSomeSignals = (moves: string) => `with ${ORDERED}, free as (
    select s.account_id from slice join account_score s on s.workspace_id = $1 and s.account_id = slice.account_id and s.intent_version_id = ${IN_FORCE}
    where ${moves} for no key update of s skip locked
  ), moved as (
    update account_score s set signal_bound = ${SIGNAL} from free
    where s.workspace_id = $1 and s.account_id = free.account_id and s.intent_version_id = ${IN_FORCE})
  ${LAST}`;
/** Other weights for the same masses. A bound that is too high is right: those that rise do so before the version counts. */
export const raiseSomeSignals = plannedAnew<{ lastId: string }>(
  'raise_some_signal_bounds',
  moveSomeSignals(`s.signal_bound < ${SIGNAL}`),
);
/** The others fall behind it. */
export const lowerSomeSignals = plannedAnew<{ lastId: string }>(
  'lower_some_signal_bounds',
  moveSomeSignals(`s.signal_bound > ${SIGNAL} + 0.01`),
);
/** With the version, under the lock that scorers share: what has been written meanwhile. */
export const completeSignals = plannedAnew(
  'complete_signal_bounds',
  `update account_score s set signal_bound = ${SIGNAL} where s.workspace_id = $1 and s.intent_version_id = ${IN_FORCE} and s.account_id in (
     select account_id from queue_item where workspace_id = $1 and state in ('open', 'snoozed')
     union select account_id from deal where workspace_id = $1)
     and s.signal_bound < ${SIGNAL}`,
);
