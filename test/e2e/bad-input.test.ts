import { callbackPath } from '@penstock/enrichment/later/callback-address';
import { PERMISSIONS } from '@penstock/workspace/model/role';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { gatewayFixture, type GatewayFixture, type TestWorkspace } from './gateway-fixture.ts';
import { plantRecords } from './planted-records.ts';

let gateway: GatewayFixture;
let home: TestWorkspace;
let key: string;
let accountId: string;
let leadId: string;

beforeAll(async () => {
  gateway = await gatewayFixture();
  home = await gateway.workspace('home');
  [leadId = '', accountId = ''] = (await plantRecords(gateway.deps.store, home.id, home.members.rep.id)).ids;
  const holder = {
    userId: home.members.admin.id,
    workspaceId: home.id,
    name: 'all',
    scopes: [...PERMISSIONS],
  };
  key = (await gateway.deps.auth.createKey(holder)).key;
});
afterAll(() => gateway[Symbol.asyncDispose]());

const call = (method: string, path: string, body?: unknown) =>
  gateway.app.request(`/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const asAdmin = (path: string, kind: 'query' | 'mutation', input: unknown) =>
  gateway.trpc(path, kind, input, { cookie: home.members.admin.cookie });
const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const ANY_ID = '00000000-0000-7000-8000-000000000000';

describe('texts that Postgres keeps nowhere', () => {
  const ODD = 'a\u0000b\uD800c';

  it.each([
    '/queue?search=',
    '/accounts?search=',
    '/deals?search=',
    '/deals?stage=',
    '/deals?owner=',
    '/leads?cursor=',
  ])('do not break %s', async (path) => {
    expect((await call('GET', `${path}a%00b`)).status).toBeLessThan(500);
  });

  it('are taken out of what is stored', async () => {
    const criteria = [{ kind: 'industry', anyOf: [ODD], weight: 1, required: false }];
    const drafted = await asAdmin('settings.saveIcpDraft', 'mutation', {
      body: { name: ODD, criteria },
      note: ODD,
    });
    expect(drafted.status).toBe(200);
    expect((await call('POST', '/accounts', { name: ODD })).status).toBe(201);
    expect((await call('POST', '/forms', { name: ODD, intent: 'webinar' })).status).toBe(201);
    const credential = { provider: 'leadmagic', label: ODD, secret: 'a secret of a vendor\u0000' };
    expect((await asAdmin('settings.saveCredential', 'mutation', credential)).status).toBe(200);
  });

  it('name no member, key or form', async () => {
    expect((await asAdmin('settings.updateMember', 'mutation', { id: '\u0000', active: true })).status).toBe(
      400,
    );
    expect((await asAdmin('settings.revokeKey', 'mutation', { id: 'x\u0000' })).status).toBe(404);
    expect((await gateway.app.request('/f/a%00b')).status).toBe(404);
    expect((await gateway.app.request('/f/a%00b', { method: 'POST' })).status).toBe(404);
  });
});

describe('cursors that no list gave', () => {
  it.each([
    `/queue?cursor=${cursor({ asOf: '0001-01-01T00:00:00Z', band: 0, exact: 100, id: ANY_ID })}`,
    `/deals?cursor=${cursor({ asOf: '0001-01-01T00:00:00Z', exact: 1e300, id: ANY_ID })}`,
    `/leads?cursor=-271821-04-20T00:00:00.000Z_${ANY_ID}`,
    `/accounts?cursor=-271821-04-20T00:00:00.000Z_${ANY_ID}`,
    `/accounts?cursor=${cursor({ at: '+275760-09-13T00:00:00.000Z', id: ANY_ID })}`,
    '/audit?cursor=9999-99-99',
  ])('are refused: %s', async (path) => {
    expect((await call('GET', path)).status).toBe(400);
  });

  it('page through leads, accounts and a timeline', async () => {
    for (const list of ['/leads', '/accounts']) {
      const first = (await (await call('GET', `${list}?limit=1`)).json()) as Page;
      const second = await call('GET', `${list}?limit=1&cursor=${first.nextCursor ?? ''}`);
      expect(second.status).toBe(200);
      expect(((await second.json()) as Page).items[0]?.id).not.toBe(first.items[0]?.id);
    }
    const before = cursor({ at: new Date().toISOString(), id: ANY_ID });
    const timeline = await call('GET', `/accounts/${accountId}/timeline?cursor=${before}`);
    expect(((await timeline.json()) as Page).items.length).toBeGreaterThan(2);
  });
});

type Page = { items: { id: string }[]; nextCursor: string | null };

describe('a deal', () => {
  const deal = { name: 'Deal', valueMinor: 1, source: 'inbound' };

  it('is refused about a person or lead that does not exist, not broken', async () => {
    for (const wrong of [{ leadId: ANY_ID }, { personId: ANY_ID }]) {
      const reply = await asAdmin('deals.create', 'mutation', { ...deal, accountId, ...wrong });
      expect({ wrong, status: reply.status }).toEqual({ wrong, status: 404 });
    }
  });

  it('is never so large that the total of the pipeline can’t be told', async () => {
    const reply = await asAdmin('deals.create', 'mutation', {
      ...deal,
      accountId,
      valueMinor: Number.MAX_SAFE_INTEGER,
    });
    expect(reply.status).toBe(400);
    expect((await call('GET', '/deals')).status).toBe(200);
  });

  it('that a program makes belongs to the owner of the account, and without one is refused', async () => {
    const unowned = (await (await call('POST', '/accounts', { name: 'Nobody’s' })).json()) as { id: string };
    expect((await call('POST', '/deals', { ...deal, accountId: unowned.id })).status).toBe(409);
    const owned = (await (await asAdmin('accounts.create', 'mutation', { name: 'Owned' })).json()) as {
      result: { data: { id: string } };
    };
    const made = await call('POST', '/deals', { ...deal, accountId: owned.result.data.id });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    expect(await (await call('GET', `/deals/${id}`)).json()).toMatchObject({
      owner: { id: home.members.admin.id },
    });
  });
});

it('a program claims nothing, and is told so', async () => {
  const queue = (await (await call('GET', '/queue')).json()) as Page;
  expect((await call('POST', `/queue/${queue.items[0]?.id ?? ''}/claim`, {})).status).toBe(403);
});

it('a wrong request to tRPC is never called a fault of ours', async () => {
  const codeOf = async (reply: Response) =>
    ((await reply.json()) as { error: { data: { domain: { code: string } } } }).error.data.domain.code;
  expect(await codeOf(await asAdmin('no.such', 'query', {}))).toBe('not_found');
  expect(await codeOf(await asAdmin('settings.revokeKey', 'mutation', { id: 7 }))).toBe('invalid');
  expect(await codeOf(await asAdmin('settings.revokeKey', 'query', {}))).toBe('invalid');
});

it('an activity belongs to one account with everything it is about', async () => {
  const other = (await (await call('POST', '/accounts', { name: 'Another' })).json()) as { id: string };
  const activity = { kind: 'note', subject: 'x' };
  expect((await call('POST', '/activities', { ...activity, accountId, leadId })).status).toBe(201);
  expect((await call('POST', '/activities', { ...activity, accountId: other.id, leadId })).status).toBe(404);
});

it('a callback is taken at addresses of tickets alone', async () => {
  const post = (path: string, body = '{}') =>
    gateway.app.request(`/hooks/providers/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
      body,
    });
  expect((await post(`${ANY_ID}/${'A'.repeat(43)}`)).status).toBe(404);
  const secretKey = Buffer.from(gateway.deps.config.PENSTOCK_SECRET_KEY, 'base64');
  const path = callbackPath(secretKey, ANY_ID).replace('/hooks/providers/', '');
  // The right key of a ticket that nobody handed in.
  expect((await post(path)).status).toBe(404);
  expect((await post('not-a-ticket/key')).status).toBe(404);
  expect((await post(path, 'x'.repeat(4 * 1024 * 1024 + 1))).status).toBe(413);
});
