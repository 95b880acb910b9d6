import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

import { isConnectionFault } from '@penstock/kernel/database-fault';
import { openAuthStore } from '@penstock/gateway/auth/auth-store';
import { openStore, type Store } from '@penstock/store/store';
import { statement } from '@penstock/store/statement';
import { testDatabase, type TestDatabase } from '@penstock/testkit/database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const one = statement<{ one: number }>('one', 'select 1 as one where $1::uuid is not null');
const workspaceId = crypto.randomUUID();

/** A line to the database that can be cut and mended. */
async function openLine(target: URL) {
  const open = new Set<Socket>();
  let silent = false;
  let lastWords: string | undefined;
  const server = createServer((near) => {
    if (silent) {
      open.add(near);
      near.on('error', () => near.destroy());
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    near.on('data', (said) => {
      if (lastWords !== undefined && said.includes(lastWords)) near.destroy();
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
      socket.pipe(other);
    }
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  };
  const port = await listen(0);
  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of open) socket.destroy();
    open.clear();
    await closed;
  };
  return {
    port,
    cut,
    mend: () => listen(port),
    /** Connections are taken and never answered. */
    silence: () => (silent = true),
    /** Connections break as soon as somebody says this. */
    breakAt: (words: string | undefined) => (lastWords = words),
  };
}

let database: TestDatabase;
let line: Awaited<ReturnType<typeof openLine>>;
let store: Store;
let through: (url: string) => string;
beforeEach(async () => {
  database = await testDatabase();
  line = await openLine(new URL(database.urls.app));
  through = (url) => {
    const address = new URL(url);
    address.hostname = '127.0.0.1';
    address.port = String(line.port);
    return address.href;
  };
  store = openStore({
    appUrl: through(database.urls.app),
    dueUrl: through(database.urls.due),
    applicationName: 'test',
  });
});
afterEach(async () => {
  await store.close();
  await line.cut();
  await database.drop();
});

const faultOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'none',
    (error: unknown) => (isConnectionFault(error) ? 'connection' : error),
  );

const lanes = {
  hot: (between: () => Promise<void>) =>
    store.inWorkspace(workspaceId, async (tx) => {
      await tx.rows(one);
      await between();
      await tx.rows(one);
    }),
  records: (between: () => Promise<void>) =>
    store.withRecords(workspaceId, async (tx) => {
      await tx.db.account.count();
      await between();
      await tx.db.account.count();
    }),
};

describe.each(['hot', 'records'] as const)('while the database is away, the %s lane', (lane) => {
  const run = lanes[lane];
  it('says so when it can’t begin, and works again afterwards', async () => {
    await run(async () => {});
    await line.cut();
    expect(await faultOf(run(async () => {}))).toBe('connection');
    await line.mend();
    expect(await faultOf(run(async () => {}))).toBe('none');
  });

  it('says so when it is cut off half-way', async () => {
    expect(await faultOf(run(line.cut))).toBe('connection');
    await line.mend();
  });
});

it('says so on both lanes when the database takes connections and answers nothing', async () => {
  line.silence();
  const faults = [lanes.hot, lanes.records].map((run) => faultOf(run(async () => {})));
  expect(await Promise.all(faults)).toEqual(['connection', 'connection']);
});

it('leaves nothing behind where a connection breaks before it listens for events', async () => {
  line.breakAt('listen penstock_events');
  const lost: string[] = [];
  const listen = () =>
    store.dueWork.listen(
      () => undefined,
      () => lost.push('lost'),
    );
  expect(await faultOf(listen())).toBe('connection');
  line.breakAt(undefined);
  const unlisten = await listen();
  await unlisten();
  expect(lost).toEqual([]);
});

it('is not taken for a wrong key, a wrong password or nobody by who signs people in', async () => {
  const publicUrl = 'http://127.0.0.1:4100';
  const auth = openAuthStore({
    url: through(database.urls.auth),
    secret: 'a secret of some length for the test only',
    publicUrl,
    now: () => new Date(),
  });
  const person = { name: 'Ana', email: 'ana@north.example', password: 'a long pass phrase' };
  await auth.createOrganization({ id: workspaceId, name: 'North', slug: 'north' });
  const userId = await auth.createUser(person, workspaceId);
  const { key } = await auth.createKey({ userId, workspaceId, name: 'test', scopes: ['queue.read'] });
  const signIn = () =>
    auth.handler(
      new Request(`${publicUrl}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: publicUrl },
        body: JSON.stringify({ email: person.email, password: person.password }),
      }),
    );
  const reply = await signIn();
  const cookie = reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const headers = new Headers({ cookie });
  expect([reply.status, (await auth.session(headers))?.userId]).toEqual([200, userId]);
  expect(await auth.verifyKey(key)).toMatchObject({ workspaceId });
  await line.cut();
  const faults = [auth.session(headers), auth.verifyKey(key), signIn()].map(faultOf);
  expect(await Promise.all(faults)).toEqual(['connection', 'connection', 'connection']);
  await line.mend();
  expect(await auth.verifyKey(key)).toMatchObject({ workspaceId });
  await auth.close();
});
