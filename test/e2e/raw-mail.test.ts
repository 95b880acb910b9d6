import { afterAll, beforeAll, expect, it } from 'vitest';

import { gatewayFixture, signIn, type GatewayFixture } from './gateway-fixture.ts';

let gateway: GatewayFixture;
let cookie: string;
beforeAll(async () => {
  gateway = await gatewayFixture();
  await gateway.workspace('home');
  cookie = await signIn(gateway.app, 'revops@home.example');
});
afterAll(() => gateway[Symbol.asyncDispose]());

const send = async (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) => {
  const reply = await gateway.app.request(`/v1/${path}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'message/rfc822', ...headers },
    body,
  });
  // Safe: every answer of these paths is an object.
  return { status: reply.status, answer: (await reply.json()) as Record<string, unknown> };
};
const mail = (more: string[] = [], from = 'Ada Buyer <ada@northmill.example>') =>
  [
    `From: ${from}`,
    'To: revops@home.example',
    'Subject: About the price',
    'Date: Mon, 02 Mar 2026 09:00:00 +0000',
    'Message-ID: <a1@northmill.example>',
    ...more,
    '',
    'Words that nobody keeps.',
  ].join('\r\n');
const json = { 'content-type': 'application/json' };

it('takes a mail over the wire: it waits, is matched to who it is made to be, and is recorded', async () => {
  const first = await send('activities/mail/raw', mail());
  expect(first).toMatchObject({
    status: 200,
    answer: {
      kind: 'mail',
      recorded: [],
      waiting: [{ address: 'ada@northmill.example', because: 'nobody' }],
    },
  });
  const who = { address: 'ada@northmill.example', givenName: 'Ada', familyName: 'Buyer' };
  const made = await send('unmatched-mails/create-person', JSON.stringify(who), json);
  expect(made.status).toBe(200);
  expect(await send('activities/mail/raw', mail())).toMatchObject({
    answer: { recorded: [], repeated: [made.answer['id']], waiting: [] },
  });
});

it('keeps nothing of what machines write', async () => {
  for (const header of ['Auto-Submitted: auto-replied', 'List-Id: <news.x.example>'])
    expect(await send('activities/mail/raw', mail([header], 'x@unknown.example'))).toMatchObject({
      status: 200,
    });
  const listed = await gateway.app.request('/v1/unmatched-mails', { headers: { cookie } });
  expect(await listed.json()).not.toMatchObject({ items: [{ address: 'x@unknown.example' }] });
});

it('refuses what is no mail, too much of it, another type and nobody’s sign-in', async () => {
  const path = 'activities/mail/raw';
  expect(await send(path, 'no mail')).toMatchObject({ status: 400 });
  expect(await send(path, mail(), { 'content-type': 'text/plain' })).toMatchObject({ status: 400 });
  expect(await send(path, new Uint8Array(10 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
  expect(await send(path, mail(['From: mallory@evil.example']))).toMatchObject({ status: 400 });
  expect((await send(path, mail(), { cookie: '' })).status).toBe(401);
});
