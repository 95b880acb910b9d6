import { withConnection } from '@penstock/infra-local/postgres-connection';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { gatewayFixture, type GatewayFixture, type TestWorkspace } from './gateway-fixture.ts';

const SITE = 'https://www.ours.example';
const VISITOR = 'abcdef0123456789';

let gateway: GatewayFixture;
let home: TestWorkspace;
let key: string;
beforeAll(async () => {
  gateway = await gatewayFixture();
  home = await gateway.workspace('home');
  const reply = await gateway.trpc(
    'visits.save',
    'mutation',
    { active: true, allowedOrigins: [SITE], ipToken: 'a-token-of-ours' },
    { cookie: home.members.admin.cookie },
  );
  key = ((await reply.json()) as { result: { data: { key: string } } }).result.data.key;
});
afterAll(() => gateway[Symbol.asyncDispose]());

const hit = (body: unknown, headers: Record<string, string> = { origin: SITE }, to = key) =>
  gateway.app.request(`/visits/${to}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const kept = () =>
  withConnection(gateway.database.urls.admin, async (admin) => {
    const { rows } = await admin.query<Record<string, unknown>>(
      'select path, referrer, visitor, state, address_sealed from site_visit where workspace_id = $1',
      [home.id],
    );
    return rows;
  });

it('serves a script that any site may load, and that neither stores nor sends before consent', async () => {
  const script = await gateway.app.request(`/visits/${key}.js`);
  expect(script.status).toBe(200);
  expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(script.headers.get('set-cookie')).toBeNull();
  expect(await script.text()).toContain(`/visits/${key}`);
  expect((await gateway.app.request('/visits/nobodys-key.js')).status).toBe(404);
});

it('takes a page of the workspace’s own sites, without what was asked there, and forgets whoever wants to be', async () => {
  const url = `${SITE}/pricing?email=ana@brightwater.example`;
  const reply = await hit({ visitor: VISITOR, url, referrer: 'https://search.example/?q=secret' });
  expect([
    reply.status,
    reply.headers.get('access-control-allow-origin'),
    reply.headers.get('set-cookie'),
  ]).toEqual([204, SITE, null]);
  const [visit] = await kept();
  expect(visit).toMatchObject({
    path: '/pricing',
    referrer: 'search.example',
    state: 'excluded',
    address_sealed: null,
  });
  expect(JSON.stringify(visit)).not.toMatch(/ana@|secret|abcdef0123456789/);
  await hit({ visitor: VISITOR, forget: true });
  expect(await kept()).toEqual([]);
});

it.each([
  ['another site', { visitor: VISITOR, url: `${SITE}/` }, { origin: 'https://evil.example' }, 403],
  ['no browser', { visitor: VISITOR, url: `${SITE}/` }, {}, 403],
  ['a page elsewhere', { visitor: VISITOR, url: 'https://evil.example/' }, undefined, 400],
  ['no visitor', { url: `${SITE}/` }, undefined, 400],
  ['a visitor that is a text', { visitor: '<script>alert(1)</script>', url: `${SITE}/` }, undefined, 400],
  ['broken JSON', '{"visitor":', undefined, 400],
  ['too much', { visitor: VISITOR, url: `${SITE}/${'x'.repeat(5_000)}` }, undefined, 413],
])('refuses %s, and keeps nothing', async (_, body, headers, status) => {
  expect((await hit(body, headers)).status).toBe(status);
  expect(await kept()).toEqual([]);
});

it('answers a browser that asks first, refuses too many, and says nothing of a key that is not there', async () => {
  const ask = (origin: string) =>
    gateway.app.request(`/visits/${key}`, { method: 'OPTIONS', headers: { origin } });
  expect([(await ask(SITE)).status, (await ask('https://evil.example')).status]).toEqual([204, 403]);
  expect((await hit({ visitor: VISITOR, url: `${SITE}/` }, undefined, 'nobodys-key')).status).toBe(404);
  // The minute may turn on a slow machine.
  const statuses: number[] = [];
  for (let at = 0; at < 500 && statuses.at(-1) !== 429; at += 1) statuses.push((await hit('{')).status);
  expect(statuses.at(-1)).toBe(429);
});

it('gives the token to nobody', async () => {
  const reply = await gateway.trpc('visits.read', 'query', {}, { cookie: home.members.admin.cookie });
  const text = await reply.text();
  expect(text).toContain('"hasIpToken":true');
  expect(text).not.toContain('a-token-of-ours');
});
