import { existsSync } from 'node:fs';

import { armFaultPoint, disarmFaultPoints } from '@penstock/kernel/fault-point';
import { invariant } from '@penstock/kernel/invariant';
import { accountTimeline } from '@penstock/accounts/operations/read-accounts';
import { scoringPort } from '@penstock/scoring/rescore';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { listSources } from '@penstock/signals/operations/list-sources';
import { pollSource, type PollReport } from '@penstock/signals/poll-source';
import { SourceError, type SourceReply } from '@penstock/signals/source-port';
import { contentHash } from '@penstock/signals/take-finding';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { referenceFolder } from '../../data/reference.ts';
import { leadSteps } from '../engagement/lead-steps.ts';
import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const FEED = 'sec-edgar/current-form-d';
const DAILY = 'sec-edgar/daily-index';
const FUNDING = { kind: 'funding' };

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
beforeEach(async () => {
  fixture = await workspaceFixture();
  const folder = referenceFolder();
  world = await outsideFixture(fixture, { referenceDir: existsSync(folder) ? folder : null });
  steps = leadSteps(fixture);
  // Something fresh is in the feed at first sight, so that later looks need one page of it.
  release('round-6');
});
afterEach(async () => {
  disarmFaultPoints();
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** Looks at EDGAR once, a minute later than before; a reply may be spoilt on its way. */
async function poll(
  spoil: (reply: SourceReply, path: string) => SourceReply = (reply) => reply,
  id = FEED,
): Promise<PollReport> {
  const { store, clock, workspaceId } = fixture;
  clock.advanceMs(60_000);
  const [watch] = await steps.rows<{ id: string }>('select id from source_watch where source = $1', id);
  const adapter = world.outside.sourceAdapters('sandbox').get(id);
  invariant(watch && adapter, 'the workspace watches EDGAR');
  const fetch = async (request: Parameters<typeof world.outside.fetchFromSource>[2]) =>
    spoil(await world.outside.fetchFromSource('sandbox', adapter, request), request.path);
  return pollSource({ store, clock, scoring: scoringPort, fetch }, adapter, {
    workspaceId,
    watchId: watch.id,
  });
}
/** EDGAR takes ten requests in a second. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 1_000));
const release = (which: string) =>
  invariant(world.sandbox.control.releaseFiling(which), `${which} can be released`);
const signals = () =>
  steps.rows<{ kind: string; account: string; facts: Record<string, unknown> }>(
    'select s.kind, a.name as account, s.facts from signal s join account a on a.id = s.account_id order by s.id',
  );
const source = async () =>
  (await fixture.run(fixture.admin, listSources, {})).items.find((item) => item.source === FEED);

it('takes what was there at first sight as the baseline, not as news', async () => {
  expect(await poll()).toMatchObject({ listed: 0, signals: 0, fault: '' });
  expect(await poll()).toMatchObject({ listed: 0, signals: 0 });
  expect([await signals(), await source()]).toMatchObject([[], { health: 'healthy' }]);
  expect((await steps.rows("select from source_item where state = 'baseline'")).length).toBeGreaterThan(2);
});

it('makes a funding signal of a filing, with evidence, at a proposed account, in the queue', async (context) => {
  if (!existsSync(referenceFolder()))
    context.skip('no reference data: put it beside the repository, or name its folder in PENSTOCK_DATA');
  await poll();
  release('notion');
  expect(await poll()).toMatchObject({ listed: 1, signals: 1, failed: 0 });
  const [signal] = await signals();
  expect(signal).toMatchObject({ ...FUNDING, account: expect.stringMatching(/Notion Labs/i) });
  expect(Object.values(signal?.facts ?? {})).toEqual(expect.arrayContaining([48_828_287, 50_000_000]));
  const { items } = await fixture.run(fixture.admin, listQueue, {});
  expect(items).toMatchObject([{ band: 'ranked', account: { state: 'proposed' }, contributions: [FUNDING] }]);
  const timeline = await fixture.run(fixture.admin, accountTimeline, { id: items[0]?.account.id ?? '' });
  const { evidence } = timeline.items[0] ?? {};
  const document = await fetch(evidence?.url ?? '').then((reply) => reply.text());
  expect(evidence?.quote).toMatch(/48828287|48,828,287/);
  expect(evidence?.contentHash).toMatch(/^[0-9a-f]{64}$/);
  expect(document.length).toBeGreaterThan(100);
});

it('keeps the document under the hash that the evidence names', async () => {
  await poll();
  release('first');
  const bodies = new Map<string, string>();
  await poll((reply, path) => {
    bodies.set(contentHash(reply.body), path);
    return reply;
  });
  const [evidence] = await steps.rows<{ content_hash: string }>('select content_hash from evidence');
  expect(bodies.get(evidence?.content_hash ?? '')).toMatch(/\.(txt|xml)$/);
});

it('hears nothing in the filing of a fund', async () => {
  await poll();
  release('fund');
  expect(await poll()).toMatchObject({ listed: 1, signals: 0, withoutSignal: 1 });
  expect([await signals(), await steps.rows('select from account')]).toEqual([[], []]);
  expect(await steps.rows(`select reason from source_item where state = 'no_signal'`)).toMatchObject([
    { reason: expect.stringMatching(/fund/i) },
  ]);
});

it('corrects what was told when an amendment comes, and adds nothing', async () => {
  await poll();
  release('first');
  await poll();
  const [account] = await steps.rows<{ id: string }>('select id from account');
  const before = await fixture.run(fixture.admin, explainScore, { accountId: account?.id ?? '' });
  release('amendment');
  expect(await poll()).toMatchObject({ signals: 1 });
  const told = await signals();
  expect(told).toHaveLength(1);
  expect(Object.values(told[0]?.facts ?? {})).toContain(18_000_000);
  const after = await fixture.run(fixture.admin, explainScore, { accountId: account?.id ?? '' });
  expect(after.signalScore).toBeGreaterThanOrEqual(before.signalScore * 0.99);
  expect(await steps.rows('select from evidence')).toHaveLength(2);
});

it('says of an amendment of something older than the first look that it is', async () => {
  await poll();
  release('old-amendment');
  expect(await poll()).toMatchObject({ signals: 0, withoutSignal: 1 });
});

it.each(['indefinite', 'yet-to-occur'])('reads a filing whose amount is %s', async (which) => {
  await poll();
  release(which);
  expect(await poll()).toMatchObject({ listed: 1, failed: 0 });
});

describe('an outage', () => {
  it.each([
    ['an empty list', (reply: SourceReply) => ({ ...reply, body: '' })],
    ['half a list', (reply: SourceReply) => ({ ...reply, body: reply.body.slice(0, reply.body.length / 2) })],
    [
      'a page instead of a list',
      (reply: SourceReply) => ({ ...reply, body: '<html><body>Sorry</body></html>' }),
    ],
    ['a server error', (reply: SourceReply) => ({ ...reply, status: 503 })],
    [
      'entities that expand',
      (reply: SourceReply) => ({
        ...reply,
        body: `<?xml version="1.0"?><!DOCTYPE f [<!ENTITY a "${'x'.repeat(100)}">]><feed>&a;</feed>`,
      }),
    ],
  ])('of %s is shown as failing, and loses nothing', async (_, spoil) => {
    await poll();
    release('first');
    const broken = await poll((reply, path) => (path.includes('Archives/edgar/data') ? reply : spoil(reply)));
    expect(broken).toMatchObject({ listed: 0, signals: 0, fault: expect.stringMatching(/./) });
    expect(await source()).toMatchObject({ health: 'failing', lastFault: broken.fault });
    expect(await poll()).toMatchObject({ signals: 1 });
    expect(await source()).toMatchObject({ health: 'healthy', lastFault: '' });
  });

  it('at first sight makes no baseline of nothing', async () => {
    await poll((reply) => ({ ...reply, body: '' }));
    expect(await poll()).toMatchObject({ listed: 0, signals: 0, fault: '' });
    expect(await signals()).toEqual([]);
  });

  const documents = (spoil: (reply: SourceReply) => SourceReply) => (reply: SourceReply, path: string) =>
    path.includes('Archives/edgar/data') ? spoil(reply) : reply;

  it('of one document leaves it to be read again, later each time, and gives up visibly after days', async () => {
    await poll();
    release('first');
    const broken = documents((reply) => ({ ...reply, body: '<xml' }));
    expect(await poll(broken)).toMatchObject({ failed: 1, signals: 0 });
    expect(await poll()).toMatchObject({ signals: 1 });
    release('round-5');
    await rest();
    for (let look = 1; look <= 5; look += 1) {
      await steps.rows('update source_item set retry_at = null');
      await poll(broken);
    }
    expect(await steps.rows(`select from source_item where state = 'failed'`)).toEqual([]);
    await steps.rows(`update source_item set retry_at = null, listed_at = listed_at - interval '3 days'`);
    await rest();
    await poll(broken);
    expect(await poll()).toMatchObject({ failed: 0, signals: 0 });
    expect(await steps.rows(`select reason from source_item where state = 'failed'`)).toMatchObject([
      { reason: expect.stringMatching(/malformed/) },
    ]);
  });

  it('of one document that never comes holds up no other', async () => {
    await poll();
    release('first');
    release('round-5');
    const [hanging] = world.sandbox.control.filings().filter(({ key }) => key === 'first');
    const folder = hanging?.accession.replaceAll('-', '') ?? '';
    const spoilt = (reply: SourceReply, path: string) => {
      if (path.includes(folder)) throw new SourceError(FEED, 'unreachable', 'timeout');
      return reply;
    };
    await poll(spoilt);
    await poll(spoilt);
    expect(await signals()).toHaveLength(1);
    fixture.clock.advanceMs(600_000);
    await poll();
    expect(await signals()).toHaveLength(2);
  });

  it('that asks to be left alone is obeyed', async () => {
    await poll();
    const busy = (reply: SourceReply) => ({ ...reply, status: 429, headers: { 'retry-after': '7200' } });
    await poll(busy);
    const [watch] = await steps.rows<{ due: Date }>(
      'select due_at as due from source_watch where source = $1',
      FEED,
    );
    expect(watch?.due.getTime()).toBe(fixture.clock.now().getTime() + 7_200_000);
  });

  it.each([429, 503])('of the archive (%i) gives up no document, however long it lasts', async (status) => {
    await poll();
    release('first');
    const away = documents((reply) => ({ ...reply, status }));
    for (let look = 1; look <= 3; look += 1) expect(await poll(away)).toMatchObject({ signals: 0 });
    await rest();
    for (let look = 1; look <= 4; look += 1) {
      await steps.rows(`update source_item set retry_at = null, listed_at = listed_at - interval '4 days'`);
      await poll(away);
    }
    await steps.rows('update source_item set retry_at = null');
    await rest();
    expect(await poll()).toMatchObject({ signals: 1 });
  });

  it('of the whole source while documents are read is shown', async () => {
    await poll();
    release('first');
    expect(await poll(documents((reply) => ({ ...reply, status: 429 })))).toMatchObject({
      fault: 'rate_limited: HTTP 429',
      failed: 0,
    });
    expect(await source()).toMatchObject({ health: 'failing' });
  });
});

it('records a filing once when it crashed after fetching, or after recording', async () => {
  await poll();
  release('first');
  for (const point of ['filing.fetched', 'signal.recorded'] as const) {
    armFaultPoint(point, 'throw');
    await expect(poll()).rejects.toThrow(point);
    expect(await signals()).toEqual([]);
  }
  expect(await poll()).toMatchObject({ signals: 1 });
  expect(await poll()).toMatchObject({ signals: 0 });
  expect(await signals()).toHaveLength(1);
});

it('records a filing once when two look at the same time', async () => {
  await poll();
  release('first');
  const [one, other] = await Promise.all([poll(), poll()]);
  expect(one.signals + other.signals).toBe(1);
  expect(await signals()).toHaveLength(1);
});

it('keeps a filing at the account that is known already', async () => {
  await poll();
  release('first');
  await poll();
  release('amendment');
  release('round-5');
  await poll();
  expect((await steps.rows('select from account')).length).toBe(2);
});

it('tells a filing once that two lists of the source show', async () => {
  await poll();
  await poll(undefined, DAILY);
  release('first');
  await poll();
  fixture.clock.advanceMs(86_400_000);
  await poll(undefined, DAILY);
  const told = (await signals()).filter((signal) => Object.values(signal.facts).includes(15_250_000));
  expect(told).toHaveLength(1);
});
