import { randomUUID } from 'node:crypto';

import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import type { TestDatabase } from '@penstock/testkit/database';
import type pg from 'pg';

import {
  allowedTexts,
  columnsOf,
  foreignKeysOf,
  tablesOf,
  type Column,
  type ForeignKey,
} from './catalogue.ts';

export type Row = Record<string, unknown>;
export type PlantedTable = { table: string; columns: Column[]; foreignKeys: ForeignKey[] };

export type Planter = {
  /** Parents before children. */
  tables: PlantedTable[];
  /** A valid row for a table; `parents` holds the row of each table before it. */
  rowFor(table: string, workspaceId: string, parents: ReadonlyMap<string, Row>): Row;
};

/** What no catalogue tells: checks over several columns and bounds of numbers. */
const SPECIAL: Record<string, (row: Row) => Row> = {
  document: (row) => ({ ...row, kind: 'icp' }),
  observation: (row) => ({ ...row, person_id: randomUUID() }),
  site_visit: (row) => ({ ...row, state: 'excluded' }),
  member: (row) => ({ ...row, id: `member-${String(row['workspace_id'])}` }),
};

/** Makes valid rows for every table from the catalogue alone, so that a new table is tested without being named here. */
export async function openPlanter(database: TestDatabase): Promise<Planter> {
  const columns = await columnsOf(database);
  const foreignKeys = await foreignKeysOf(database);
  const texts = await allowedTexts(database);
  const planted = (await tablesOf(database)).map((table) => ({
    table,
    columns: columns.filter((column) => column.table === table),
    foreignKeys: foreignKeys.filter((key) => key.table === table),
  }));
  const tables = parentsFirst(planted);
  return {
    tables,
    rowFor(table, workspaceId, parents) {
      const found = tables.find((one) => one.table === table);
      invariant(found, `${table} is in the catalogue`);
      const row: Row = {};
      for (const column of found.columns) if (column.required) row[column.name] = valueOf(column, texts);
      for (const key of requiredKeys(found)) {
        key.columns.forEach(
          (column, at) =>
            (row[column] = parents.get(key.target)?.[key.targetColumns[at] ?? ''] ?? row[column]),
        );
      }
      row['workspace_id'] = workspaceId;
      return SPECIAL[table]?.(row) ?? row;
    },
  };
}

function requiredKeys({ columns, foreignKeys }: PlantedTable): ForeignKey[] {
  const optional = new Set(columns.filter((column) => !column.required).map((column) => column.name));
  return foreignKeys.filter((key) => !key.columns.some((column) => optional.has(column)));
}

function parentsFirst(tables: readonly PlantedTable[]): PlantedTable[] {
  const sorted: PlantedTable[] = [];
  const waiting = [...tables];
  while (waiting.length > 0) {
    const next = waiting.findIndex((one) =>
      requiredKeys(one).every(
        (key) => key.target === one.table || sorted.some((parent) => parent.table === key.target),
      ),
    );
    invariant(
      next !== -1,
      `tables without a circle of required keys: ${waiting.map((one) => one.table).join(', ')}`,
    );
    sorted.push(...waiting.splice(next, 1));
  }
  return sorted;
}

function valueOf(column: Column, texts: ReadonlyMap<string, string[]>): unknown {
  if (column.type.endsWith('[]')) return '{}';
  switch (column.type) {
    case 'uuid':
      return newId(new Date());
    case 'text':
      return texts.get(`${column.table}.${column.name}`)?.[0] ?? `planted ${randomUUID()}`;
    case 'jsonb':
      return '{}';
    case 'boolean':
      return false;
    case 'timestamp with time zone':
      return new Date();
    case 'date':
      return '2026-11-23';
    case 'bytea':
      return Buffer.from('planted');
    default:
      return 1;
  }
}

/** An insert of a row, as text and values. */
export function insertOf(table: string, row: Row): { text: string; values: unknown[] } {
  const names = Object.keys(row);
  return {
    text: `insert into ${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
    values: Object.values(row),
  };
}

/** One row in every table, on a connection that may write them. */
export async function plantEverywhere(
  client: pg.Client,
  planter: Planter,
  workspaceId: string,
): Promise<Map<string, Row>> {
  const planted = new Map<string, Row>();
  for (const { table } of planter.tables) {
    const row = planter.rowFor(table, workspaceId, planted);
    const { text, values } = insertOf(table, row);
    await client.query(text, values);
    planted.set(table, row);
  }
  return planted;
}
