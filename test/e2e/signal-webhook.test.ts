import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { gatewayFixture, type GatewayFixture, type TestWorkspace } from './gateway-fixture.ts';

type Endpoint = { path: string; secret: string };

let gateway: GatewayFixture;
let home: TestWorkspace;
let mine: Endpoint;
let others: Endpoint;

beforeAll(async () => {
  gateway = await gatewayFixture();
  home = await gateway.workspace('home');
  mine = await endpointOf(home);
  others = await endpointOf(await gateway.workspace('other'));
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function endpointOf(workspace: TestWorkspace): Promise<Endpoint> {
  const { cookie } = workspace.members.admin;
  const reply = await gateway.trpc('settings.createWebhook', 'mutation', { name: 'intent feed' }, { cookie });
  return ((await reply.json()) as { result: { data: Endpoint } }).result.data;
}

const signal = (eventId: string, more: Record<string, unknown> = {}) => ({
  kind: 'competitor_research',
  company: { name: 'Northwind Pumps', domain: 'northwind-pumps.example' },
  summary: 'Reads comparisons of three vendors',
  strength: 0.6,
  occurredAt: new Date().toISOString(),
  eventId,
  ...more,
});

type Sending = { endpoint?: Endpoint; secret?: string; at?: Date; id?: string; sent?: string };

function send(
  body: unknown,
  { endpoint = mine, secret = endpoint.secret, at = new Date(), ...more }: Sending = {},
) {
  const text = JSON.stringify(body);
  const id = more.id ?? `msg_${crypto.randomUUID()}`;
  return gateway.app.request(endpoint.path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, at, text),
    },
    body: more.sent ?? text,
  });
}

async function told(): Promise<{ summary: string; account: { name: string }; occurredAt: string }[]> {
  const { cookie } = home.members.admin;
  const reply = await gateway.trpc('signals.list', 'query', { limit: 200 }, { cookie });
  return ((await reply.json()) as { result: { data: { items: Awaited<ReturnType<typeof told>> } } }).result
    .data.items;
}

const MINUTE_MS = 60_000;

describe('the webhook for signals', () => {
  it('takes a signal once, however often it is delivered', async () => {
    const replies = [
      await send(signal('once'), { id: 'msg_1' }),
      await send(signal('once'), { id: 'msg_1' }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([202, 202]);
    const [first, again] = await Promise.all(replies.map((reply) => reply.json()));
    expect([first, again]).toEqual([{ signalId: expect.any(String) }, { signalId: null }]);
    expect((await told()).filter(({ account }) => account.name === 'Northwind Pumps')).toHaveLength(1);
  });

  it('takes several signals of several companies in one delivery, in whatever order two deliveries name them', async () => {
    const batch = (prefix: string) =>
      Array.from({ length: 10 }, (_, at) =>
        signal(`${prefix} ${at}`, {
          company: { name: `Batch Works ${at}` },
          summary: `Batch ${prefix} ${at}`,
        }),
      );
    const replies = await Promise.all([
      send({ signals: batch('there') }),
      send({ signals: batch('back').toReversed() }),
    ]);
    for (const reply of replies)
      expect(await reply.json()).toEqual({ signalIds: Array.from({ length: 10 }, () => expect.any(String)) });
    const names = (await told()).flatMap(({ account }) =>
      account.name.startsWith('Batch') ? account.name : [],
    );
    expect([names.length, new Set(names).size]).toEqual([20, 10]);
    const again = await send({ signals: [signal('there 3'), signal('new', { summary: 'Something new' })] });
    expect(await again.json()).toEqual({ signalIds: [null, expect.any(String)] });
  });

  it.each([
    ['unsigned by this secret', () => send(signal('bad'), { secret: others.secret })],
    ['of another workspace', () => send(signal('bad'), { endpoint: { ...others, secret: mine.secret } })],
    [
      'changed on the way',
      () => send(signal('bad'), { sent: JSON.stringify(signal('bad', { strength: 1 })) }),
    ],
    ['ten minutes late', () => send(signal('bad'), { at: new Date(Date.now() - 10 * MINUTE_MS) })],
    ['ten minutes early', () => send(signal('bad'), { at: new Date(Date.now() + 10 * MINUTE_MS) })],
    [
      'without a signature',
      () => gateway.app.request(mine.path, { method: 'POST', body: JSON.stringify(signal('bad')) }),
    ],
  ])('refuses a delivery %s', async (_, deliver) => {
    const before = (await told()).length;
    expect((await deliver()).status).toBe(401);
    expect((await told()).length).toBe(before);
  });

  it('takes nothing of a batch with an error, and names the field', async () => {
    const before = (await told()).length;
    const reply = await send({ signals: [signal('good'), signal('wrong', { kind: 'gossip' })] });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('signals.1.kind');
    const many = Array.from({ length: 101 }, (_, at) => signal(`many ${at}`));
    expect((await send({ signals: many })).status).toBe(400);
    expect((await send({ signals: [] })).status).toBe(400);
    expect((await told()).length).toBe(before);
  });

  it('takes a date to come as now', async () => {
    await send(signal('to come', { occurredAt: '2999-01-01T00:00:00Z', summary: 'Not yet' }));
    const [found] = (await told()).filter(({ summary }) => summary === 'Not yet');
    expect(Date.parse(found?.occurredAt ?? '')).toBeLessThanOrEqual(Date.now());
  });
});
