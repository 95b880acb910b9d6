import { createAccount } from '@penstock/accounts/identify-company';
import { invariant } from '@penstock/kernel/invariant';
import { boardNameOf } from '@penstock/sandbox/simulators/job-boards/board-book';
import { answerBoardOperation } from '@penstock/signals/operations/answer-board';
import { switchSource } from '@penstock/signals/operations/add-source';
import { limitSource } from '@penstock/signals/operations/limit-source';
import { listSources } from '@penstock/signals/operations/list-sources';
import { lookNowOperations, sourcesOfAccount } from '@penstock/signals/operations/look-now';
import { createBoardFinder } from '@penstock/worker/slices/board-finding';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;
const SOURCE = 'company-sites';
const wake = () => undefined;
const { lookAtAccount } = lookNowOperations({ wake });
const answerBoard = answerBoardOperation({ wake });

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
let find: ReturnType<typeof createBoardFinder>;
let watchId: string;
let made = 0;

beforeAll(async () => {
  fixture = await workspaceFixture();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
  const { store, clock } = fixture;
  find = createBoardFinder(
    { store, clock, outside: world.outside },
    { cadenceDays: 90, sitesADay: 5, sitesPerLook: 3 },
  );
  const [watch] = await steps.rows<{ id: string }>(
    `select id from source_watch where source = 'company-sites'`,
  );
  invariant(watch, 'a workspace looks for boards');
  watchId = watch.id;
});
beforeEach(async () => {
  fixture.clock.advanceMs(DAY_MS);
  await steps.rows('update account set domain = null');
  await steps.rows('delete from board_search');
  await steps.rows('delete from board_proposal');
  await steps.rows('delete from job_board');
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

const look = () => find({ workspaceId: fixture.workspaceId, watchId, source: SOURCE });
const nothing = { looked: 0, found: 0, proposed: 0, failed: 0 };

/** An account that somebody owns; its domain is a new one where the world's is not wanted. */
async function account(name: string, wanted?: string): Promise<{ id: string; domain: string }> {
  made += 1;
  const domain = wanted ?? `site-${made}.example`;
  const mention = { name, formerNames: [], domain, ids: [], country: null, region: null, city: null };
  const now = fixture.clock.now();
  const ownerId = fixture.reps[0].id;
  const as = { state: 'active', origin: 'manual', isTest: false, ownerId, now } as const;
  const id = await fixture.store.inWorkspace(fixture.workspaceId, (tx) => createAccount(tx, mention, as));
  return { id, domain };
}
const companyAt = (at: number) => {
  const company = world.sandbox.world.companies[at];
  invariant(company, 'the world has companies');
  return company;
};
const seen = (accountId: string) => fixture.run(fixture.reps[0], sourcesOfAccount, { accountId });
const boards = () =>
  steps.rows<{ source: string; board: string; foundOn: string }>(
    'select source, board, found_on as "foundOn" from job_board order by board',
  );
const page = (body: string) => ({ body: `<html><body>${body}</body></html>` });

it('finds the board that a company of the world links, once, and says where', async () => {
  const company = world.sandbox.world.companies.find(({ key }) => Number(key.slice(2)) % 3 === 0);
  invariant(company, 'some companies link their board');
  const { id, domain } = await account(company.name, company.domain);
  expect(await look()).toEqual({ ...nothing, looked: 1, found: 1 });
  expect(await boards()).toMatchObject([{ board: boardNameOf(company), foundOn: `${domain}/careers` }]);
  const { items, finding } = await seen(id);
  expect(items).toMatchObject([{ foundOn: `${domain}/careers` }]);
  expect(finding).toMatchObject({ outcome: 'found', hasBoard: true, lookedAt: expect.any(String) });
  const sources = await fixture.run(fixture.admin, listSources, {});
  expect(sources.boards).toMatchObject([{ found: 1 }]);
  expect(sources.items.find(({ source }) => source === SOURCE)).toMatchObject({
    health: 'healthy',
    items: 1,
    staleness: { watched: 1 },
    today: { requests: 2 },
  });
  fixture.clock.advanceMs(200 * DAY_MS);
  expect(await look()).toEqual(nothing);
});

it('takes a page of openings that redirects to a vendor for the company’s board, and goes nowhere else', async () => {
  const own = companyAt(0);
  const home = page('<a href="/careers">Careers</a><a href="/jobs">Jobs</a>');
  const { domain } = await account(own.name);
  world.sandbox.control.setSite(domain, {
    pages: {
      '/': home,
      '/careers': { location: `https://boards.greenhouse.io/${boardNameOf(own)}` },
      '/jobs': { location: 'http://169.254.169.254/latest/meta-data/' },
    },
  });
  expect(await look()).toEqual({ ...nothing, looked: 1, found: 1 });
  expect(await boards()).toMatchObject([{ board: boardNameOf(own), foundOn: `${domain}/careers` }]);
});

it('takes an embedded board that names the company, and proposes one that names another; the answer is remembered', async () => {
  const [own, other] = [companyAt(0), companyAt(6)];
  const embed = (board: string) =>
    `<script src="https://boards.greenhouse.io/embed/job_board/js?for=${board}"></script>`;
  const { id, domain } = await account(own.name);
  const pages = (board: string) => ({
    '/': page('<a href="/ueber-uns/karriere">Karriere</a>'),
    '/ueber-uns/karriere': page(embed(board)),
  });
  world.sandbox.control.setSite(domain, { pages: pages(boardNameOf(other)) });
  expect(await look()).toEqual({ ...nothing, looked: 1, proposed: 1 });
  expect(await boards()).toEqual([]);
  const asked = { source: 'board/greenhouse', board: boardNameOf(other) };
  const because = `it names ${other.name}, not ${own.name}`;
  expect((await seen(id)).finding?.proposals).toMatchObject([
    { ...asked, because, foundOn: `${domain}/ueber-uns/karriere` },
  ]);
  await fixture.run(fixture.reps[0], answerBoard, { accountId: id, ...asked, answer: 'refuse' });
  fixture.clock.advanceMs(91 * DAY_MS);
  expect(await look()).toEqual({ ...nothing, looked: 1 });
  expect((await seen(id)).finding).toMatchObject({ outcome: 'none', proposals: [] });
  world.sandbox.control.setSite(domain, { pages: pages(boardNameOf(own)) });
  fixture.clock.advanceMs(91 * DAY_MS);
  expect(await look()).toEqual({ ...nothing, looked: 1, found: 1 });
  expect(await boards()).toMatchObject([{ board: boardNameOf(own) }]);
});

it('watches a proposed board for whoever takes it, and never one for two accounts', async () => {
  const other = companyAt(6);
  const site = {
    pages: { '/': page(`<a href="https://boards.greenhouse.io/${boardNameOf(other)}">Jobs</a>`) },
  };
  const [first, second] = [await account('Renamed Holdings'), await account('Somebody Else')];
  for (const { domain } of [first, second]) world.sandbox.control.setSite(domain, site);
  expect(await look()).toEqual({ ...nothing, looked: 2, proposed: 2 });
  const take = (accountId: string) =>
    fixture.run(fixture.reps[0], answerBoard, {
      accountId,
      source: 'board/greenhouse',
      board: boardNameOf(other),
      answer: 'take',
    });
  await take(first.id);
  expect(await boards()).toMatchObject([{ foundOn: first.domain }]);
  await expect(take(first.id)).rejects.toThrow(/answered for already/);
  await expect(take(second.id)).rejects.toThrow(/watched for Renamed Holdings already/);
});

it('keeps out where robots.txt says so, and takes what can’t be read for an outage', async () => {
  const own = companyAt(0);
  const home = page(`<a href="https://boards.greenhouse.io/${boardNameOf(own)}">Jobs</a>`);
  const closed = await account(own.name);
  world.sandbox.control.setSite(closed.domain, {
    robots: 'User-agent: *\nDisallow: /\n',
    pages: { '/': home },
  });
  expect(await look()).toEqual({ ...nothing, looked: 1 });
  expect((await seen(closed.id)).finding).toMatchObject({ outcome: 'forbidden' });
  await steps.rows('update account set domain = null');
  const faults = [
    [{ isDown: true }, /unavailable/],
    [{ pages: { '/': { body: 'x'.repeat(50_000_000) } } }, /too_large/],
    [{ pages: { '/': { location: 'http://169.254.169.254/latest/meta-data/' } } }, /leads to another host/],
    [{ pages: { '/': { location: 'https://127.0.0.1/' } } }, /leads to another host/],
  ] as const;
  for (const [site, fault] of faults) {
    const { id, domain } = await account(own.name);
    world.sandbox.control.setSite(domain, site);
    expect(await look()).toEqual({ ...nothing, failed: 1 });
    expect((await seen(id)).finding).toMatchObject({
      outcome: 'failed',
      fault: expect.stringMatching(fault),
    });
    world.sandbox.control.setSite(domain, { pages: { '/': page('nothing') } });
    await steps.rows('update account set domain = null where id <> $1', id);
    await steps.rows('delete from board_search where account_id <> $1', id);
    fixture.clock.advanceMs(2 * 3_600_000);
    expect(await look()).toEqual({ ...nothing, looked: 1 });
    expect((await seen(id)).finding).toMatchObject({ outcome: 'none', fault: '' });
    await steps.rows('update account set domain = null');
    fixture.clock.advanceMs(DAY_MS);
  }
  expect(await boards()).toEqual([]);
});

it('keeps to the sites and requests of a day, looks at once where somebody asks, and rests when switched off', async () => {
  const accounts = [];
  for (let at = 0; at < 7; at += 1) accounts.push(await account(`Limited ${at}`));
  for (const { domain } of accounts)
    world.sandbox.control.setSite(domain, { pages: { '/': page('nothing') } });
  expect([(await look()).looked, (await look()).looked, (await look()).looked]).toEqual([3, 2, 0]);
  const waiting = await steps.rows<{ id: string }>(
    'select account_id as id from board_search where looked_at is null',
  );
  const [left] = waiting;
  invariant(left && waiting.length === 2, 'two accounts wait for tomorrow');
  const asks = () => fixture.run(fixture.reps[0], lookAtAccount, { accountId: left.id });
  expect(await asks()).toMatchObject({ due: ['Companies’ own sites: job boards'] });
  expect(await look()).toEqual({ ...nothing, looked: 1 });
  expect((await asks()).due).toEqual([]);
  fixture.clock.advanceMs(DAY_MS);
  const limit = (mostRequests: number | null) =>
    fixture.run(fixture.admin, limitSource, { source: SOURCE, mostRequests, mostMicros: null });
  await expect(limit(1)).rejects.toThrow(/up to 6 requests/);
  await limit(6);
  for (let at = 0; at < 6; at += 1) {
    const { domain } = await account(`More ${at}`);
    world.sandbox.control.setSite(domain, {
      pages: { '/': page('<a href="/careers">Careers</a>'), '/careers': page('nothing') },
    });
  }
  expect([(await look()).looked, (await look()).looked]).toEqual([3, 0]);
  await limit(null);
  await fixture.run(fixture.admin, switchSource, { id: watchId, active: false });
  expect(await look()).toEqual(nothing);
  await fixture.run(fixture.admin, switchSource, { id: watchId, active: true });
});
