import { invariant } from '@penstock/kernel/invariant';
import { createHttpClient, type HttpClient } from '@penstock/http/http-client';
import { HttpError } from '@penstock/http/http-error';
import {
  ENDLESS_EVENTS_URL,
  EVENTS_KEY_HEADER,
  EVENTS_SEARCH_URL,
  EVENTS_URL,
} from '@penstock/sandbox/simulators/events-api';
import { sourceOperations } from '@penstock/gateway/source-operations';
import { listSources } from '@penstock/signals/operations/list-sources';
import { listSignals } from '@penstock/signals/operations/read-signals';
import type { SourceAdapter, SourceRequest } from '@penstock/signals/source-port';
import { fetchSource } from '@penstock/sources/fetch-source';
import { sourceLooks } from '@penstock/worker/slices/signals';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { outsideFixture, workerConfiguration, type OutsideFixture } from '../outside-fixture.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
let own: HttpClient;
let sources: ReturnType<typeof sourceOperations>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
  own = createHttpClient({ sandboxOrigin: world.sandbox.url });
  const fetchIt = (
    _workspaceId: string,
    adapter: Pick<SourceAdapter, 'manifest'>,
    request: SourceRequest,
    credential: Parameters<typeof fetchSource>[4],
  ) =>
    fetchSource(
      { send: own.send, faultOf: (error) => (error instanceof HttpError ? error.fault : null) },
      `${world.sandbox.url}/${adapter.manifest.host}`,
      adapter,
      request,
      credential,
    );
  const vendors = {
    fetchSource: fetchIt,
    send: () => Promise.reject(new Error('not asked here')),
    chat: () => {
      throw new Error('not asked here');
    },
    hook: () => {
      throw new Error('not asked here');
    },
    close: () => own.close(),
  };
  sources = sourceOperations({
    config: workerConfiguration(fixture, world.sandbox),
    vendors,
    wakeWatchers: () => undefined,
  });
});
afterAll(async () => {
  await own.close();
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

const settings = (more: Record<string, unknown> = {}) => ({
  kind: 'described' as const,
  url: EVENTS_URL,
  secret: { in: 'header' as const, name: EVENTS_KEY_HEADER },
  everyMinutes: 15,
  items: '/data/events',
  at: {
    key: '/id',
    company: '/company/name',
    domain: '/company/website',
    kind: '/type',
    title: '/headline',
    date: '/occurred_at',
    link: '/url',
  },
  tells: {
    byWord: { 'Funding Round': 'funding' as const, 'office opening': 'expansion' as const },
    always: null,
  },
  ...more,
});
const tryOut = (more: Record<string, unknown> = {}, secret: string | null = 'sandbox-events') =>
  fixture.run(fixture.admin, sources.try, { settings: settings(more), secret });

async function look(): Promise<void> {
  const { store, clock } = fixture;
  clock.advanceMs(11 * 60_000);
  await steps.rows(`update source_watch set active = source like 'described/%'`);
  await sourceLooks({ store, clock, outside: world.outside, log: { info() {} } }, {}).pollDue(0);
}
const described = async () =>
  (await fixture.run(fixture.admin, listSources, {})).items.find(({ source }) =>
    source.startsWith('described/'),
  );

it('is tried before it is saved: what would be read, with the account that is meant', async () => {
  const tried = await tryOut();
  expect(tried).toMatchObject({ fault: '', items: 3, leftOut: 1 });
  expect(tried.hits[0]).toMatchObject({
    title: expect.stringContaining('reported'),
    domain: expect.stringMatching(/\.example$/),
    kind: expect.stringMatching(/Funding|Expansion/),
    link: expect.stringMatching(/^https:\/\/events\.example\/e\//),
    match: 'new',
  });
  expect(await steps.rows(`select from source_watch where source like 'described/%'`)).toEqual([]);
});

it('says what is wrong with an address, a key, a place or a reply', async () => {
  expect((await tryOut({}, 'wrong')).fault).toContain('forbidden');
  expect((await tryOut({ items: '/data/nothing' })).fault).toContain('no list at /data/nothing');
  expect(
    (
      await tryOut({
        at: { title: '/nothing', company: '/company/name' },
        tells: { byWord: {}, always: 'funding' },
      })
    ).fault,
  ).toContain('none of 4 items');
  expect((await tryOut({ url: 'https://nowhere.example/x' })).fault).toContain('unavailable');
  await expect(tryOut({}, null)).rejects.toThrow(/secret: the key is missing/);
  await expect(tryOut({ secret: null })).rejects.toThrow(/where in the request/);
  await expect(tryOut({ url: 'http://events.example/' })).rejects.toThrow(/url/);
  await expect(tryOut({ url: 'https://127.0.0.1/x' })).rejects.toThrow(/url/);
  await expect(tryOut({ url: 'https://user:pass@events.example/' })).rejects.toThrow(/url/);
  await expect(tryOut({ headers: { Host: 'inside' } })).rejects.toThrow(/headers/);
  await expect(tryOut({ headers: { 'x-a': 'line\r\nx-b: 1' } })).rejects.toThrow(/headers/);
  await expect(tryOut({ items: 'data.events' })).rejects.toThrow(/JSON pointer/);
  await expect(tryOut({ tells: { byWord: {}, always: null } })).rejects.toThrow(/nothing would be told/);
  await expect(tryOut({ tells: { byWord: { x: 'champion_departure' }, always: null } })).rejects.toThrow(
    /tells/,
  );
  await expect(tryOut({ at: { title: '/headline' } })).rejects.toThrow(/at.company/);
});

it('tells what is new since its first look, each once, at the account of the domain, with its key sealed', async () => {
  const input = { name: 'Events vendor', settings: settings(), secret: 'sandbox-events' };
  await fixture.run(fixture.admin, sources.describe, input);
  await expect(fixture.run(fixture.admin, sources.describe, input)).rejects.toThrow(/watched already/);
  const [row] = await steps.rows<{ all: string }>(
    `select w::text as all from source_watch w where source like 'described/%'`,
  );
  expect(row?.all).not.toContain('sandbox-events');
  await look();
  expect(await described()).toMatchObject({
    name: 'Events vendor',
    url: EVENTS_URL,
    health: 'healthy',
    signals: 0,
  });
  for (let at = 0; at < 4; at += 1) await look();
  await look();
  const { items } = await fixture.run(fixture.admin, listSignals, { limit: 100 });
  invariant(items.length > 0, 'something was told');
  expect(new Set(items.map(({ summary }) => summary)).size).toBe(items.length);
  expect(items.every(({ kind }) => kind === 'funding' || kind === 'expansion')).toBe(true);
  expect(items[0]).toMatchObject({
    toldBy: ['Events vendor'],
    evidence: { url: expect.stringContaining('events.example/e/') },
  });
  expect(await described()).toMatchObject({ health: 'healthy', today: { requests: 6 } });
  expect((await described())?.signals).toBe(items.length);
});

it('is shown as failing with a sample when its reply changes, and tells nothing of it', async () => {
  await steps.rows(
    `update source_watch set settings = jsonb_set(settings, '{items}', '"/data/things"') where source like 'described/%'`,
  );
  const before = (await described())?.signals;
  await look();
  expect(await described()).toMatchObject({
    health: 'failing',
    lastFault: expect.stringContaining('no list at /data/things'),
    sample: expect.stringContaining('"events"'),
    signals: before,
  });
});

it('is changed, its versions say what and by whom, and an earlier one is taken up again', async () => {
  const id = (await described())?.id ?? '';
  const get = () => fixture.run(fixture.admin, sources.versions, { id });
  expect(await get()).toMatchObject({
    name: 'Events vendor',
    hasSecret: true,
    versions: [{ number: 1, state: 'published', authorName: 'Ed Admin', changes: [] }],
  });
  await steps.rows(
    `update source_watch set settings = jsonb_set(settings, '{items}', '"/data/events"') where source like 'described/%'`,
  );
  const edit = (more: Record<string, unknown>, secret: string | null = null) =>
    fixture.run(fixture.admin, sources.edit, {
      id,
      name: 'Events',
      settings: settings(more),
      secret,
      note: 'n',
    });
  // The key that is stored goes to no other host.
  await expect(edit({ url: 'https://elsewhere.example/v1' })).rejects.toThrow(/secret: .*another host/);
  expect(
    await fixture.run(fixture.admin, sources.try, { settings: settings(), secret: null, id }),
  ).toMatchObject({ fault: '' });
  await expect(
    fixture.run(fixture.admin, sources.try, {
      settings: settings({ url: 'https://elsewhere.example/v1' }),
      secret: null,
      id,
    }),
  ).rejects.toThrow(/another host/);
  expect(await edit({ everyMinutes: 30 })).toMatchObject({ isBegunAnew: false });
  const pages = { by: 'cursor', at: '/data/next', as: 'cursor', most: 3 };
  expect(await edit({ url: `${EVENTS_URL.replace('50', '4')}`, pages })).toMatchObject({ isBegunAnew: true });
  const { versions } = await get();
  expect(versions).toMatchObject([
    { number: 3, changes: expect.arrayContaining(['pages.by: + cursor']) },
    { number: 2, changes: ['name: Events vendor → Events', 'everyMinutes: 15 → 30'] },
    { number: 1, changes: [] },
  ]);
  await fixture.run(fixture.admin, sources.restoreVersion, { id, versionId: versions[1]?.versionId ?? '' });
  expect(await get()).toMatchObject({
    settings: { url: EVENTS_URL, everyMinutes: 30, pages: null },
    versions: [{ number: 4, note: 'Back to version 2' }, {}, {}, {}],
  });
  await expect(
    fixture.run(fixture.reps[0], sources.edit, { id, name: 'x', settings: settings(), secret: null }),
  ).rejects.toThrow(/permission/);
});

it('reads further pages, by link, cursor, offset and in a body; an endless list ends and says so', async () => {
  const small = EVENTS_URL.replace('50', '4');
  const ways = [
    { url: small, pages: { by: 'link', at: '', most: 20 } },
    { url: small, pages: { by: 'cursor', at: '/data/next', as: 'cursor', most: 20 } },
    { url: small, pages: { by: 'offset', as: 'offset', size: 4, most: 20 } },
    {
      url: EVENTS_SEARCH_URL,
      method: 'POST',
      body: '{"limit": 4, "after": "{{cursor}}"}',
      pages: { by: 'cursor', at: '/data/next', as: '', most: 20 },
    },
  ];
  const id = (await described())?.id ?? '';
  const always = { tells: { byWord: {}, always: 'intent' } };
  const known = await steps.rows<{ count: string }>(
    `select count(*) from source_item where source = $1`,
    `described/${id}`,
  );
  for (const way of ways) {
    expect(await tryOut({ ...way, ...always })).toMatchObject({
      fault: '',
      pages: 2,
      items: 8,
      note: expect.stringContaining('More pages follow'),
    });
    const input = { id, name: 'Events', settings: settings({ ...way, ...always }), secret: null };
    await fixture.run(fixture.admin, sources.edit, input);
    await look();
    expect(await described()).toMatchObject({ health: 'healthy', lastFault: '' });
  }
  const after = await steps.rows<{ count: string }>(
    `select count(*) from source_item where source = $1`,
    `described/${id}`,
  );
  expect(Number(after[0]?.count)).toBeGreaterThan(Number(known[0]?.count) + 4);
  const byNumber = { by: 'number', as: 'page', first: 1, most: 4 };
  const endless = { url: ENDLESS_EVENTS_URL, pages: byNumber, ...always };
  expect((await tryOut(endless)).note).toContain('shows what the first one showed');
  await fixture.run(fixture.admin, sources.edit, {
    id,
    name: 'Events',
    settings: settings(endless),
    secret: null,
  });
  await look();
  expect(await described()).toMatchObject({
    health: 'healthy',
    lastFault: expect.stringContaining('its list has no end'),
  });
  const growing = { ...endless, url: `${ENDLESS_EVENTS_URL}?same=no` };
  const edited = { id, name: 'Events', settings: settings(growing), secret: null };
  await fixture.run(fixture.admin, sources.edit, edited);
  await look();
  expect(await described()).toMatchObject({
    health: 'healthy',
    lastFault: expect.stringContaining('more than 4 pages'),
  });
});

it('is removed with its key; what it told keeps its name, and its address is free again', async () => {
  const id = (await described())?.id ?? '';
  const before = (await fixture.run(fixture.admin, listSignals, { limit: 100 })).items.length;
  await fixture.run(fixture.admin, sources.remove, { id });
  expect(await described()).toBeUndefined();
  const [row] = await steps.rows<{ secret: string }>(
    'select secret_sealed as secret from source_watch where id = $1',
    id,
  );
  expect(row?.secret).toBe('');
  await look();
  const { items } = await fixture.run(fixture.admin, listSignals, { limit: 100 });
  expect(items).toHaveLength(before);
  expect(items[0]?.toldBy).toEqual(['Events']);
  await expect(fixture.run(fixture.admin, sources.remove, { id })).rejects.toThrow(/no such source/);
  await expect(fixture.run(fixture.admin, sources.switch, { id, active: true })).rejects.toThrow(/no such/);
  const input = { name: 'Again', settings: settings(), secret: 'sandbox-events' };
  await fixture.run(fixture.admin, sources.describe, input);
});
