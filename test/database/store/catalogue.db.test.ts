import { withConnection } from '@penstock/infra-local/postgres-connection';
import { IMPERSONAL_TABLES, PERSONAL_TABLES } from '@penstock/store/personal-columns';
import { describePostgres15, testDatabase, type TestDatabase } from '@penstock/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { allowedTexts, catalogueRows, columnsOf, foreignKeysOf, tablesOf } from './catalogue.ts';

/** Keys that have to be unique over all workspaces: by them a workspace is found. */
const UNIQUE_EVERYWHERE = ['form_public_key_key', 'visit_settings_public_key_key', 'workspace_slug_key'];

function suite(major: 18 | 15) {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ major });
  });
  afterAll(() => database.drop());

  it('protects every table: workspace, forced policy for the application', async () => {
    const tables = await tablesOf(database);
    const secured = await catalogueRows<{ name: string }>(
      database,
      `select c.relname as name from pg_class c
       where c.relrowsecurity and c.relforcerowsecurity
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and a.attnotnull)
         and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'own_workspace' and p.polcmd = '*'
           and p.polroles = array['penstock_app'::regrole::oid]
           and pg_get_expr(p.polqual, p.polrelid) like '%penstock.workspace_id%' and pg_get_expr(p.polwithcheck, p.polrelid) like '%penstock.workspace_id%')
         and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname not in ('own_workspace', 'due_work', 'relay'))
       order by 1`,
    );
    expect(tables.length).toBeGreaterThan(35);
    expect(secured.map((row) => row.name)).toEqual(tables);
  });

  it('gives nobody a partition by itself', async () => {
    const open = await catalogueRows(
      database,
      `select c.relname, r.rolname from pg_class c cross join pg_roles r
       where c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and r.rolname in ('penstock_app', 'penstock_due', 'penstock_auth')
         and (has_any_column_privilege(r.rolname, c.oid, 'select, insert, update') or has_table_privilege(r.rolname, c.oid, 'delete, truncate'))`,
    );
    expect(open).toEqual([]);
  });

  it('registers every table as personal or not, with columns that exist', async () => {
    const personal = PERSONAL_TABLES.map((table) => table.table);
    expect([...personal, ...Object.keys(IMPERSONAL_TABLES)].toSorted()).toEqual(await tablesOf(database));
    const columns = new Set((await columnsOf(database)).map((column) => `${column.table}.${column.name}`));
    const registered = PERSONAL_TABLES.flatMap((table) =>
      table.columns.map((column) => `${table.table}.${column}`),
    );
    expect(registered.filter((column) => !columns.has(column))).toEqual([]);
  });

  it('begins every key with the workspace', async () => {
    const unique = await catalogueRows<{ name: string }>(
      database,
      `select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
         join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]
       where x.indisunique and t.relnamespace = 'public'::regnamespace and not t.relispartition and t.relname <> '_prisma_migrations' and a.attname <> 'workspace_id' order by 1`,
    );
    expect(unique.map((row) => row.name)).toEqual(UNIQUE_EVERYWHERE);
    const keys = await foreignKeysOf(database);
    expect(keys.length).toBeGreaterThan(40);
    expect(
      keys.filter((key) => key.columns[0] !== 'workspace_id' || key.targetColumns[0] !== 'workspace_id'),
    ).toEqual([]);
  });

  it('takes no time from the database, and keeps states as checked text', async () => {
    const clocks = await catalogueRows(
      database,
      `select adrelid::regclass, pg_get_expr(adbin, adrelid) from pg_attrdef
       where pg_get_expr(adbin, adrelid) ~* '(now\\(|current_|clock_timestamp|transaction_timestamp|statement_timestamp)'`,
    );
    expect(clocks).toEqual([]);
    expect(
      await catalogueRows(
        database,
        `select typname from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace`,
      ),
    ).toEqual([]);
    const checked = await allowedTexts(database);
    const states = (await columnsOf(database)).filter((column) =>
      /(^|_)(state|health|role|scope)$/.test(column.name),
    );
    expect(states.length).toBeGreaterThan(10);
    expect(
      states.filter((column) => column.type !== 'text' || !checked.has(`${column.table}.${column.name}`)),
    ).toEqual([]);
  });

  it('lets two functions alone act as the owner: one makes partitions, one has tables counted', async () => {
    const functions = await catalogueRows(
      database,
      `select proname as name from pg_proc where prosecdef and pronamespace in ('public'::regnamespace, 'auth'::regnamespace) order by 1`,
    );
    expect(functions).toEqual([{ name: 'count_young_tables' }, { name: 'ensure_partitions' }]);
  });

  it('gives the services roles that own nothing and pass no policy by', async () => {
    const roles = await catalogueRows(
      database,
      `select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty,
         (select count(*)::int from pg_class where relowner = r.oid) as owned, (select count(*)::int from pg_auth_members where member = r.oid) as memberships
       from pg_roles r where rolname in ('penstock_app', 'penstock_due', 'penstock_auth') order by 1`,
    );
    const plain = { mighty: false, owned: 0, memberships: 0 };
    expect(roles).toEqual(
      ['penstock_app', 'penstock_auth', 'penstock_due'].map((rolname) => ({ rolname, ...plain })),
    );
    await expect(
      withConnection(database.urls.app, (client) => client.query('select from auth."user"')),
    ).rejects.toThrow(/permission denied for schema auth/);
    await expect(
      withConnection(database.urls.auth, (client) => client.query('select from lead')),
    ).rejects.toThrow(/permission denied for table lead/);
  });

  it('shows the due door ids and times, never an address', async () => {
    const granted = await catalogueRows<{ table: string; columns: string }>(
      database,
      `select c.relname as table, string_agg(a.attname, ' ' order by a.attname) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and has_column_privilege('penstock_due', c.oid, a.attnum, 'select')
       group by 1 order by 1`,
    );
    expect(Object.fromEntries(granted.map((row) => [row.table, row.columns]))).toEqual(DUE_DOOR);
    await expect(
      withConnection(database.urls.due, (client) => client.query('select email from lead')),
    ).rejects.toThrow(/permission denied for table lead/);
    const update = await catalogueRows(
      database,
      `select table_name, column_name, privilege_type from information_schema.column_privileges where grantee = 'penstock_due' and privilege_type <> 'SELECT'`,
    );
    expect(update).toEqual([
      { table_name: 'outbox_event', column_name: 'position', privilege_type: 'UPDATE' },
    ]);
  });
}

const DUE_DOOR = {
  account_list: 'due_at id workspace_id',
  account_list_cursor: 'position workspace_id',
  account_score: 'account_id fit_until workspace_id',
  champion: 'expires_at person_id workspace_id',
  champion_policy: 'active due_at workspace_id',
  departure: 'expires_at id workspace_id',
  form: 'active allowed_origins id public_key workspace_id',
  icp_build: 'due_at id workspace_id',
  idempotency_key: 'created_at key operation workspace_id',
  job_board: 'active due_at id shard source workspace_id',
  lead: 'id recorded_at settled_at workflow_started_at workspace_id',
  list_run: 'chunks id state workspace_id',
  member: 'active id workspace_id',
  notification_cursor: 'levels_at position workspace_id',
  notification_message: 'due_at id sending_at state workspace_id',
  outbox_event: 'id kind payload position recorded_at workspace_id',
  outgoing_mail: 'due_at id lead_id sending_at state workspace_id',
  people_search: 'due_at id workspace_id',
  provider_ticket: 'due_at id workspace_id',
  queue_item: 'claim_expires_at claimed_by id snoozed_until state workspace_id',
  site_visit: 'due_at id network workspace_id',
  source_watch: 'active due_at id shard source workspace_id',
  spend_ledger: 'id parked reserved_at state workspace_id',
  visit_settings: 'active allowed_origins public_key workspace_id',
  webhook_endpoint: 'active id workspace_id',
  webhook_target: 'due_at id position state workspace_id',
  workspace: 'created_at kind slug workspace_id',
};

describe('the catalogue on Postgres 18', () => suite(18));
describePostgres15('the catalogue on Postgres 15', () => suite(15));
