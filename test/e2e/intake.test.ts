import { createServer, type AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { gatewayFixture, type GatewayFixture, type TestWorkspace } from './gateway-fixture.ts';

let gateway: GatewayFixture;
let home: TestWorkspace;

beforeAll(async () => {
  gateway = await gatewayFixture({ PENSTOCK_FORM_LIMIT_PER_MINUTE: 400 });
  home = await gateway.workspace('home');
});
afterAll(() => gateway[Symbol.asyncDispose]());

const post = (body: unknown, headers: Record<string, string> = {}, key = home.formKey) =>
  gateway.app.request(`/f/${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const leads = () =>
  gateway.deps.store.withRecords(home.id, (tx) =>
    tx.db.lead.findMany({ where: { workspaceId: home.id }, orderBy: { receivedAt: 'asc' } }),
  );

describe('the form', () => {
  it('stores and answers while Temporal is down', async () => {
    const reply = await post({ email: 'Ana@Brightwater.example', first_name: 'Ana', company: 'Brightwater' });
    expect(reply.status).toBe(202);
    const { id } = (await reply.json()) as { id: string };
    expect((await leads()).find((lead) => lead.id === id)).toMatchObject({
      email: 'ana@brightwater.example',
      state: 'received',
      workflowStartedAt: null,
    });
  });

  it('makes one lead of the same submission sent twice, also at once, and keeps both requests of the same person', async () => {
    const body = { email: 'twice@brightwater.example', message: 'one' };
    const ids = await Promise.all(
      [post(body), post(body), post(body)].map(
        async (reply) => ((await (await reply).json()) as { id: string }).id,
      ),
    );
    expect(new Set(ids).size).toBe(1);
    await post({ ...body, message: 'two' });
    const submissions = await gateway.deps.store.withRecords(home.id, (tx) =>
      tx.db.leadSubmission.count({ where: { workspaceId: home.id, leadId: ids[0] ?? '' } }),
    );
    expect(submissions).toBe(2);
  });

  it.each([
    ['no fields', {}, 400, 'email'],
    ['an address without a domain', { email: 'ana@' }, 400, 'email'],
    ['two addresses', { email: 'a@b.example, c@d.example' }, 400, 'email'],
    ['a list', [], 400, '(body)'],
    ['broken JSON', '{"email":', 400, '(body)'],
    [
      'a name of 100,000 characters',
      { email: 'a@b.example', first_name: 'x'.repeat(50_000) },
      400,
      'givenName',
    ],
  ])('refuses %s and says which field', async (_, body, status, field) => {
    const before = (await leads()).length;
    const reply = await post(body);
    const problem = (await reply.json()) as {
      issues: { field: string; remedy: string }[];
      request_id: string;
    };
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
    expect(problem.issues[0]).toMatchObject({ field });
    expect(problem.request_id).not.toBe('');
    expect((await leads()).length).toBe(before);
  });

  it('refuses 2 MB with a clear answer', async () => {
    expect((await post({ email: 'a@b.example', message: 'x'.repeat(2_000_000) })).status).toBe(413);
  });

  it('refuses an unknown key', async () => {
    expect((await post({ email: 'a@b.example' }, {}, 'no-such-form')).status).toBe(404);
  });

  it('keeps HTML as text and drops control characters', async () => {
    const reply = await post({
      email: 'html@brightwater.example',
      first_name: '<script>alert(1)</script>',
      company: 'A\u0000\u0007cme\u202E',
      message: 'a\u0000b',
    });
    const { id } = (await reply.json()) as { id: string };
    expect((await leads()).find((lead) => lead.id === id)).toMatchObject({
      givenName: '<script>alert(1)</script>',
      company: 'Acme',
      message: 'ab',
    });
  });

  it('takes free-mail and disposable addresses and unreadable phones, and marks them', async () => {
    await post({ email: 'someone@gmail.com', phone: '12' });
    await post({ email: 'someone@mailinator.com', phone: '+14155550132' });
    const all = await leads();
    expect(all.find((lead) => lead.email === 'someone@gmail.com')?.marks).toEqual([
      'free_mail',
      'phone_unreadable',
    ]);
    expect(all.find((lead) => lead.email === 'someone@mailinator.com')).toMatchObject({
      marks: ['disposable'],
      phone: '+14155550132',
    });
  });

  it('answers a plain HTML form with a page', async () => {
    const reply = await gateway.app.request(`/f/${home.formKey}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      body: 'email=plain%40brightwater.example&name=Plain+Person',
    });
    expect([reply.status, reply.headers.get('location')]).toEqual([303, `/f/${home.formKey}/thanks`]);
    expect(await (await gateway.app.request(`/f/${home.formKey}`)).text()).toContain('<form method="post"');
  });

  it('lets only allowed web sites post from a browser', async () => {
    expect((await post({ email: 'a@b.example' }, { origin: 'https://evil.example' })).status).toBe(403);
    await gateway.deps.store.withRecords(home.id, (tx) =>
      tx.db.form.updateMany({
        where: { workspaceId: home.id },
        data: { allowedOrigins: ['https://www.brightwater.example'] },
      }),
    );
    const reply = await post({ email: 'cors@b.example' }, { origin: 'https://www.brightwater.example' });
    expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([
      202,
      'https://www.brightwater.example',
    ]);
  });
});

it('limits how often one address may send', async () => {
  const limited = await gatewayFixture({ PENSTOCK_FORM_LIMIT_PER_MINUTE: 3 });
  try {
    const workspace = await limited.workspace('limited');
    const send = () =>
      limited.app.request(`/f/${workspace.formKey}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"email":"a@b.example"}',
      });
    const statuses = [];
    for (let attempt = 0; attempt < 5; attempt += 1) statuses.push((await send()).status);
    expect(statuses).toEqual([202, 202, 202, 429, 429]);
  } finally {
    await limited[Symbol.asyncDispose]();
  }
});

it('waits for a database that is restarting instead of losing the form', async () => {
  // The gateway reaches Postgres through a relay that refuses at first, like a server that restarts.
  const target = new URL(gateway.database.urls.app);
  const { connect } = await import('node:net');
  let open = false;
  const relay = createServer((client) => {
    if (!open) return client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const through = (url: string) => {
    const address = new URL(url);
    address.port = String((relay.address() as AddressInfo).port);
    return address.href;
  };
  const { urls } = gateway.database;
  const cut = await gatewayFixture({
    PENSTOCK_APP_DATABASE_URL: through(urls.app),
    PENSTOCK_DUE_DATABASE_URL: through(urls.due),
  });
  try {
    const answer = cut.app.request(`/f/${home.formKey}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email":"patient@brightwater.example"}',
    });
    setTimeout(() => {
      open = true;
    }, 700);
    expect((await answer).status).toBe(202);
    expect((await leads()).some((lead) => lead.email === 'patient@brightwater.example')).toBe(true);
  } finally {
    await cut[Symbol.asyncDispose]();
    relay.close();
  }
});

describe('a form sent as a test', () => {
  const send = async (answers: unknown, role: 'admin' | 'rep' = 'admin', formId?: string) => {
    const form = await gateway.deps.store.withRecords(home.id, (tx) =>
      tx.db.form.findFirstOrThrow({ where: { workspaceId: home.id, publicKey: home.formKey } }),
    );
    const reply = await gateway.app.request(`/v1/forms/${formId ?? form.id}/test`, {
      method: 'POST',
      headers: {
        cookie: home.members[role].cookie,
        origin: 'http://127.0.0.1:4100',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ answers }),
    });
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };

  it('is a lead marked as a test, beside the real one of the same person', async () => {
    const email = 'tester@brightwater.example';
    await post({ email });
    const sent = await send({ email, company: 'Brightwater' });
    expect(sent).toMatchObject({ status: 201, body: { isNew: true } });
    expect((await leads()).filter((lead) => lead.email === email).map((lead) => lead.isTest)).toEqual([
      false,
      true,
    ]);
    expect(await send({ email, company: 'Brightwater' })).toMatchObject({
      body: { id: sent.body['id'], isNew: false },
    });
  });

  it('is refused without an address, for a form that is not there, and to who may not manage forms', async () => {
    expect(await send({ company: 'Brightwater' })).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'email' }] },
    });
    expect((await send({ email: 'a@b.example' }, 'admin', crypto.randomUUID())).status).toBe(404);
    expect((await send({ email: 'a@b.example' }, 'rep')).status).toBe(403);
  });
});
