import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import type { WantedBudget } from './model/budgets.ts';

/**
 * A month, of the workspace or of a team, begins with the limit of the newest one before it. In one order for everybody: whoever makes the
 * same at the same time waits for the other.
 */
const insertBudgets = statement(
  'make_budgets',
  `insert into budget (workspace_id, id, scope, period, limit_micros)
   select $1::uuid, w.id, w.scope, w.period, coalesce(
     (select b.limit_micros from budget b where w.scope in ('month', 'team') and b.workspace_id = $1 and b.scope = w.scope and b.period < w.period
        and left(b.period, -7) = left(w.period, -7) order by b.period desc limit 1), w.limit_micros)
   from unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[]) as w (id, scope, period, limit_micros)
   order by w.scope, w.period on conflict (workspace_id, scope, period) do nothing`,
);

/** Makes budgets that are not there yet. */
export async function makeBudgets(tx: Tx, wanted: readonly WantedBudget[], now: Date): Promise<void> {
  await tx.rows(
    insertBudgets,
    wanted.map(() => newId(now)),
    wanted.map(({ scope }) => scope),
    wanted.map(({ period }) => period),
    wanted.map(({ limitMicros }) => limitMicros),
  );
}
