import { withConnection } from '@penstock/infra-local/postgres-connection';
import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { openStore, type Store } from '@penstock/store/store';
import { ahead, type Tx } from '@penstock/store/tx';
import { testDatabase, type TestDatabase } from '@penstock/testkit/database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const MAX_CONNECTIONS = 2;

const names = statement<{ name: string }>(
  'names_of_workspace',
  'select name from workspace where workspace_id = $1',
);
const rename = statement('rename_workspace', 'update workspace set name = $2 where workspace_id = $1');
const half = statement('half_of_name', 'select name::integer from workspace where workspace_id = $1');

let database: TestDatabase;
let store: Store;
let workspaceId: string;
beforeEach(async () => {
  database = await testDatabase();
  store = openStore({
    appUrl: database.urls.app,
    dueUrl: database.urls.due,
    maxConnections: MAX_CONNECTIONS,
    applicationName: 'test',
  });
  workspaceId = newId(NOW);
  await withConnection(database.urls.admin, (client) =>
    client.query(
      `insert into workspace (workspace_id, name, kind, slug, created_at) values ($1, 'Before', 'sandbox', 'w', $2)`,
      [workspaceId, NOW],
    ),
  );
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

it('says who asked for a statement that failed', async () => {
  const fault = await store.readRows(workspaceId, half).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(Error);
  expect(fault).toMatchObject({ stack: expect.stringContaining('transactions.db.test') });
});

const nameNow = async () => (await store.readRows(workspaceId, names))[0]?.name;

describe.each(['inWorkspace', 'withRecords'] as const)('%s', (lane) => {
  it('has done by the commit what nobody waited for', async () => {
    await store[lane](workspaceId, (tx: Tx) => Promise.resolve(tx.byCommit(rename, 'After')));
    expect(await nameNow()).toBe('After');
  });

  it('undoes everything when that fails', async () => {
    const failing = store[lane](workspaceId, async (tx: Tx) => {
      await tx.rows(rename, 'After');
      tx.byCommit(half);
    });
    await expect(failing).rejects.toThrow('invalid input syntax');
    expect(await nameNow()).toBe('Before');
  });
});

describe('statements that are sent ahead', () => {
  it('fail with what went wrong first', async () => {
    const failing = store.inWorkspace(workspaceId, async (tx) => {
      tx.byCommit(half);
      await tx.rows(names);
    });
    await expect(failing).rejects.toThrow('invalid input syntax');
  });

  it('undo everything, although nobody waits for them', async () => {
    const failing = store.inWorkspace(workspaceId, async (tx) => {
      void ahead(tx.rows(half));
      await tx.rows(rename, 'After').catch(() => undefined);
    });
    await expect(failing).rejects.toThrow('invalid input syntax');
    expect(await nameNow()).toBe('Before');
  });
});

describe('one statement that only reads', () => {
  it('sees its own workspace and no other', async () => {
    expect(await nameNow()).toBe('Before');
    expect(await store.readRows(newId(NOW), names)).toEqual([]);
  });

  it('changes nothing', async () => {
    await expect(store.readRows(workspaceId, rename, 'After')).rejects.toThrow('read-only transaction');
    expect(await nameNow()).toBe('Before');
  });

  it('gives its connection back, however it ends', async () => {
    for (let at = 0; at < 2 * MAX_CONNECTIONS; at += 1) {
      await expect(store.readRows(workspaceId, half)).rejects.toThrow('invalid input syntax');
      await expect(store.readRows('not an id', names)).rejects.toThrow('UUID');
    }
    expect(await Promise.all(Array.from({ length: 2 * MAX_CONNECTIONS }, nameNow))).toEqual(
      Array.from({ length: 2 * MAX_CONNECTIONS }, () => 'Before'),
    );
  });
});
