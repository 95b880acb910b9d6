import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { movableClock } from '@penstock/kernel/clock';
import { afterEach, describe, expect, it } from 'vitest';

import { createSandbox } from './create-sandbox.ts';
import type { Sandbox, SandboxOptions } from './create-sandbox.ts';
import { knowledgeOf } from './world/knowledge.ts';

const open: Sandbox[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ delayMs: [0, 0], ...options });
  open.push(sandbox);
  return sandbox;
}

/** Somebody whom People Data Labs knows, with nothing odd about the record. */
function knownPerson(sandbox: Sandbox) {
  const person = sandbox.world.people.find((each) => {
    const known = knowledgeOf('people-data-labs', each);
    return known.email && known.mobile && known.trap === null && each.mobile !== null;
  });
  if (!person) throw new TypeError('the world knows nobody');
  return person;
}

const enrich = (
  sandbox: Sandbox,
  email: string,
  key = 'sandbox_a',
  signal?: AbortSignal,
): Promise<Response> =>
  fetch(`${sandbox.url}/api.peopledatalabs.com/v5/person/enrich?email=${encodeURIComponent(email)}`, {
    headers: { 'x-api-key': key },
    ...(signal && { signal }),
  });

const post = (sandbox: Sandbox, path: string, body: unknown): Promise<Response> =>
  fetch(sandbox.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('vendors', () => {
  it('answer about people of the world, and charge for each answer', async () => {
    const sandbox = await start();
    const person = knownPerson(sandbox);
    const reply = await enrich(sandbox, person.email);
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({
      status: 200,
      likelihood: 10,
      data: { work_email: person.email, mobile_phone: person.mobile },
    });
    await enrich(sandbox, person.email);
    expect((await enrich(sandbox, 'nobody@nowhere.example')).status).toBe(404);
    expect(sandbox.control.charges()).toMatchObject({
      total: { charges: 2, credits: 2 },
      byPerson: [
        {
          vendor: 'people-data-labs',
          capability: 'person-enrich',
          personKey: person.key,
          count: 2,
          credits: 2,
        },
      ],
    });
  });

  it('refuse a key that may be real, and say why', async () => {
    const sandbox = await start();
    const reply = await enrich(sandbox, knownPerson(sandbox).email, 'a-real-looking-key');
    expect(reply.status).toBe(401);
    expect(reply.headers.get('x-sandbox-notice')).toContain('never send it a real one');
    const leadMagic = await post(sandbox, '/api.leadmagic.io/v1/people/email-finder', {});
    expect(leadMagic.status).toBe(401);
    const balance = await fetch(`${sandbox.url}/api.zerobounce.net/v2/getcredits?api_key=real`);
    expect(await balance.json()).toEqual({ Credits: '-1' });
    expect(sandbox.control.charges().total.charges).toBe(0);
  });

  it('run out of credits where the key says so', async () => {
    const sandbox = await start();
    expect((await enrich(sandbox, knownPerson(sandbox).email, 'sandbox_empty_1')).status).toBe(402);
  });
});

describe('scripts', () => {
  it('misbehave for the calls that match, and only as often as asked', async () => {
    const sandbox = await start();
    const person = knownPerson(sandbox);
    await post(sandbox, '/control/script', {
      vendor: 'people-data-labs',
      match: person.email,
      fault: '500',
      times: 2,
    });
    expect((await enrich(sandbox, 'nobody@nowhere.example')).status).toBe(404);
    const statuses = [
      await enrich(sandbox, person.email),
      await enrich(sandbox, person.email),
      await enrich(sandbox, person.email),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([500, 500, 200]);
  });

  it.each([
    ['429', 429, 0],
    ['429_retry_after', 429, 0],
    ['html', 200, 0],
    ['truncated', 200, 1],
    ['masked', 200, 1],
    ['empty_id', 200, 1],
  ] as const)('%s answers %i and charges %i', async (fault, status, charges) => {
    const sandbox = await start();
    sandbox.control.script({ vendor: 'people-data-labs', fault });
    const reply = await enrich(sandbox, knownPerson(sandbox).email);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('retry-after')).toBe(fault === '429_retry_after' ? '2' : null);
    const text = await reply.text();
    if (fault === 'masked') expect(JSON.parse(text)).toMatchObject({ data: { work_email: true } });
    if (fault === 'empty_id')
      expect(JSON.parse(text)).toMatchObject({ data: { work_email: null, id: expect.any(String) } });
    if (fault === 'truncated') expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(sandbox.control.charges().total.charges).toBe(charges);
  });

  it.each([
    ['timeout_after_charge', 1],
    ['hang', 0],
  ] as const)('%s never answers and charges %i', async (fault, charges) => {
    const sandbox = await start();
    sandbox.control.script({ vendor: 'people-data-labs', fault });
    await expect(
      enrich(sandbox, knownPerson(sandbox).email, 'sandbox_a', AbortSignal.timeout(200)),
    ).rejects.toThrow();
    expect(sandbox.control.charges().total.charges).toBe(charges);
  });

  it('are refused with a reason if they make no sense, and from other hosts', async () => {
    const sandbox = await start();
    const wrong = await post(sandbox, '/control/script', { vendor: 'zerobounce', fault: 'explode' });
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('fault')]);
    const asForm = await fetch(`${sandbox.url}/control/reset`, { method: 'POST', body: 'x=1' });
    expect(asForm.status).toBe(403);
  });
});

describe('state', () => {
  it('outlives the process, and begins anew on reset', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    folders.push(dataDir);
    const clock = movableClock(new Date('2026-03-02T15:00:00Z'));
    const first = await start({ dataDir, clock });
    await enrich(first, knownPerson(first).email);
    const released = first.control.releaseFiling();
    const documents = first.control.filings();
    clock.advanceMs(86_400_000 * 3);
    const second = await start({ dataDir, clock });
    expect(second.control.charges().total).toEqual({ charges: 1, credits: 1 });
    expect(second.control.filings()).toEqual(documents);
    expect(second.control.releaseFiling(released?.key)).toBeNull();
    second.control.reset();
    expect(second.control.charges().total.charges).toBe(0);
    expect(second.control.releaseFiling(released?.key)).toMatchObject({
      key: 'first',
      publishedAt: clock.now().toISOString(),
    });
  });
});

describe('EDGAR', () => {
  const agent = { headers: { 'user-agent': 'Brightwater ops@brightwater.example' } };
  const feed = '/www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&type=D&start=0&count=100&output=atom';

  it('shows old filings, and a new one once it is released', async () => {
    const sandbox = await start({ clock: movableClock(new Date('2026-03-02T15:00:00Z')) });
    const before = await (await fetch(sandbox.url + feed, agent)).text();
    const released = await (await post(sandbox, '/control/edgar/release', { which: 'fund' })).json();
    const after = await (await fetch(sandbox.url + feed, agent)).text();
    expect(before.match(/<entry>/g)).toHaveLength(4);
    expect(after.match(/<entry>/g)).toHaveLength(5);
    expect(after).toContain('2026-03-02T10:00:00-05:00');
    expect(released).toMatchObject({ key: 'fund', form: 'D' });
    const index = await fetch(
      `${sandbox.url}/www.sec.gov/Archives/edgar/daily-index/2026/QTR1/form.20260302.idx`,
      agent,
    );
    expect(await index.text()).toContain('Tallgrass Harbor Ventures Fund II');
    expect((await post(sandbox, '/control/edgar/release', { which: 'fund' })).status).toBe(409);
  });

  it('wants to know who asks, and not to be asked too fast', async () => {
    const sandbox = await start();
    expect((await fetch(sandbox.url + feed, { headers: { 'user-agent': 'curl' } })).status).toBe(403);
    const replies = await Promise.all([...Array(14).keys()].map(() => fetch(sandbox.url + feed, agent)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(4);
  });

  it('has no index for a Sunday, nor for tomorrow', async () => {
    const sandbox = await start({ clock: movableClock(new Date('2026-03-02T15:00:00Z')) });
    for (const day of ['20260301', '20260303']) {
      const reply = await fetch(
        `${sandbox.url}/www.sec.gov/Archives/edgar/daily-index/2026/QTR1/form.${day}.idx`,
        agent,
      );
      expect(reply.status).toBe(404);
    }
  });
});
