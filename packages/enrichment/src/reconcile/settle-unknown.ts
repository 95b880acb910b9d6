import type { Tx } from '@penstock/store/tx';

import * as lists from '../list-run/list-run-statements.ts';
import { changeBudget, type BudgetChanges } from '../list-run/settle-level.ts';
import * as sql from '../money-statements.ts';
import { lockOf } from '../waterfall-run.ts';

/**
 * Settles calls of unknown charge: those that were charged at their reserved price, the others free to be made again. What somebody else
 * has settled meanwhile is left alone.
 * @param word how it is known, kept with the outcome
 */
export async function settleUnknown(
  tx: Tx,
  ids: readonly string[],
  charged: boolean,
  how: { word: string; by: 'person' | 'balance' | 'look_up' },
  now: Date,
): Promise<{ id: string; chargedMicros: number }[]> {
  const word = `${charged ? 'charged' : 'not charged'}, ${how.word}`;
  const rows = await tx.rows(sql.reconcile, [...new Set(ids)], charged, word, now, how.by);
  if (rows.length === 0) return [];
  if (!charged)
    await tx.rows(
      lists.freeLocks,
      rows.map(({ callKey }) => lockOf(callKey)),
      rows.map(({ id }) => id),
    );
  await settleBudgets(tx, rows);
  return rows;
}

/** Budgets as the last step and in the order of their ids, as everywhere. */
async function settleBudgets(
  tx: Tx,
  rows: readonly { reservedMicros: number; chargedMicros: number; budgetIds: string[] }[],
): Promise<void> {
  const changes: BudgetChanges = new Map();
  for (const row of rows)
    for (const id of row.budgetIds) changeBudget(changes, id, -row.reservedMicros, row.chargedMicros);
  const ids = [...changes.keys()].toSorted();
  await tx.rows(lists.lockBudgets, ids);
  await tx.rows(
    lists.changeBudgets,
    ids,
    ids.map((id) => changes.get(id)?.reserved ?? 0),
    ids.map((id) => changes.get(id)?.charged ?? 0),
  );
}
