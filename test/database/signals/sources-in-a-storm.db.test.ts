import { createAccount } from '@penstock/accounts/identify-company';
import {
  armFaultPoint,
  disarmFaultPoints,
  FaultPointError,
  type FaultPointName,
} from '@penstock/kernel/fault-point';
import type { Clock } from '@penstock/kernel/clock';
import { invariant } from '@penstock/kernel/invariant';
import { boardNameOf, boardVendorOf } from '@penstock/sandbox/simulators/job-boards/board-book';
import { NEWSWIRE_FEED, WARN_FILE, WARN_REGION } from '@penstock/sandbox/simulators/newswire';
import { scoringPort } from '@penstock/scoring/rescore';
import type { DnsReport } from '@penstock/signals/poll-dns';
import { addSource } from '@penstock/signals/operations/add-source';
import { listSources } from '@penstock/signals/operations/list-sources';
import { watchBoard } from '@penstock/signals/operations/watch-board';
import { pollBoard } from '@penstock/signals/poll-board';
import { pollDns } from '@penstock/signals/poll-dns';
import { pollSource } from '@penstock/signals/poll-source';
import { SourceError, type SourceReply } from '@penstock/signals/source-port';
import { readConfiguredSource } from '@penstock/signals/watch-statements';
import { boardAdapters } from '@penstock/sources/boards/registry';
import { createConfiguredAdapter } from '@penstock/sources/feeds/configured';
import { maybeOne } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { boardAddress } from '../../chaos/board-address.ts';
import { compareTold, TOLD_SQL, type Told } from '../../chaos/told.ts';
import { elsewhere, FAULTS, OTHERS, spoil, type Fault } from '../../chaos/storm.ts';
import { leadSteps } from '../engagement/lead-steps.ts';
import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

// The short form of `npm run chaos -- sources`: two workspaces watch the same sources, one of them through a storm. Afterwards both know
// the same.

const MINUTES = 60_000;
const FEED = 'sec-edgar/current-form-d';
/** EDGAR takes ten requests in a second, in the sandbox too. */
const EDGAR_GAP_MS = 101;

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
let stormy: Actor;
let calm: Actor;
beforeAll(async () => {
  fixture = await workspaceFixture();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
  stormy = fixture.admin;
  calm = { ...fixture.admin, workspaceId: await fixture.another() };
  await steps.rows(
    `insert into member (workspace_id, id, name, email, role, takes_leads, created_at)
     select $1, id, name, email, role, takes_leads, created_at from member where workspace_id = $2`,
    calm.workspaceId,
    stormy.workspaceId,
  );
  for (const actor of [stormy, calm]) await settle(actor);
});
afterAll(async () => {
  disarmFaultPoints();
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** Accounts with boards, domains and places, and the paper and the state's file, in a workspace. */
async function settle(actor: Actor): Promise<void> {
  const { workspaceId } = actor;
  const employers = world.sandbox.world.companies.filter(
    ({ region, country }) => region === WARN_REGION && country === 'US',
  );
  const boards = world.sandbox.world.companies.slice(0, 6);
  for (const company of new Set([...boards, ...employers.slice(0, 9)])) {
    const { name, domain, city, region, country } = company;
    const mention = { name, formerNames: [], domain, ids: [], country, region, city };
    const now = fixture.clock.now();
    // Records of owned accounts are looked up.
    const ownerId = company === boards[2] ? 'ada-rep' : null;
    const as = { state: 'active', origin: 'manual', isTest: false, ownerId, now } as const;
    const accountId = await fixture.store.inWorkspace(workspaceId, (tx) => createAccount(tx, mention, as));
    if (!boards.includes(company)) continue;
    await fixture.run(actor, watchBoard, { accountId, url: boardAddress(world.sandbox.world, company) });
  }
  await fixture.run(actor, addSource, { name: 'Paper', settings: { kind: 'press', url: NEWSWIRE_FEED } });
  const settings = { kind: 'warn' as const, url: WARN_FILE, region: WARN_REGION };
  await fixture.run(actor, addSource, { name: 'State', settings });
}

type Weather = (source: string, host: string, path: string) => Fault | null;
type Ask = (manifest: { id: string; host: string }, request: { path: string }) => Promise<SourceReply>;

/** The way to a source through some weather. */
const asking =
  (weather: Weather): Ask =>
  async (manifest, request) => {
    const { host } = manifest;
    if (host === 'www.sec.gov') await new Promise((resolve) => setTimeout(resolve, EDGAR_GAP_MS));
    const get = (to: { host: string; path: string }) =>
      world.outside.fetchFromSource(
        'sandbox',
        { manifest: { ...manifestOf(manifest.id), host: to.host } },
        { ...request, path: to.path },
      );
    const fault = weather(manifest.id, host, request.path);
    if (fault === null) return get({ host, path: request.path });
    if (fault === 'broken') throw new SourceError(manifest.id, 'unreachable', 'timeout');
    if (fault !== 'another') return spoil(fault, await get({ host, path: request.path }), 0.57);
    const own = { status: 200, headers: {} };
    if (host === 'newswire.example') return { ...own, body: OTHERS.feed };
    if (host === 'warn.example') return { ...own, body: OTHERS.notices };
    const filing = world.sandbox.control.filings().find(({ publishedAt }) => publishedAt !== null);
    const other = elsewhere(host, request.path, {
      boardOf: otherBoard,
      filing: filing
        ? `/Archives/edgar/data/${Number(filing.cik)}/${filing.accession.replaceAll('-', '')}/primary_doc.xml`
        : null,
      name: 'aspmx.l.google.com',
    });
    invariant(other, `somebody else is at ${host}`);
    return get(other);
  };
const manifestOf = (id: string) => {
  const known = world.outside.sourceAdapters('sandbox').get(FEED)?.manifest;
  invariant(known, 'EDGAR is known');
  return { ...known, id };
};
/** The board of a company with the same vendor. */
const otherBoard = (board: string): string => {
  const { companies } = world.sandbox.world;
  const at = companies.findIndex((company) => boardNameOf(company) === board);
  const other = companies[at + 6];
  invariant(
    at >= 0 && other && boardVendorOf(world.sandbox.world, other) !== undefined,
    'a company with the same vendor',
  );
  return boardNameOf(other);
};

/** Looks at everything once. */
async function lookAtAll(actor: Actor, ask: Ask, clock: Clock = fixture.clock): Promise<void> {
  const { workspaceId } = actor;
  const { store } = fixture;
  const deps = { store, clock, scoring: scoringPort };
  const watches = await steps.rows<{ id: string; source: string }>(
    'select id, source from source_watch where workspace_id = $1 order by source',
    workspaceId,
  );
  for (const { id: watchId, source } of watches) {
    const known = world.outside.sourceAdapters('sandbox').get(source);
    const configured = await store.inWorkspace(workspaceId, (tx) =>
      maybeOne(tx, readConfiguredSource, watchId),
    );
    const adapter = configured
      ? createConfiguredAdapter(configured, { contact: 'test@x.example', pollEverySeconds: 60 })
      : known;
    if (source === 'dns') {
      await steps.rows('update dns_state set due_at = $2 where workspace_id = $1', workspaceId, clock.now());
      await lookAtDns(workspaceId, watchId, ask, clock);
    }
    if (!adapter || (known && source !== FEED)) continue;
    await pollSource({ ...deps, fetch: (request) => ask(adapter.manifest, request) }, adapter, {
      workspaceId,
      watchId,
    });
  }
  const boards = await steps.rows<{ id: string; source: string }>(
    'select id, source from job_board where workspace_id = $1 order by source',
    workspaceId,
  );
  for (const { id: boardId, source } of boards) {
    const adapter = boardAdapters.get(source);
    invariant(adapter, 'the vendor is known');
    const fetch = (board: string, request: { path: string }) =>
      ask({ id: source, host: adapter.manifest.host.replace('{board}', board) }, request);
    await pollBoard({ ...deps, fetch, cadenceSeconds: null }, adapter, { workspaceId, boardId });
  }
}

function lookAtDns(workspaceId: string, watchId: string, ask: Ask, clock: Clock): Promise<DnsReport> {
  const { store } = fixture;
  const resolve = async (name: string, type: string): Promise<string[]> => {
    const reply = await ask(
      { id: 'dns', host: 'dns.sandbox' },
      { path: `/resolve?name=${name}&type=${type}` },
    );
    try {
      const { records } = JSON.parse(reply.body) as { records?: string[] };
      if (reply.status === 200 && records) return records;
    } catch {
      // Below.
    }
    throw new SourceError('dns', 'unreachable', 'no answer');
  };
  return pollDns(
    { store, clock, scoring: scoringPort, resolve, cadenceSeconds: 60 },
    { workspaceId, watchId },
  );
}

const direct = asking(() => null);
let round = 0;
/** In every round each source has another fault; every third round spoils documents only. */
const storm: Weather = (source, _host, path) => {
  const isDocument = /primary_doc|\.txt$/.test(path);
  if (isDocument !== (round % 3 === 2)) return null;
  // Without the ids of the workspace's own sources: each run has the same weather.
  const kind = source.replace(/\/[\da-f]{8}-.*$/, '');
  const at = Array.from(kind).reduce((sum, letter) => sum + letter.charCodeAt(0), round);
  return FAULTS[at % FAULTS.length] ?? null;
};
const told = async (actor: Actor) => steps.rows<Told>(TOLD_SQL, actor.workspaceId);

const seen = new Map<string, Set<string>>();
async function noteFaults(): Promise<void> {
  for (const { source, fault } of await steps.rows<{ source: string; fault: string }>(
    `select case when source like 'board/%' then source else split_part(source, '/', 1) end as source, last_fault as fault from source_watch where workspace_id = $1 and last_fault <> '' union all
     select source, last_fault from job_board where workspace_id = $1 and last_fault <> ''`,
    stormy.workspaceId,
  ))
    seen.set(source, (seen.get(source) ?? new Set()).add(fault.split(':')[0] ?? ''));
}

/** A round for both; who looks through the storm has a clock that is wrong, and may be killed on the way. */
async function lookBoth(weather: Weather, afterMs: number, killedAt?: FaultPointName): Promise<void> {
  fixture.clock.advanceMs(afterMs);
  await lookAtAll(calm, direct);
  if (killedAt) armFaultPoint(killedAt, 'throw');
  const offMs = [4 * MINUTES, -4 * MINUTES, 0][round % 3] ?? 0;
  const clock = { now: () => new Date(fixture.clock.now().getTime() + offMs) };
  await lookAtAll(stormy, asking(weather), clock).catch((error: unknown) => {
    if (!(error instanceof FaultPointError)) throw error;
  });
  disarmFaultPoints();
  await noteFaults();
  round += 1;
}

/** What happens at the sources in a round of the storm. */
function happen(at: number): void {
  const { control } = world.sandbox;
  const company = world.sandbox.world.companies[at % 6];
  invariant(company, 'the world has companies');
  const { domain } = company;
  invariant(
    control.postJob(domain, { title: `Head of Revenue Operations ${at}`, department: 'Revenue' }),
    'posted',
  );
  if (at % 3 === 0) invariant(control.releaseFiling(`round-${5 + at / 3}`), 'released');
  if (at === 2) control.setDns(domain, 'TXT', ['v=spf1 include:sendgrid.net include:mail.zendesk.com ~all']);
}

it('a storm makes no signal, loses none, tells none twice, and is seen', async () => {
  // First sights are taken in the storm, too; nothing happens meanwhile.
  for (let at = 0; at < 5; at += 1) await lookBoth(storm, 1_000);
  for (let at = 0; at < 2; at += 1) await lookBoth(() => null, 1_000);
  expect(await told(stormy)).toEqual([]);
  for (let at = 0; at < FAULTS.length; at += 1) {
    happen(at);
    await lookBoth(storm, 10 * MINUTES, at % 4 === 1 ? 'signal.recorded' : 'filing.fetched');
  }
  for (let at = 0; at < 3; at += 1) await lookBoth(() => null, 10 * MINUTES);
  expect(compareTold(await told(stormy), await told(calm))).toEqual({ wrong: [], lost: [], twice: [] });
  expect((await told(calm)).length).toBeGreaterThan(15);
  expect([...seen.keys()].toSorted()).toEqual(
    ['dns', 'press', 'sec-edgar', 'warn', ...boardAdapters.keys()]
      .filter((id) => id !== 'board/lever-eu')
      .toSorted(),
  );
  expect([...new Set([...seen.values()].flatMap((faults) => [...faults]))].toSorted()).toEqual([
    'malformed',
    'rate_limited',
    'unavailable',
    'unreachable',
  ]);
  const { items } = await fixture.run(fixture.admin, listSources, {});
  expect(items.filter(({ health }) => health === 'failing')).toEqual([]);
});
