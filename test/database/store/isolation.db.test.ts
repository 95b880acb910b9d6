import { randomUUID } from 'node:crypto';

import { sqlState } from '@penstock/kernel/database-fault';
import { describePostgres15, testDatabase, type TestDatabase } from '@penstock/testkit/database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { insertOf, openPlanter, plantEverywhere, type Planter, type Row } from './planted-rows.ts';

const DENIED = '42501';

function suite(major: 18 | 15) {
  const ours = randomUUID();
  const theirs = randomUUID();
  let planted: Map<string, Row>;
  let database: TestDatabase;
  let planter: Planter;
  let client: pg.Client;

  /** As the application, inside a workspace (or none); whatever `work` does is undone. */
  async function inside<Result>(workspaceId: string, work: () => Promise<Result>): Promise<Result> {
    await client.query('begin');
    await client.query(`select set_config('penstock.workspace_id', $1, true)`, [workspaceId]);
    try {
      return await work();
    } finally {
      await client.query('rollback');
    }
  }
  const count = async (table: string) =>
    Number((await client.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]?.count);
  const refusal = (text: string, values: unknown[] = []) =>
    client.query(text, values).then(
      ({ rowCount }) => `${rowCount} rows`,
      (error: unknown) => sqlState(error),
    );

  beforeAll(async () => {
    database = await testDatabase({ major });
    planter = await openPlanter(database);
    client = new pg.Client({ connectionString: database.urls.app });
    await client.connect();
    await client.query('begin');
    await client.query(`select set_config('penstock.workspace_id', $1, true)`, [ours]);
    planted = await plantEverywhere(client, planter, ours);
    await client.query('commit');
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const everyTable = (check: (table: string, row: Row) => Promise<unknown>) => async () => {
    const seen: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const { table } of planter.tables) {
      seen[table] = await check(table, planted.get(table) ?? {});
      expected[table] = true;
    }
    expect(seen).toEqual(expected);
  };

  it(
    'shows a workspace its own row of every table',
    everyTable((table) => inside(ours, async () => (await count(table)) === 1)),
  );

  it(
    'shows no row of any table to another workspace, or to nobody',
    everyTable(
      async (table) =>
        (await inside(theirs, () => count(table))) + (await inside('', () => count(table))) === 0,
    ),
  );

  it(
    'lets another workspace change and delete nothing',
    everyTable(async (table) => {
      const { rows } = await client.query<{ column: string }>(
        `select attname as column from pg_attribute where attrelid = $1::regclass and attnum > 0 and has_column_privilege(attrelid, attnum, 'update') limit 1`,
        [table],
      );
      const column = rows[0]?.column;
      const changed = column
        ? await inside(theirs, () => refusal(`update ${table} set ${column} = ${column}`))
        : '0 rows';
      const deleted = await inside(theirs, () => refusal(`delete from ${table}`));
      return changed === '0 rows' && (deleted === '0 rows' || deleted === DENIED);
    }),
  );

  it(
    'lets nobody write a row for another workspace',
    everyTable(async (table, row) => {
      const { text, values } = insertOf(table, row);
      return (
        (await inside(theirs, () => refusal(text, values))) === DENIED &&
        (await inside('', () => refusal(text, values))) === DENIED
      );
    }),
  );

  it(
    'lets nobody move a row to another workspace',
    everyTable(
      async (table) =>
        (await inside(ours, () => refusal(`update ${table} set workspace_id = $1`, [theirs]))) === DENIED,
    ),
  );

  it('lets no row refer to a row of another workspace', async () => {
    const own = new Map<string, Row>();
    await inside(theirs, async () => {
      const insert = (table: string, row: Row) => {
        const { text, values } = insertOf(table, row);
        return client.query(text, values);
      };
      own.set('workspace', planter.rowFor('workspace', theirs, own));
      await insert('workspace', own.get('workspace') ?? {});
      const foreign = new Map([...planted, ...own]);
      let tried = 0;
      for (const { table, foreignKeys } of planter.tables) {
        if (
          !foreignKeys.some(
            (key) =>
              key.target !== 'workspace' &&
              key.columns.every((column) => column in (planted.get(table) ?? {})),
          )
        )
          continue;
        await client.query('savepoint try');
        const error: unknown = await insert(table, planter.rowFor(table, theirs, foreign)).catch(
          (cause: unknown) => cause,
        );
        expect([table, sqlState(error)]).toEqual([table, '23503']);
        await client.query('rollback to try');
        tried += 1;
      }
      expect(tried).toBeGreaterThan(15);
    });
  });
}

describe('workspaces on Postgres 18', () => suite(18));
describePostgres15('workspaces on Postgres 15', () => suite(15));
