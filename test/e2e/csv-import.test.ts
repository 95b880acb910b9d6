import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createAdaptorServer } from '@hono/node-server';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { gatewayFixture, signIn, type GatewayFixture, type TestWorkspace } from './gateway-fixture.ts';

let gateway: GatewayFixture;
let home: TestWorkspace;
let cookie: string;
let rep: string;
beforeAll(async () => {
  gateway = await gatewayFixture();
  home = await gateway.workspace('home');
  cookie = await signIn(gateway.app, 'revops@home.example');
  rep = await signIn(gateway.app, 'rep@home.example');
});
afterAll(() => gateway[Symbol.asyncDispose]());

const send = async (
  path: string,
  body: string | Uint8Array,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
) => {
  const reply = await gateway.app.request(`/v1/csv/${path}?${new URLSearchParams(query).toString()}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'text/csv', ...headers },
    body,
  });
  // Safe: every answer of these paths is an object.
  return { status: reply.status, answer: (await reply.json()) as Record<string, unknown> };
};
const dialect = { encoding: 'utf-8', delimiter: ',', header: '1' };
const FILE =
  'First name,Last name,Work e-mail,Employer,Notes\nAna,Novak,ana@quay.example,"Quay, Inc",x\nAna,Novak,ANA@quay.example,Quay,\nBad,Row,not an address,Quay,"=1+1"\n';
const columns = 'given_name,family_name,email,company,';

it('sees how a file is written, and reads the next one as this one was', async () => {
  const first = await send('inspect', FILE);
  expect(first).toMatchObject({
    status: 200,
    answer: { encoding: 'utf-8', delimiter: ',', header: true },
  });
  const fields = (answer: Record<string, unknown>) =>
    (answer['columns'] as { field: string | null }[]).map(({ field }) => field);
  expect(fields(first.answer)).toEqual(['given_name', 'family_name', 'email', 'company', null]);
  const semicolons = 'Kontakt;Adresse\nAna Novak;ana@quay.example\n';
  // An address is told at sight.
  expect(fields((await send('inspect', semicolons)).answer)).toEqual([null, 'email']);
  const chosen = { ...dialect, delimiter: ';', columns: 'full_name,email', name: 'Kontakte' };
  expect((await send('import', semicolons, chosen)).status).toBe(201);
  expect(fields((await send('inspect', semicolons)).answer)).toEqual(['full_name', 'email']);
});

it('reads the contacts that LinkedIn exports: below its notes, with a profile called URL', async () => {
  const file =
    'Notes:\n"Some addresses are missing, because their owners hide them."\n\nFirst Name,Last Name,URL,Email Address,Company\nIda,Berg,https://www.linkedin.com/in/ida-berg,,Quay\nOle,Dahl,https://www.linkedin.com/in/ole-dahl,,Quay\nNo,Profile,,broken,Quay\n';
  const { answer } = await send('inspect', file);
  expect(answer).toMatchObject({
    delimiter: ',',
    header: true,
    columns: ['given_name', 'family_name', 'linkedin_url', 'email', 'company'].map((field) => ({ field })),
  });
  const query = {
    ...dialect,
    columns: 'given_name,family_name,linkedin_url,email,company',
    name: 'Contacts',
  };
  const taken = await send('import', file, query);
  expect(taken.answer).toMatchObject({ created: 2, refused: 1, told: [{ line: 7, outcome: 'refused' }] });
});

it('goes on with a file that broke off, behind the rows that were taken, and reads it as is said', async () => {
  const id = '01900000-0000-7000-8000-00000000f11e';
  const rows = Array.from({ length: 700 }, (_, at) => `go${at}@quay.example\n`);
  const query = { ...dialect, columns: 'email', name: 'Broken off', id };
  const begun = await send('import', `e-mail\n${rows.slice(0, 500).join('')}`, query);
  expect(begun.answer).toMatchObject({ id, created: 500 });
  const rest = await send('import', `e-mail\n${rows.join('')}`, query);
  expect(rest.answer).toMatchObject({ id, created: 200, duplicate: 0, refused: 0 });
  const lists = await gateway.trpc('enrichment.imports', 'query', {}, { cookie });
  expect(await lists.text()).toContain('"created":700');
  const said = await send('inspect', 'a;b\nc;d\n', { delimiter: ',', header: '0' });
  expect(said.answer).toMatchObject({
    delimiter: ',',
    header: false,
    columns: [{ samples: ['a;b', 'c;d'] }],
  });
});

/** Sends a part of a file over a real connection, and cuts it once `until` holds. */
async function sendCut(path: string, part: string, until: () => Promise<void>): Promise<void> {
  const server = createAdaptorServer({ fetch: gateway.app.fetch });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Safe: it listens at a port.
  const { port } = server.address() as AddressInfo;
  const sending = request({ port, path, method: 'POST', headers: { cookie, 'content-type': 'text/csv' } });
  const broken = once(sending, 'error');
  sending.write(part);
  await until();
  sending.destroy(new Error('cut'));
  await broken;
  const closed = once(server, 'close');
  server.close();
  await closed;
}

it('takes whole batches of a file whose connection is cut, nothing of what came half, and the rest the second time', async () => {
  const id = '01900000-0000-7000-8000-00000000cafe';
  const rows = Array.from({ length: 700 }, (_, at) => `cut${at}@quay.example\n`);
  const query = { ...dialect, columns: 'email', name: 'Cut', id };
  const taken = () =>
    withConnection(gateway.database.urls.app, async (client) => {
      await client.query(`select set_config('penstock.workspace_id', $1, false)`, [home.id]);
      const { rows: found } = await client.query<{ email: string }>(
        `select p.email_key as email from people_import_member m join person p on p.workspace_id = m.workspace_id and p.id = m.person_id where m.import_id = $1`,
        [id],
      );
      return found.map(({ email }) => email);
    });
  const path = `/v1/csv/import?${new URLSearchParams(query).toString()}`;
  // The last row has arrived in part.
  await sendCut(path, `e-mail\n${rows.join('')}cut700@quay.exam`, () =>
    expect.poll(async () => (await taken()).length, { timeout: 60_000 }).toBe(500),
  );
  expect((await taken()).length).toBe(500);
  const second = await send('import', `e-mail\n${rows.join('')}cut700@quay.example\n`, query);
  expect(second).toMatchObject({ status: 201, answer: { id, created: 201, duplicate: 0, refused: 0 } });
  const all = await taken();
  expect(new Set(all).size).toBe(701);
  expect(all).not.toContain('cut700@quay.exam');
});

it('tells before it takes: good rows, repeated ones and bad ones with their reasons', async () => {
  const checked = await send('check', FILE, { ...dialect, columns });
  expect(checked.answer).toMatchObject({ rows: 3, good: 1, known: 1, duplicates: 1, refused: 1 });
  expect(checked.answer['told']).toEqual([
    expect.objectContaining({
      line: 3,
      outcome: 'duplicate',
      reason: 'is the same person as in an earlier line',
    }),
    {
      line: 4,
      outcome: 'refused',
      reason: '"not an address" is not an e-mail address',
      cells: ['Bad', 'Row', 'not an address', 'Quay', '=1+1'],
    },
  ]);
  const taken = await send('import', FILE, { ...dialect, columns, name: 'List' });
  expect(taken).toMatchObject({ status: 201, answer: { created: 0, known: 1, duplicate: 1, refused: 1 } });
});

it('takes a file of which every row repeats the first', async () => {
  const file = `e-mail\n${'same@quay.example\n'.repeat(1_200)}`;
  const checked = await send('check', file, { ...dialect, columns: 'email' });
  expect(checked.answer).toMatchObject({ rows: 1_200, good: 1, duplicates: 1_199 });
  const taken = await send('import', file, { ...dialect, columns: 'email', name: 'Same' });
  expect(taken.answer).toMatchObject({ created: 1, duplicate: 1_199 });
});

it.each<[string, string, Record<string, string>, Record<string, string>, number, string]>([
  ['nothing', '', {}, {}, 400, 'no rows'],
  ['a header alone', 'e-mail\n', {}, {}, 400, 'no rows'],
  ['an open quote', 'e-mail\n"a@b.example\n', {}, {}, 400, 'never closed'],
  ['no column to know people by', 'title\nCFO\n', { columns: 'title' }, {}, 400, 'Choose the column'],
  ['an unknown field', 'a\nb\n', { columns: 'shoe_size' }, {}, 400, 'columns'],
  [
    'a gigabyte, before it is sent',
    'e-mail\n',
    {},
    { 'content-length': String(1024 ** 3) },
    413,
    'at most 100 MB',
  ],
  [
    'what a foreign page may send',
    'e-mail\n',
    {},
    { 'content-type': 'text/plain' },
    400,
    'Send the file itself',
  ],
])('refuses %s', async (_, file, query, headers, status, words) => {
  const refused = await send('check', file, { ...dialect, columns: 'email', ...query }, headers);
  expect([refused.status, JSON.stringify(refused.answer)]).toEqual([status, expect.stringContaining(words)]);
});

it('is open to those alone who may run enrichment', async () => {
  expect((await send('import', FILE, { ...dialect, columns, name: 'x' }, { cookie: rep })).status).toBe(403);
  expect((await send('inspect', FILE, {}, { cookie: '' })).status).toBe(401);
});

it('takes a vendor’s file of intent, tells bad rows by their line, and adds nothing the second time', async () => {
  const day = gateway.deps.clock.now().toISOString().slice(0, 10);
  const file = `\uFEFFDomain;Signal type;Topic;Score;Date\nquay.example;Competitor research;Rivalforce;80;${day}\nquay.example;Content consumption;CRM;55;${day}\n;Category search;CRM;1;\nquay.example;Category search;CRM;900;${day}\nquay.example;Competitor research;rivalforce;80;${day}\n`;
  const first = await send('intent', file);
  expect(first).toEqual({
    status: 201,
    answer: {
      recorded: 2,
      repeated: 1,
      refused: 2,
      told: [
        { line: 4, problem: 'names no company' },
        { line: 5, problem: 'score “900” is no number from 0 to 100' },
      ],
    },
  });
  expect((await send('intent', file)).answer).toMatchObject({ recorded: 0, repeated: 3 });
  const list = await gateway.app.request('/trpc/signals.list?input=%7B%7D', { headers: { cookie } });
  expect(await list.text()).toContain('looks into Rivalforce');
  expect((await send('intent', 'Score\n1\n')).answer['detail']).toMatch(/no column “domain”/);
  expect((await send('intent', 'Domain,Topic\n')).answer['detail']).toMatch(/no rows/);
  expect((await send('intent', file, {}, { cookie: rep })).status).toBe(403);
});
