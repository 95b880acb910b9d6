import { createOperations } from '@penstock/gateway/operations';
import { restTable } from '@penstock/gateway/rest/rest-table';
import { createAppRouter } from '@penstock/gateway/trpc/app-router';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { roleMay, ROLES, type Permission } from '@penstock/workspace/model/role';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { gatewayFixture, signIn, type GatewayFixture, type TestWorkspace } from './gateway-fixture.ts';
import { plantRecords, type PlantedRecords } from './planted-records.ts';

/** Procedures that are not an operation, with what they need; one that is missing here fails the test below. */
const SPECIAL: Record<string, Permission | 'signed in'> = {
  'session.workspaces': 'signed in',
  'session.switchWorkspace': 'signed in',
  'settings.keys': 'keys.manage',
  'settings.createKey': 'keys.manage',
  'settings.revokeKey': 'keys.manage',
  'settings.createWorkspace': 'workspace.create',
  'sandbox.outbox': 'outbox.read',
  'sandbox.filings': 'settings.read',
  'sandbox.releaseFiling': 'sandbox.control',
};

type Door = { name: string; kind: 'query' | 'mutation'; permission: Permission | 'signed in' };

let gateway: GatewayFixture;
let home: TestWorkspace;
let other: TestWorkspace;
let planted: PlantedRecords;
let doors: Door[];

beforeAll(async () => {
  gateway = await gatewayFixture();
  home = await gateway.workspace('home');
  other = await gateway.workspace('other');
  planted = await plantRecords(gateway.deps.store, home.id, home.members.rep.id);
  const operations = createOperations(gateway.deps);
  const byName = new Map(
    Object.values(operations).flatMap((group) =>
      Object.values(group).map((operation) => [operation.name, operation.permission] as const),
    ),
  );
  const procedures = createAppRouter(operations)._def.procedures as unknown as Record<
    string,
    { _def: { type: 'query' | 'mutation' } }
  >;
  doors = Object.entries(procedures).map(([name, procedure]) => {
    const permission = byName.get(name) ?? SPECIAL[name];
    if (permission === undefined)
      throw new Error(`${name} names no permission: add an operation, or list it in SPECIAL`);
    return { name, kind: procedure._def.type, permission };
  });
});

afterAll(() => gateway[Symbol.asyncDispose]());

describe('every tRPC procedure', () => {
  it('refuses anonymous callers, expired sessions and made-up keys', async () => {
    expect(doors.length).toBeGreaterThan(50);
    const expired = await signIn(gateway.app, 'manager@home.example');
    await withConnection(gateway.database.urls.admin, (admin) =>
      admin.query(`update auth.session set "expiresAt" = '2020-01-01' where token = $1`, [
        decodeURIComponent(expired.split('=')[1] ?? '').split('.')[0],
      ]),
    );
    for (const door of doors) {
      for (const headers of [
        {},
        { cookie: expired },
        { authorization: 'Bearer pk_madeup' },
        { cookie: 'penstock.session_token=forged' },
      ]) {
        const reply = await gateway.trpc(door.name, door.kind, {}, headers);
        expect({ door: door.name, status: reply.status }).toEqual({ door: door.name, status: 401 });
      }
    }
  });

  it.each(ROLES)(
    'lets %s through where the role may, and nowhere else, without ever breaking',
    async (role) => {
      for (const door of doors) {
        // Would end the session or the membership of the one who tries.
        if (door.name === 'session.switchWorkspace') continue;
        const reply = await gateway.trpc(door.name, door.kind, {}, { cookie: home.members[role].cookie });
        const may = door.permission === 'signed in' || roleMay(role, door.permission);
        const sandboxOnly = door.name.startsWith('sandbox.');
        const seen = {
          door: door.name,
          refused: reply.status === 403 && !(may && sandboxOnly),
          broken: reply.status >= 500,
        };
        expect(seen).toEqual({ door: door.name, refused: !may, broken: false });
      }
    },
  );

  it('gives a member of another workspace nothing of this one and changes nothing in it', async () => {
    const before = await fingerprint(home.id);
    const cookie = other.members.admin.cookie;
    for (const door of doors) {
      for (const id of planted.ids) {
        const reply = await gateway.trpc(door.name, door.kind, planted.inputWith(id), { cookie });
        const text = await reply.text();
        expect({
          door: door.name,
          leaked: planted.secrets.filter((secret) => text.includes(secret)),
          broken: reply.status >= 500,
        }).toEqual({ door: door.name, leaked: [], broken: false });
      }
    }
    expect(await fingerprint(home.id)).toEqual(before);
  });
});

describe('every REST route', () => {
  it('refuses anonymous callers and a key without the scope; takes one with it', async () => {
    const table = restTable(createOperations(gateway.deps));
    const [weak, strong] = await Promise.all(
      [['sandbox.control' as const], [...new Set(table.map((route) => route.operation.permission))]].map(
        (scopes) =>
          gateway.deps.auth.createKey({
            userId: home.members.admin.id,
            workspaceId: home.id,
            name: 'test',
            scopes,
          }),
      ),
    );
    for (const route of table) {
      const path = `/v1${route.path.replaceAll(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000')}`;
      const call = (headers: Record<string, string>) =>
        gateway.app.request(path, {
          method: route.method.toUpperCase(),
          headers: { 'content-type': 'application/json', ...headers },
          ...(route.method !== 'get' && { body: '{}' }),
        });
      const statuses = [
        await call({}),
        await call({ authorization: `Bearer ${weak?.key}` }),
        await call({ 'x-api-key': strong?.key ?? '' }),
      ].map((reply) => reply.status);
      expect({
        path,
        anonymous: statuses[0],
        weak: statuses[1],
        refused: statuses[2] === 401 || statuses[2] === 403,
        broken: (statuses[2] ?? 500) >= 500,
      }).toEqual({
        path,
        anonymous: 401,
        weak: 403,
        refused: false,
        broken: false,
      });
    }
  });
});

it('shows a key once, keeps its hash only, and forgets it when it is revoked', async () => {
  const cookie = home.members.admin.cookie;
  const made = await gateway.trpc(
    'settings.createKey',
    'mutation',
    { name: 'crm', scopes: ['queue.read'] },
    { cookie },
  );
  const { key, id } = ((await made.json()) as { result: { data: { key: string; id: string } } }).result.data;
  const stored = await withConnection(gateway.database.urls.admin, (admin) =>
    admin.query('select * from auth.apikey where id = $1', [id]),
  );
  expect(JSON.stringify(stored.rows)).not.toContain(key);
  const list = await (await gateway.trpc('settings.keys', 'query', {}, { cookie })).text();
  expect(list).toContain('crm');
  expect(list).not.toContain(key);
  const use = () => gateway.app.request('/v1/queue', { headers: { authorization: `Bearer ${key}` } });
  expect((await use()).status).toBe(200);
  await gateway.trpc('settings.revokeKey', 'mutation', { id }, { cookie });
  expect((await use()).status).toBe(401);
});

it('signs out a member who was deactivated', async () => {
  const cookie = other.members.rep.cookie;
  expect((await gateway.trpc('session.me', 'query', {}, { cookie })).status).toBe(200);
  await gateway.trpc(
    'settings.updateMember',
    'mutation',
    { id: other.members.rep.id, active: false },
    { cookie: other.members.admin.cookie },
  );
  expect((await gateway.trpc('session.me', 'query', {}, { cookie })).status).toBe(401);
});

/** Everything of a workspace, as one comparable value. */
async function fingerprint(workspaceId: string): Promise<Record<string, string>> {
  return withConnection(gateway.database.urls.admin, async (admin) => {
    const tables = await admin.query<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> '_prisma_migrations' order by 1`,
    );
    const all: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await admin.query<{ sum: string }>(
        `select count(*) || ':' || coalesce(sum(hashtext(t::text))::text, '') as sum from ${name} t where workspace_id = $1`,
        [workspaceId],
      );
      all[name] = rows[0]?.sum ?? '';
    }
    return all;
  });
}
