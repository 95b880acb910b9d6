import { createHmac } from 'node:crypto';

import { createOperations } from '@penstock/gateway/operations';
import { restTable } from '@penstock/gateway/rest/rest-table';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { gatewayFixture, type GatewayFixture, type TestWorkspace } from './gateway-fixture.ts';

let gateway: GatewayFixture;
let home: TestWorkspace;
let key: string;

beforeAll(async () => {
  gateway = await gatewayFixture();
  home = await gateway.workspace('home');
  const made = await gateway.deps.auth.createKey({
    userId: home.members.admin.id,
    workspaceId: home.id,
    name: 'test',
    scopes: ['account.read', 'account.write', 'signal.read', 'queue.read', 'audit.read'],
  });
  key = made.key;
});
afterAll(() => gateway[Symbol.asyncDispose]());

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  gateway.app.request(`/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

describe('REST', () => {
  it('describes itself in OpenAPI 3.1, a schema and an error for every route', async () => {
    const document = (await (await gateway.app.request('/v1/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(operations.length).toBeGreaterThan(30);
    for (const operation of operations) expect(Object.keys(operation.responses)).toContain('default');
    expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(operations.length);
  });

  it('takes every number and yes or no of a question as the text that an address holds', () => {
    const questions = restTable(createOperations(gateway.deps)).filter(({ method }) => method === 'get');
    const asked = questions.flatMap(({ path, operation }) => {
      const { properties = {} } = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' });
      return Object.entries(properties).flatMap(([name, shape]) => {
        const type = typeof shape === 'object' ? shape.type : undefined;
        if (type !== 'integer' && type !== 'number' && type !== 'boolean') return [];
        const parsed = operation.input.safeParse({ [name]: type === 'boolean' ? 'true' : '1' });
        const refused = parsed.error?.issues.some(
          (issue) => issue.code === 'invalid_type' && issue.path[0] === name,
        );
        return [{ what: `${path} ${name}`, refused: refused ?? false }];
      });
    });
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter(({ refused }) => refused)).toEqual([]);
  });

  it('creates once for one Idempotency-Key, also when both come at once, and refuses the key for another body', async () => {
    const body = { name: 'Once Only Ltd', domain: 'once-only.example' };
    const headers = { 'idempotency-key': 'key-1' };
    const replies = await Promise.all([
      call('POST', '/accounts', body, headers),
      call('POST', '/accounts', body, headers),
    ]);
    const ids = await Promise.all(replies.map(async (reply) => ((await reply.json()) as { id: string }).id));
    expect(replies.map((reply) => reply.status)).toEqual([201, 201]);
    expect(new Set(ids).size).toBe(1);
    const audit = (await (await call('GET', '/audit')).json()) as { items: { action: string }[] };
    expect(audit.items.filter((row) => row.action === 'account.created')).toHaveLength(1);
    const mismatch = await call('POST', '/accounts', { ...body, name: 'Other' }, headers);
    expect([mismatch.status, ((await mismatch.json()) as { code: string }).code]).toEqual([
      422,
      'idempotency_mismatch',
    ]);
  });

  it('names the field and the remedy of a wrong input', async () => {
    const problem = (await (await call('POST', '/accounts', { name: 7 })).json()) as {
      issues: unknown[];
      code: string;
    };
    expect(problem).toMatchObject({ code: 'invalid', issues: [{ field: 'name', remedy: 'Send a string.' }] });
  });

  it('answers an unknown address, an unknown cursor and a body that is no object clearly', async () => {
    expect((await call('GET', '/nothing')).status).toBe(404);
    expect((await call('GET', '/queue?cursor=nonsense')).status).toBe(400);
    expect(
      (
        await gateway.app.request('/v1/accounts', {
          method: 'POST',
          headers: { authorization: `Bearer ${key}` },
          body: '[1]',
        })
      ).status,
    ).toBe(400);
  });
});

describe('a signed webhook', () => {
  const signal = (eventId: string) => ({
    kind: 'intent',
    company: { name: 'Webhook Works', domain: 'webhook-works.example' },
    summary: 'Compared three vendors',
    strength: 0.6,
    occurredAt: new Date().toISOString(),
    eventId,
  });

  async function endpoint(name: string): Promise<{ path: string; secret: string }> {
    const reply = await gateway.trpc(
      'settings.createWebhook',
      'mutation',
      { name },
      { cookie: home.members.admin.cookie },
    );
    return ((await reply.json()) as { result: { data: { path: string; secret: string } } }).result.data;
  }
  const deliver = (path: string, secret: string, body: string, at: Date, tamper = false) => {
    const signature = new Webhook(secret).sign('msg-1', at, body);
    return gateway.app.request(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'msg-1',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': signature,
      },
      body: tamper ? `${body} ` : body,
    });
  };

  it('becomes a signal once; a forged, late or altered one is refused', async () => {
    const { path, secret } = await endpoint('vendor');
    const body = JSON.stringify(signal('event-1'));
    const first = await deliver(path, secret, body, new Date());
    expect(first.status).toBe(202);
    expect(((await first.json()) as { signalId: string }).signalId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await (await deliver(path, secret, body, new Date())).json()).toEqual({ signalId: null });
    expect(
      (await deliver(path, `whsec_${createHmac('sha256', 'x').digest('base64')}`, body, new Date())).status,
    ).toBe(401);
    expect((await deliver(path, secret, body, new Date(Date.now() - 6 * 60_000))).status).toBe(401);
    expect((await deliver(path, secret, body, new Date(), true)).status).toBe(401);
    const queue = (await (await call('GET', '/queue')).json()) as {
      items: { account: { name: string }; signalScore: number }[];
    };
    expect(queue.items[0]).toMatchObject({ account: { name: 'Webhook Works' } });
    expect(queue.items[0]?.signalScore).toBeGreaterThan(0);
  });

  it('refuses what breaks the contract, naming the field', async () => {
    const { path, secret } = await endpoint('sloppy');
    const reply = await deliver(
      path,
      secret,
      JSON.stringify({ ...signal('event-2'), strength: 7 }),
      new Date(),
    );
    expect([
      reply.status,
      ((await reply.json()) as { issues: { field: string }[] }).issues[0]?.field,
    ]).toEqual([400, 'strength']);
  });
});

it('keeps no personal answer beside an Idempotency-Key', async () => {
  const { plantRecords } = await import('./planted-records.ts');
  const workspace = await gateway.workspace('keyed');
  await plantRecords(gateway.deps.store, workspace.id, workspace.members.rep.id);
  const cookie = workspace.members.admin.cookie;
  const list = await gateway.trpc('queue.list', 'query', {}, { cookie });
  const { items } = ((await list.json()) as { result: { data: { items: { id: string; lead: unknown }[] } } })
    .result.data;
  const id = items.find((item) => item.lead !== null)?.id;
  const claim = () =>
    gateway.trpc('queue.claim', 'mutation', { id }, { cookie, 'idempotency-key': 'claim-1' });
  expect(await (await claim()).text()).toContain('Zelda');
  expect((await claim()).status).toBe(200);
  const kept = await gateway.deps.store.withRecords(workspace.id, (tx) =>
    tx.db.idempotencyKey.findMany({ where: { workspaceId: workspace.id } }),
  );
  expect(JSON.stringify(kept)).not.toContain('Zelda');
});
