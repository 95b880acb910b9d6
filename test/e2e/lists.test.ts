import { afterAll, beforeAll, expect, it } from 'vitest';

import { gatewayFixture, type GatewayFixture, type TestWorkspace } from './gateway-fixture.ts';

let gateway: GatewayFixture;
let home: TestWorkspace;
beforeAll(async () => {
  gateway = await gatewayFixture();
  home = await gateway.workspace('home');
});
afterAll(() => gateway[Symbol.asyncDispose]());

const call = async (method: string, path: string, body?: unknown, who: 'revops' | 'rep' = 'revops') => {
  const reply = await gateway.app.request(`/v1${path}`, {
    method,
    headers: { cookie: home.members[who].cookie, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // Safe: every answer of these paths is an object.
  return { status: reply.status, answer: (await reply.json()) as Record<string, unknown> };
};

it('makes, previews, reads, changes and removes a list through REST, and shows it to the console', async () => {
  const body = { name: 'Nordics', filter: { countries: ['se', 'NO'] }, followUp: { queue: {} } };
  expect((await call('POST', '/lists/preview', { filter: body.filter })).answer).toMatchObject({
    count: 0,
    looked: 0,
    warning: null,
  });
  const made = await call('POST', '/lists', body);
  expect(made.status).toBe(201);
  const id = String(made.answer['id']);
  expect((await call('GET', `/lists/${id}`)).answer).toMatchObject({
    name: 'Nordics',
    state: 'active',
    members: 0,
    sweeping: true,
    filter: { countries: ['SE', 'NO'], deals: 'any' },
    followUp: { queue: { capacity: 20, serviceLevelMinutes: 1440 } },
  });
  const shown = await gateway.trpc('lists.list', 'query', {}, { cookie: home.members.rep.cookie });
  expect(await shown.json()).toMatchObject({ result: { data: { items: [{ id, name: 'Nordics' }] } } });
  expect((await call('GET', '/queues')).answer['ofLists']).toMatchObject([{ key: id, name: 'Nordics' }]);
  expect((await call('POST', '/lists', { ...body, id, name: 'North' })).answer).toEqual({ id });
  expect((await call('GET', `/lists/${id}/members?lately=true`)).answer).toEqual({
    items: [],
    nextCursor: null,
  });
  expect((await call('GET', `/lists/${id}/changes?kind=left`)).status).toBe(200);
  expect((await call('POST', `/lists/${id}/control`, { action: 'pause' })).status).toBe(200);
  expect((await call('POST', `/lists/${id}/control`, { action: 'remove' })).status).toBe(200);
  expect((await call('GET', `/lists/${id}`)).status).toBe(404);
});

it('refuses what can’t be, naming the field, and whoever may not', async () => {
  const empty = await call('POST', '/lists', { name: 'All', filter: {} });
  expect([empty.status, empty.answer['issues']]).toMatchObject([400, [{ field: 'filter' }]]);
  const wrong = await call('POST', '/lists', { name: 'Odd', filter: { countries: ['Sweden'] } });
  expect([wrong.status, wrong.answer['issues']]).toMatchObject([400, [{ field: 'filter.countries.0' }]]);
  const theirs = { name: 'Mine', filter: { countries: ['SE'] } };
  expect((await call('POST', '/lists', theirs, 'rep')).status).toBe(403);
  expect((await call('GET', '/lists', undefined, 'rep')).answer).toEqual({ items: [] });
});

const send = async (path: string, body: string, query: Record<string, string> = {}) => {
  const reply = await gateway.app.request(
    `/v1/csv/targets/${path}?${new URLSearchParams(query).toString()}`,
    {
      method: 'POST',
      headers: { cookie: home.members.revops.cookie, 'content-type': 'text/csv' },
      body,
    },
  );
  // Safe: every answer of these paths is an object.
  return { status: reply.status, answer: (await reply.json()) as Record<string, unknown> };
};
const dialect = { encoding: 'utf-8', delimiter: ',', header: '1', columns: 'company,domain,country' };

it('takes a file of target accounts: known ones matched, unknown ones proposed, doubtful ones left to a person', async () => {
  for (const [name, domain] of [
    ['Quay Works', 'quay.example'],
    ['Twin Labs', 'twin-labs.example'],
    ['Twin Labs', 'twinlabs.example'],
  ])
    expect((await call('POST', '/accounts', { name, domain })).status).toBe(201);
  const file =
    'Account,Website,Country\nQuay,https://www.quay.example,US\nQuay again,quay.example,US\nTwin Labs,,US\nFresh Fields,fresh-fields.example,DE\nBroken,not a host,US\n';
  expect((await send('inspect', file)).answer).toMatchObject({
    header: true,
    columns: [{ field: 'company' }, { field: 'domain' }, { field: 'country' }],
  });
  expect((await send('check', file, dialect)).answer).toMatchObject({
    rows: 5,
    good: 3,
    known: 1,
    duplicates: 1,
    refused: 1,
  });
  const taken = await send('import', file, { ...dialect, name: 'Targets of spring' });
  expect(taken).toMatchObject({
    status: 201,
    answer: { known: 1, proposed: 1, ambiguous: 1, duplicate: 1, refused: 1 },
  });
  expect(taken.answer['told']).toMatchObject([
    { line: 3, outcome: 'duplicate' },
    { line: 6, reason: '"not a host" is not a web address', cells: ['Broken', 'not a host', 'US'] },
  ]);
  const { items: files, remembered } = (await call('GET', '/target-files')).answer;
  expect(remembered).toEqual({ account: 'company', website: 'domain', country: 'country' });
  expect(files).toMatchObject([{ name: 'Targets of spring', accounts: 3, known: 1, proposed: 1 }]);
  const reviews = (await call('GET', '/company-reviews')).answer['items'];
  expect(reviews).toMatchObject([{ name: 'Twin Labs' }]);
  expect((await call('GET', '/accounts?state=proposed&search=fresh')).answer['items']).toMatchObject([
    { name: 'Fresh Fields', domain: 'fresh-fields.example', country: 'DE' },
  ]);
  const filter = { files: [taken.answer['id']] };
  expect((await call('POST', '/lists/preview', { filter })).answer).toMatchObject({ count: 3 });
  const [review] = reviews as { id: string; candidates: { accountId: string }[] }[];
  const accountId = review?.candidates[0]?.accountId;
  expect((await call('POST', `/company-reviews/${review?.id}/answer`, { accountId })).status).toBe(200);
  const settled = (await call('POST', '/lists/preview', { filter })).answer;
  expect(settled).toMatchObject({ count: 3 });
  expect((settled['examples'] as { id: string }[]).map(({ id }) => id)).toContain(accountId);
  const made = await call('POST', '/lists', { name: 'Spring', filter });
  const gone = await call('DELETE', `/target-files/${String(taken.answer['id'])}`);
  expect([gone.status, gone.answer['detail'] ?? gone.answer['message']]).toEqual([
    409,
    'The file is asked for by “Spring”. Change that first.',
  ]);
  await call('POST', `/lists/${String(made.answer['id'])}/control`, { action: 'remove' });
  expect((await call('DELETE', `/target-files/${String(taken.answer['id'])}`)).status).toBe(200);
});

it.each([
  ['an empty file', 'inspect', '', {}, 'file: is empty'],
  [
    'a file without rows',
    'import',
    'Account,Website,Country\n',
    { ...dialect, name: 'x' },
    'file: has no rows',
  ],
  [
    'columns that name nobody',
    'check',
    'a,b,c\n1,2,3\n',
    { ...dialect, columns: ',,country' },
    'columns: Choose',
  ],
])('refuses %s', async (_, path, body, query, message) => {
  const { status, answer } = await send(path, body, query);
  expect([status, answer['detail'] ?? answer['message']]).toEqual([400, expect.stringContaining(message)]);
  expect((await call('GET', '/target-files')).answer).toEqual({ items: [], remembered: {} });
});
