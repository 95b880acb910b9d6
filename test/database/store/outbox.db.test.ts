import { withConnection } from '@penstock/infra-local/postgres-connection';
import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import { openStore, type Store } from '@penstock/store/store';
import { testDatabase, type TestDatabase } from '@penstock/testkit/database';
import { afterEach, beforeEach, expect, it } from 'vitest';

const NOW = new Date('2026-11-23T09:00:00.000Z');

let database: TestDatabase;
let store: Store;
let workspaceId: string;
beforeEach(async () => {
  database = await testDatabase();
  store = openStore({ appUrl: database.urls.app, dueUrl: database.urls.due, applicationName: 'test' });
  workspaceId = newId(NOW);
  await withConnection(database.urls.admin, (client) =>
    client.query(
      `insert into workspace (workspace_id, name, kind, slug, created_at) values ($1, 'W', 'sandbox', 'w', $2)`,
      [workspaceId, NOW],
    ),
  );
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const emit = (what: string, beforeCommit: () => Promise<void> = () => Promise.resolve()) =>
  store.inWorkspace(workspaceId, async (tx) => {
    await emitEvents(tx, NOW, [{ kind: 'settings.changed', payload: { what } }]);
    await beforeCommit();
  });
const told = async (after = 0) =>
  (await store.dueWork.eventsAfter(after, 1_000)).map((event) => event.payload['what']);

it('gives positions in the order of commits, not of starts', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const slow = emit('started first, committed last', () => released);
  await emit('started last, committed first');
  await store.dueWork.numberEvents(100);
  const seen = await store.dueWork.lastPosition();
  expect(await told()).toEqual(['started last, committed first']);
  release();
  await slow;
  await store.dueWork.numberEvents(100);
  expect(await told(seen)).toEqual(['started first, committed last']);
});

it('keeps the events of one transaction in their order', async () => {
  const names = Array.from({ length: 50 }, (_, at) => `event ${at}`);
  await store.inWorkspace(workspaceId, (tx) =>
    emitEvents(
      tx,
      NOW,
      names.map((what) => ({ kind: 'settings.changed', payload: { what } })),
    ),
  );
  await store.dueWork.numberEvents(100);
  expect(await told()).toEqual(names);
});

it('undoes the events of a transaction that fails', async () => {
  await expect(emit('never happened', () => Promise.reject(new Error('fails')))).rejects.toThrow('fails');
  expect(await store.dueWork.numberEvents(100)).toEqual({ numbered: 0, lastPosition: 0 });
});

it('numbers each event once, with several relays at work while others write', async () => {
  const other = openStore({ appUrl: database.urls.app, dueUrl: database.urls.due, applicationName: 'other' });
  let writing = true;
  let numbered = 0;
  const read: { position: number; what: unknown }[] = [];
  const relay = async (by: Store) => {
    while (writing) numbered += (await by.dueWork.numberEvents(7)).numbered;
  };
  const reader = async () => {
    while (writing || read.length < numbered) {
      const events = await store.dueWork.eventsAfter(read.at(-1)?.position ?? 0, 50);
      read.push(...events.map((event) => ({ position: event.position, what: event.payload['what'] })));
    }
  };
  const running = [relay(store), relay(store), relay(other), relay(other), reader()];
  const wanted = Array.from({ length: 600 }, (_, at) => `event ${at}`);
  for (let from = 0; from < wanted.length; from += 12)
    await Promise.all(wanted.slice(from, from + 12).map((what) => emit(what)));
  while ((await store.dueWork.numberEvents(100)).numbered > 0 || read.length < wanted.length)
    await new Promise((resolve) => setTimeout(resolve, 5));
  writing = false;
  await Promise.all(running);
  await other.close();
  const told = read.map((event) => String(event.what));
  expect(new Set(told)).toEqual(new Set(wanted));
  expect(told).toHaveLength(wanted.length);
  expect(new Set(read.map((event) => event.position)).size).toBe(wanted.length);
});
