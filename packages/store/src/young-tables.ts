import { statement } from './statement.ts';
import type { Tx } from './tx.ts';

/** Fewer rows than this don't change what a table is taken for. */
const FEW = 100;

const countTables = statement('count_young_tables', 'select count_young_tables() from (select $1::uuid) w');

/** Has tables of accounts and people counted once they hold more than a few rows, so that the planner finds one of them by its key. */
export async function countYoungTables(tx: Tx, added: number): Promise<void> {
  if (added >= FEW) await tx.rows(countTables);
}
