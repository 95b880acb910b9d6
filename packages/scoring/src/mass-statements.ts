import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { plannedAnew, statement } from '@penstock/store/statement';

import { holdAlone, tryAlone, tryInCommon } from './advisory-locks.ts';
import { IN_FORCE } from './standing-statements.ts';

/** One sums a version while others look on. */
export const maySum = tryAlone('may_sum_masses_of_version', 'masses');

/**
 * While a version is summed nobody tidies up behind an earlier one: its rows would be taken for leftovers, and bounds that rise for it would be lowered.
 * What is left the build has removed before, or leaves to its own end.
 */
export const stopTidying = holdAlone('stop_tidying_scores', 'tidying');
export const mayTidy = tryInCommon('may_tidy_scores', 'tidying');

/**
 * For transactions that sum: signals are walked in the order of their index, account by account and kind by kind, so that nothing is sorted
 * or kept; one processor is enough, others are waited for by people; and what a crash takes away is summed again, or was made durable by the switch.
 */
export const sumInOrder = statement(
  'sum_masses_in_order',
  `select set_config('enable_hashagg', 'off', true), set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
     set_config('max_parallel_workers_per_gather', '0', true), set_config('synchronous_commit', 'off', true) where $1::uuid is not null`,
);

/** Exponents stay within what a double holds: the database refuses what would be 0 or infinite. */
const power = (exponent: string) => `exp(greatest(-690, least(690, ${exponent})))`;
const of = (parameter: string, type = 'float8') => `($${parameter}::${type}[])`;
/** How much a signal of its kind fades in a second: a choice among constants once it is planned, those of frequent kinds first. */
const RATE = `case e.kind ${Object.keys(SIGNAL_KINDS)
  .map((_, at) => `when ${of('6', 'text')}[${at + 1}] then ${of('8')}[${at + 1}]`)
  .join(' ')} end`;

/**
 * Masses and signal scores under the version $5 as of the moment $4, summed from the signals of some accounts and written beside their
 * scores in force, as in `model/intent.ts`. $6 kinds, and of each: $7 its half-life in days, $8 how much it fades in a second (a natural logarithm), $2 its
 * cap (0: does not count) and $3 how steeply it saturates. Each strength is taken to $4 and the sum back to its newest signal, so that one pass is enough.
 * "offset 0" keeps what is said of a kind from being asked of each signal.
 */
const summed = (chosen: string, signals: string, otherwise: string) => `with chosen as materialized (
    select s.account_id, s.icp_version_id, s.fit, s.fit_parts, s.fit_until from account_score s
    where s.workspace_id = $1 and s.intent_version_id = ${IN_FORCE} and ${chosen}
  ), masses as (
    select g.account_id, array_agg(g.kind) as kinds, array_agg(${of('7')}[g.n]) as half_lives, array_agg(g.at) as at,
      array_agg(g.sum * ${power(`-tstzrange_subdiff(g.at, $4::timestamptz) * ${of('8')}[g.n]`)}) as values,
      100 * (1 - exp(sum(ln(1 - ${of('2')}[g.n] * (1 - ${power(`-g.sum * ${of('3')}[g.n]`)}))))) as signal
    from (
      select e.account_id, e.kind, array_position(${of('6', 'text')}, e.kind) as n, max(e.occurred_at) as at,
        sum(e.strength * ${power(`tstzrange_subdiff(e.occurred_at, $4::timestamptz) * ${RATE}`)}) as sum
      from signal e where e.workspace_id = $1 and ${signals} and e.expired_by_id is null and e.merged_into_id is null
        and (not e.is_test or (select a.is_test from account a where a.workspace_id = $1 and a.id = e.account_id))
      group by e.account_id, e.kind offset 0
    ) g where g.n is not null group by g.account_id
  ), written as (
    insert into account_score (workspace_id, account_id, intent_version_id, icp_version_id, mass_kinds, mass_values, mass_half_lives, mass_at, fit, fit_parts, fit_until, signal_bound, scored_at)
    select $1::uuid, c.account_id, $5::uuid, c.icp_version_id, coalesce(m.kinds, '{}'), coalesce(m.values, '{}'), coalesce(m.half_lives, '{}'), coalesce(m.at, '{}'),
      c.fit, c.fit_parts, c.fit_until, coalesce(m.signal, 0), $4::timestamptz
    from chosen c left join masses m on m.account_id = c.account_id${otherwise})
  select account_id as "lastId" from chosen order by account_id desc limit 1`;

const REPLACED = `
    on conflict (workspace_id, account_id, intent_version_id) do update set
      icp_version_id = excluded.icp_version_id, mass_kinds = excluded.mass_kinds, mass_values = excluded.mass_values,
      mass_half_lives = excluded.mass_half_lives, mass_at = excluded.mass_at, fit = excluded.fit, fit_parts = excluded.fit_parts,
      fit_until = excluded.fit_until, signal_bound = excluded.signal_bound, scored_at = excluded.scored_at`;

/** The next $10 accounts above $9; the last of them, or nothing when all are done. */
const NEXT = [
  's.account_id > $9 order by s.account_id limit $10',
  'e.account_id > $9 and e.account_id <= (select c.account_id from chosen c order by c.account_id desc limit 1)',
] as const;
export const sumNextMasses = plannedAnew<{ lastId: string }>(
  'sum_masses_of_next_accounts',
  summed(...NEXT, ''),
);
/** The same where some of them are there already: a process that died may have been at it a moment longer. */
export const sumNextMassesAgain = plannedAnew<{ lastId: string }>(
  'sum_masses_of_next_accounts_again',
  summed(...NEXT, REPLACED),
);
/** Kinds of the newest signals, the most frequent first. */
export const frequentKinds = statement<{ kind: string }>(
  'frequent_kinds_of_signals',
  `select kind from (select kind from signal where workspace_id = $1 order by id desc limit $2) newest group by kind order by count(*) desc, kind`,
);
/** The accounts $9. */
export const sumMassesOf = plannedAnew<{ lastId: string }>(
  'sum_masses_of_accounts',
  summed('s.account_id = any($9::uuid[])', 'e.account_id = any($9::uuid[])', REPLACED),
);
