import { PERSONAL_TABLES, type PersonalTable } from './personal-columns.ts';
import { statement, type Statement } from './statement.ts';
import type { Tx } from './tx.ts';

type Export = { row: Record<string, unknown> };

const reads: { table: PersonalTable; sql: Statement<Export> }[] = PERSONAL_TABLES.map((table) => ({
  table,
  sql: statement(
    `export_person_${table.table}`,
    `select to_jsonb(t) as row from ${table.table} t where workspace_id = $1 and ${table.rowsOf}`,
  ),
}));

const erasures: { table: PersonalTable; sql: Statement<{ one: number }> }[] = PERSONAL_TABLES.map(
  (table) => ({
    table,
    sql: statement(`erase_person_${table.table}`, eraseSql(table)),
  }),
);

function eraseSql({ table, rowsOf, erase }: PersonalTable): string {
  // Every erasure takes the same parameters: workspace, person, time.
  const condition = `workspace_id = $1 and ${rowsOf} and $3::timestamptz is not null`;
  if (erase.kind === 'delete') return `delete from ${table} where ${condition} returning 1 as one`;
  return `update ${table} set ${erase.set} where ${condition} returning 1 as one`;
}

/** Everything that is kept about a person, table by table. */
export async function exportPersonalData(tx: Tx, personId: string): Promise<Record<string, unknown[]>> {
  const document: Record<string, unknown[]> = {};
  for (const { table, sql } of reads) {
    const rows = await tx.rows(sql, personId);
    if (rows.length > 0) document[table.table] = rows.map((found) => found.row);
  }
  return document;
}

/** Erases a person in every registered column. Returns how many columns were emptied or removed. */
export async function erasePersonalData(tx: Tx, personId: string, now: Date): Promise<number> {
  let erased = 0;
  for (const { table, sql } of erasures) {
    const rows = await tx.rows(sql, personId, now);
    erased += rows.length * table.columns.length;
  }
  return erased;
}
