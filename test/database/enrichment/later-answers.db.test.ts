import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { callbackPath } from '@penstock/enrichment/later/callback-address';
import { pollDueTickets } from '@penstock/enrichment/later/poll-tickets';
import { takeCallback } from '@penstock/enrichment/later/take-callback';
import { openListWork } from '@penstock/enrichment/list-run/open-list-work';
import { runChunk } from '@penstock/enrichment/list-run/run-chunk';
import { DEFAULT_WATERFALL } from '@penstock/enrichment/model/presets';
import type { Waterfall } from '@penstock/enrichment/model/waterfall';
import { getListRun, listListRecords } from '@penstock/enrichment/operations/read-list-runs';
import { startListRunOperation } from '@penstock/enrichment/operations/start-list-run';
import { runWaterfall } from '@penstock/enrichment/run-waterfall';
import { newId } from '@penstock/kernel/ids';
import { sealText } from '@penstock/kernel/seal';
import { providerCatalogue } from '@penstock/providers/registry';
import { knowledgeOf } from '@penstock/sandbox/world/knowledge';
import type { WorldPerson } from '@penstock/sandbox/world/world';
import { publishDocument, saveDraft } from '@penstock/workspace/documents';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { SECRET_KEY } from '../workspace-fixture.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

type Message = { path: string; headers: Record<string, string>; body: string };

let fixture: WaterfallFixture;
let server: Server;
/** What vendors called back with; kept, and handed on only by the test. */
let received: Message[] = [];
/** Resolves with the next callback. */
let onReceived: () => void = () => {};

beforeAll(async () => {
  fixture = await waterfallFixture(10_000);
  await addKeys(['dropcontact', 'fullenrich', 'cognism', 'apollo', 'prospeo']);
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      received.push({ path: request.url ?? '', headers, body: Buffer.concat(parts).toString('utf8') });
      response.end();
      onReceived();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Safe: a listening TCP server has such an address.
  const { port } = server.address() as AddressInfo;
  fixture.deps.callbackUrlOf = (_workspaceId, ticketId) =>
    Promise.resolve(`http://127.0.0.1:${port}${callbackPath(SECRET_KEY, ticketId)}`);
}, 60_000);
afterAll(async () => {
  server.close();
  await fixture[Symbol.asyncDispose]();
});
beforeEach(async () => {
  fixture.sandbox.control.reset();
  await fixture.forgetFaults();
  received = [];
});
afterEach(() => catalogueRows(fixture.workspace.database, 'update provider_ticket set due_at = null', []));

async function addKeys(providers: string[]) {
  const { store, workspaceId, clock } = fixture.workspace;
  const data = providers.map((provider) => ({
    workspaceId,
    id: newId(clock.now()),
    provider,
    label: 'test',
    secretSealed: sealText(SECRET_KEY, `sandbox_${provider}`),
    lastFour: 'test',
    limits: [],
    createdAt: clock.now(),
  }));
  await store.withRecords(workspaceId, ({ db }) => db.providerCredential.createMany({ data }));
}

const step = (provider: string, capability: string) => ({ provider, capability, only: null, when: [] });
const DROPCONTACT = step('dropcontact', 'enrich');
const FULLENRICH = step('fullenrich', 'contact-email');
const ZEROBOUNCE = step('zerobounce', 'validate');
const LEADMAGIC = step('leadmagic', 'email-finder');

async function publish(more: Partial<Waterfall>) {
  const { store, clock, workspaceId } = fixture.workspace;
  const body = { ...DEFAULT_WATERFALL, wanted: ['work_email'], ...more } as Waterfall;
  const now = clock.now();
  await store.inWorkspace(workspaceId, async (tx) => {
    const draft = { kind: 'waterfall', body, note: 'later', authorId: 'test', now } as const;
    await publishDocument(tx, { ...(await saveDraft(tx, draft)), note: 'later', now });
  });
}

let used = 0;
/** People with an open mailbox, at a company that is no catch-all, whom the vendor knows or does not know. */
function somebody(vendor: 'dropcontact' | 'fullenrich', isKnown: boolean, count = 1): WorldPerson[] {
  const { world } = fixture.sandbox;
  const fits = world.people.filter((person, at) => {
    if (at < used || person.mailbox !== 'open') return false;
    if (world.companyByKey.get(person.companyKey)?.isCatchAll !== false) return false;
    const { email, trap } = knowledgeOf(vendor, person);
    return isKnown ? email && trap === null : !email;
  });
  const taken = fits.slice(0, count);
  used = world.people.indexOf(taken.at(-1) ?? fits[0]!) + 1;
  return taken;
}
async function meetOne(vendor: 'dropcontact' | 'fullenrich', isKnown = true) {
  const [person] = somebody(vendor, isKnown);
  if (!person) throw new TypeError('the world has too few people');
  return { person, personId: await fixture.meet(person) };
}
const run = (personId: string, runId: string) =>
  runWaterfall(fixture.deps, { workspaceId: fixture.workspace.workspaceId, personId, leadId: null, runId });
async function poll(afterMs = 60_000) {
  fixture.workspace.clock.advanceMs(afterMs);
  return pollDueTickets(fixture.deps);
}
const ledger = async (personId: string) =>
  (await fixture.ledger(personId)).map(({ provider, state }) => `${provider} ${state}`);
const spent = (vendor: string) =>
  fixture.sandbox.control
    .charges()
    .byPerson.filter((line) => line.vendor === vendor)
    .reduce((sum, line) => sum + line.credits, 0);
const asked = (vendor: string) =>
  fixture.sandbox.control
    .arrivals(1_000)
    .filter((line) => line.vendor === vendor)
    .reduce((sum, line) => sum + line.count, 0);
const call = (message: Message, of: Partial<{ path: string; headers: Record<string, string> }> = {}) => {
  const [ticketId = '', key = ''] = (of.path ?? message.path).split('/').slice(-2);
  const keep = { ...fixture.deps, secretKey: SECRET_KEY };
  return takeCallback(keep, { ticketId, key, headers: of.headers ?? message.headers, body: message.body });
};

describe('a vendor that is asked about its ticket', () => {
  it('parks the record, is asked once, and the run goes on with what it said', async () => {
    await publish({ steps: [DROPCONTACT, ZEROBOUNCE, LEADMAGIC] });
    const { person, personId } = await meetOne('dropcontact');
    const runId = newId(fixture.workspace.clock.now());
    const first = await run(personId, runId);
    expect(first).toMatchObject({
      complete: false,
      parked: 'open',
      stopReason: 'waits for the answer of dropcontact',
    });
    expect(first.retryAfterMs).toBeGreaterThan(0);
    expect(await ledger(personId)).toEqual(['dropcontact reserved']);
    // Whoever takes the run up again finds it parked, not lost.
    await run(personId, runId);
    expect(await ledger(personId)).toEqual(['dropcontact reserved']);
    expect(await poll()).toBe(1);
    expect(await poll()).toBe(0);
    expect(await run(personId, runId)).toMatchObject({ complete: true, parked: null });
    expect(await ledger(personId)).toEqual(['dropcontact charged', 'zerobounce charged']);
    expect(await fixture.values(personId)).toMatchObject({
      work_email: { value: person.email, verification: 'valid', usable: true },
    });
    expect(spent('dropcontact')).toBe(1);
    expect((await fixture.trace(personId)).map(({ step: line }) => line)).toContain(
      'asked dropcontact/enrich',
    );
  });

  it('gives the money back for what it did not find, and the next one is asked', async () => {
    await publish({ steps: [DROPCONTACT, ZEROBOUNCE, LEADMAGIC] });
    const { personId } = await meetOne('dropcontact', false);
    const runId = newId(fixture.workspace.clock.now());
    await run(personId, runId);
    expect(spent('dropcontact')).toBe(1);
    await poll();
    await run(personId, runId);
    expect(spent('dropcontact')).toBe(0);
    const [line] = await fixture.ledger(personId);
    expect(line).toMatchObject({ provider: 'dropcontact', state: 'released', charged: 0 });
    expect(await ledger(personId)).toEqual(expect.arrayContaining([expect.stringMatching(/^leadmagic/)]));
  });

  it('is given up in the end: its charge is unknown, it is not asked again, and the record goes on', async () => {
    await publish({ steps: [DROPCONTACT, LEADMAGIC, ZEROBOUNCE] });
    const { personId } = await meetOne('dropcontact');
    const runId = newId(fixture.workspace.clock.now());
    await run(personId, runId);
    for (let look = 0; look < 40; look += 1) {
      fixture.sandbox.control.script({ vendor: 'dropcontact', fault: '500', times: 1 });
      await fixture.forgetFaults();
      await poll();
    }
    fixture.sandbox.control.reset();
    await fixture.forgetFaults();
    expect(await ledger(personId)).toEqual(['dropcontact unknown']);
    await run(personId, runId);
    expect(await ledger(personId)).toEqual(expect.arrayContaining([expect.stringMatching(/^leadmagic/)]));
    expect((await ledger(personId)).filter((line) => line.startsWith('dropcontact'))).toHaveLength(1);
  });

  it('keeps what comes after the deadline, and a later run without one goes on from there', async () => {
    await publish({ steps: [DROPCONTACT, ZEROBOUNCE], deadlineSeconds: 10 });
    const { person, personId } = await meetOne('dropcontact');
    const { workspaceId, database, clock } = fixture.workspace;
    const [lead] = await catalogueRows<{ id: string }>(
      database,
      `insert into lead (workspace_id, id, form_id, state, intent, email, received_at, recorded_at)
       select workspace_id, gen_random_uuid(), id, 'routed', 'demo_request', 'x@y.example', now(), now() from form where workspace_id = $1 limit 1 returning id`,
      [workspaceId],
    );
    const request = { workspaceId, personId, leadId: lead?.id ?? '', runId: newId(clock.now()) };
    expect(await runWaterfall(fixture.deps, request)).toMatchObject({ parked: 'open' });
    clock.advanceMs(11_000);
    expect(await runWaterfall(fixture.deps, request)).toMatchObject({
      parked: 'ended',
      stopReason: 'the deadline of 10 s has passed',
    });
    await poll();
    const again = { ...request, runId: newId(clock.now()), late: true };
    expect(await runWaterfall(fixture.deps, again)).toMatchObject({ complete: true });
    expect(await fixture.values(personId)).toMatchObject({
      work_email: { value: person.email, usable: true },
    });
  });
});

describe('a vendor that calls back', () => {
  async function submitted() {
    await publish({ steps: [FULLENRICH, ZEROBOUNCE] });
    const met = await meetOne('fullenrich');
    const runId = newId(fixture.workspace.clock.now());
    const arrived = new Promise<void>((resolve) => (onReceived = resolve));
    await run(met.personId, runId);
    await arrived;
    const message = received.at(-1);
    if (!message) throw new TypeError('nothing was called back');
    return { ...met, runId, message };
  }

  it('is believed once, however often it comes, and the run goes on', async () => {
    const { person, personId, runId, message } = await submitted();
    expect(await call(message)).toEqual({ kept: 1 });
    expect(await call(message)).toEqual({ kept: 0 });
    // Nobody asks about what is answered.
    expect(await poll()).toBe(0);
    await run(personId, runId);
    expect(await ledger(personId)).toEqual(['fullenrich charged', 'zerobounce charged']);
    expect(await fixture.values(personId)).toMatchObject({
      work_email: { value: person.email, usable: true },
    });
    const observed = await catalogueRows<{ count: number }>(
      fixture.workspace.database,
      `select count(*)::int as count from observation where person_id = $1 and provider = 'fullenrich' and field = 'work_email'`,
      [personId],
    );
    expect(observed).toEqual([{ count: 1 }]);
    // A finished record stays as it is.
    expect(await call(message)).toEqual({ kept: 0 });
  });

  it('is not believed with another address, signature or request', async () => {
    const { personId, message } = await submitted();
    const other = await submitted();
    const forged = { ...message.headers, 'x-signature-sha1': '0'.repeat(40) };
    await expect(call(message, { path: `${message.path}x` })).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      call(message, { path: callbackPath(SECRET_KEY, crypto.randomUUID()) }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(call(message, { headers: forged })).rejects.toMatchObject({ code: 'unauthenticated' });
    // Signed by the vendor, but about somebody else: a replay at this address.
    await expect(call(other.message, { path: message.path })).rejects.toMatchObject({ code: 'conflict' });
    await expect(call({ ...message, body: '<html>' })).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await ledger(personId)).toEqual(['fullenrich reserved']);
    expect(await call(message)).toEqual({ kept: 1 });
  });

  it('may come before its own reply was read, or after whoever asked has died', async () => {
    await publish({ steps: [FULLENRICH, ZEROBOUNCE] });
    const { personId } = await meetOne('fullenrich');
    const runId = newId(fixture.workspace.clock.now());
    const arrived = new Promise<void>((resolve) => (onReceived = resolve));
    const send: typeof fixture.deps.send = async (to, request) => {
      await fixture.deps.send(to, request);
      await arrived;
      const [message] = received;
      if (message) expect(await call(message)).toEqual({ kept: 1 });
      throw new Error('the process is gone');
    };
    const request = { workspaceId: fixture.workspace.workspaceId, personId, leadId: null, runId };
    await expect(runWaterfall({ ...fixture.deps, send }, request)).rejects.toThrow('is gone');
    expect(await ledger(personId)).toEqual(['fullenrich charged']);
    expect(await run(personId, runId)).toMatchObject({ complete: true });
    expect(await ledger(personId)).toEqual(['fullenrich charged', 'zerobounce charged']);
  });

  it('is kept also when nobody waits for it any more', async () => {
    const { personId, message } = await submitted();
    await catalogueRows(fixture.workspace.database, `update provider_ticket set give_up_at = created_at`, []);
    fixture.sandbox.control.script({ vendor: 'fullenrich', fault: '500', times: 1 });
    await poll();
    expect(await ledger(personId)).toEqual(['fullenrich unknown']);
    expect(await call(message)).toEqual({ kept: 1 });
    expect(await ledger(personId)).toEqual(['fullenrich charged']);
  });
});

describe('a list', () => {
  const start = startListRunOperation({ start: () => {}, ...providerCatalogue });
  async function begin(people: readonly WorldPerson[]) {
    const ids: string[] = [];
    for (const person of people) ids.push(await fixture.meet(person));
    const { workspace } = fixture;
    return (await workspace.run(workspace.admin, start, { name: 'Later', people: { kind: 'ids', ids } })).id;
  }
  async function round(runId: string) {
    const { workspaceId, store, clock } = fixture.workspace;
    const { chunks } = await openListWork(store, { workspaceId, runId }, clock.now());
    return Promise.all(chunks.map((chunk) => runChunk(fixture.deps, { workspaceId, runId, chunk })));
  }
  const view = (id: string) => fixture.workspace.run(fixture.workspace.admin, getListRun, { id });

  it('hands many records in with one request, goes on with the others, and comes back', async () => {
    await publish({ steps: [DROPCONTACT, ZEROBOUNCE, LEADMAGIC] });
    const known = somebody('dropcontact', true, 6);
    const unknown = somebody('dropcontact', false, 4);
    const runId = await begin([...known, ...unknown]);
    const [first] = await round(runId);
    expect(first).toMatchObject({ state: 'later' });
    expect(first?.retryAfterMs).toBeLessThanOrEqual(61_000);
    expect(asked('dropcontact')).toBe(1);
    await poll();
    for (let looks = 0; looks < 3; looks += 1) await round(runId);
    expect(await view(runId)).toMatchObject({ state: 'finished', done: 10 });
    expect(spent('dropcontact')).toBe(6);
    const { items } = await fixture.workspace.run(fixture.workspace.admin, listListRecords, {
      runId,
      limit: 20,
    });
    for (const { trace } of items)
      expect(
        trace.filter(({ provider }) => provider === 'dropcontact').map(({ decision }) => decision),
      ).toEqual(['asked']);
  }, 60_000);

  it.each([
    ['apollo', 'people-match', 10],
    ['people-data-labs', 'person-enrich', 100],
    ['prospeo', 'enrich-person', 50],
  ])(
    'asks %s for many at once, and finds and pays for the same',
    async (provider, capability, size) => {
      const people = fixture.sandbox.world.people.slice(-200).slice(0, 25);
      const runs: Record<string, unknown>[] = [];
      for (const bulk of [false, true]) {
        await catalogueRows(fixture.workspace.database, 'truncate spend_call_key', []);
        await catalogueRows(fixture.workspace.database, 'delete from visible_value', []);
        await catalogueRows(fixture.workspace.database, 'delete from observation', []);
        fixture.sandbox.control.reset();
        await publish({
          wanted: ['work_email', 'title'],
          steps: [step(provider, capability)],
          bulk,
          timeToLiveDays: 1,
        });
        fixture.workspace.clock.advanceMs(3 * 86_400_000);
        const runId = await begin(people);
        for (let looks = 0; looks < 2; looks += 1) await round(runId);
        expect(await view(runId)).toMatchObject({ state: 'finished', done: 25 });
        const values = await catalogueRows(
          fixture.workspace.database,
          `select p.given_name, p.family_name, v.field, v.value from visible_value v join person p on p.id = v.subject_id
         where v.provider <> 'form' order by 1, 2, 3`,
          [],
        );
        runs.push({ values, credits: spent(provider) });
        expect(asked(provider)).toBe(bulk ? Math.ceil(25 / size) : 25);
      }
      expect(runs[1]).toEqual(runs[0]);
      expect(runs[0]?.['credits']).toBeGreaterThan(0);
    },
    60_000,
  );
});

it('looks first and pays only where something that is wanted is there', async () => {
  await publish({ wanted: ['mobile'], steps: [step('cognism', 'contact')] });
  for (const person of fixture.sandbox.world.people.slice(300, 312))
    await run(await fixture.meet(person), newId(fixture.workspace.clock.now()));
  const lines = (await fixture.ledger()).filter(({ provider }) => provider === 'cognism');
  expect(new Set(lines.map(({ state }) => state))).toEqual(new Set(['charged', 'released']));
  expect(lines.reduce((sum, line) => sum + (line.credits ?? 0), 0)).toBe(spent('cognism'));
});
