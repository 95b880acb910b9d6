import type { Clock } from '@penstock/kernel/clock';
import { newId } from '@penstock/kernel/ids';
import { emitEvents, type DomainEvent } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import type { Tx } from '@penstock/store/tx';

import { compareAlerts, type About, type AlertKind, type Figures } from '../model/alerts.ts';
import * as sql from './alert-statements.ts';
import { readCauses, type OtherCauses } from './read-causes.ts';

/** Read from few rows: looked at every few seconds. */
export const QUICK_KINDS: readonly AlertKind[] = [
  'paid_calls_stopped',
  'key_refused',
  'budget_nearly_spent',
  'provider_failing',
  'unknown_waiting',
  'source_failing',
];
/** Counted from many calls. */
export const COUNTED_KINDS: readonly AlertKind[] = ['balance_low', 'provider_errors', 'hit_rate_fallen'];

/** Opens alerts whose cause is new, closes those whose cause is gone, and tells of both. Several workers may: each happens once. */
export async function watchMoney(
  tx: Tx,
  kinds: readonly AlertKind[],
  others: OtherCauses,
  now: Date,
): Promise<void> {
  const causes = await readCauses(tx, kinds, others, now);
  const { opens, closes, changes } = compareAlerts(await tx.rows(sql.readOpenAlerts, kinds), causes);
  const opened =
    opens.length === 0
      ? []
      : await tx.rows(
          sql.openAlerts,
          opens.map(() => newId(now)),
          opens.map(({ kind }) => kind),
          opens.map(({ subject }) => subject),
          opens.map(({ about }) => JSON.stringify(about)),
          opens.map(({ figures }) => JSON.stringify(figures)),
          now,
        );
  const closed =
    closes.length === 0
      ? []
      : await tx.rows(
          sql.closeAlerts,
          closes.map(({ id }) => id),
          now,
        );
  if (changes.length > 0)
    await tx.rows(
      sql.changeAlerts,
      changes.map(({ id }) => id),
      changes.map(({ figures }) => JSON.stringify(figures)),
      now,
    );
  await emitEvents(tx, now, [
    ...opened.map((alert) => eventOf('alert.opened', alert)),
    ...closed.map((alert) => eventOf('alert.closed', alert)),
  ]);
}

const eventOf = (
  kind: 'alert.opened' | 'alert.closed',
  alert: { id: string; kind: AlertKind; about: About; figures: Figures },
): DomainEvent => ({
  kind,
  payload: { alertId: alert.id, kind: alert.kind, ...alert.about, ...alert.figures },
});

/** The same in every workspace. */
export async function watchMoneyEverywhere(
  { store, clock }: { store: Store; clock: Clock },
  kinds: readonly AlertKind[],
  others: OtherCauses,
): Promise<void> {
  for (const { workspaceId } of await store.dueWork.workspaces())
    await store.inWorkspace(workspaceId, (tx) => watchMoney(tx, kinds, others, clock.now()));
}
