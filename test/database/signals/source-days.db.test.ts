import { createAccount } from '@penstock/accounts/identify-company';
import { invariant } from '@penstock/kernel/invariant';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { scoringPort } from '@penstock/scoring/rescore';
import { countAsked, openDayMeter } from '@penstock/signals/day-meter';
import { lookNowOperations, sourcesOfAccount } from '@penstock/signals/operations/look-now';
import { limitSource } from '@penstock/signals/operations/limit-source';
import { listSources } from '@penstock/signals/operations/list-sources';
import { watchBoard } from '@penstock/signals/operations/watch-board';
import { pollBoard } from '@penstock/signals/poll-board';
import { boardAdapters } from '@penstock/sources/boards/registry';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const SOURCE = 'board/greenhouse';
const createDeal = createDealOperation({ onLeadConverted: () => Promise.resolve() });
const DAY_LIMIT = { fault: 'day_limit' };

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  steps = leadSteps(fixture);
});
beforeEach(async () => {
  await steps.rows('delete from source_day');
  await steps.rows('delete from source_limit');
});
afterAll(() => fixture[Symbol.asyncDispose]());

const set = (source: string, mostRequests: number | null, mostMicros: number | null = null) =>
  fixture.run(fixture.admin, limitSource, { source, mostRequests, mostMicros });

/** Boards of Greenhouse, one of an account with an open deal, one of an owned one. */
async function boards(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const mention = {
      name: `Board ${at}`,
      formerNames: [],
      domain: `board-${at}.example`,
      ids: [],
      country: null,
      region: null,
      city: null,
    };
    const now = fixture.clock.now();
    const ownerId = at === count - 2 ? 'ada-rep' : null;
    const as = { state: 'active', origin: 'manual', isTest: false, ownerId, now } as const;
    const { store, workspaceId } = fixture;
    const accountId = await store.inWorkspace(workspaceId, (tx) => createAccount(tx, mention, as));
    const url = `https://boards.greenhouse.io/board${at}`;
    ids.push((await fixture.run(fixture.admin, watchBoard, { accountId, url })).boardId);
    if (at === count - 1)
      await fixture.run(fixture.admin, createDeal, {
        accountId,
        name: 'Deal',
        valueMinor: 100_000,
        source: 'outbound',
      });
  }
  return ids;
}

const meter = () => openDayMeter(fixture, { workspaceId: fixture.workspaceId, source: SOURCE });
const days = () =>
  steps.rows<{ day: string; requests: number; cost: number }>(
    'select day::text, requests::int, cost_micros::int as cost from source_day where source = $1 order by day',
    SOURCE,
  );
const limit = (requests: number | null, micros: number | null = null) =>
  steps.rows(
    'insert into source_limit (workspace_id, source, most_requests, most_micros, changed_at) values ($1, $2, $3, $4, $5)',
    fixture.workspaceId,
    SOURCE,
    requests,
    micros,
    fixture.clock.now(),
  );
/** Asks until the day has no room left; answers how often. */
async function askUntilStopped(costMicros = 0): Promise<number> {
  const one = meter();
  for (let asked = 0; ; asked += 1) {
    try {
      await one.ask(costMicros);
    } catch (error) {
      expect(error).toMatchObject(DAY_LIMIT);
      await one.settle();
      return asked;
    }
  }
}

it('counts what was asked, with its cost, on the day when it left', async () => {
  fixture.clock.set(new Date('2026-11-29T23:59:00.000Z'));
  const one = meter();
  await one.ask();
  await one.ask(5_000);
  fixture.clock.advanceMs(120_000);
  await one.ask();
  await one.settle();
  await one.settle();
  await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    countAsked(tx, SOURCE, { requests: 2, costMicros: 70 }, fixture.clock.now()),
  );
  expect(await days()).toEqual([
    { day: '2026-11-29', requests: 2, cost: 5_000 },
    { day: '2026-11-30', requests: 3, cost: 70 },
  ]);
});

it('never asks more in a day than the limit, however many look at once, and goes on the next day', async () => {
  await limit(97);
  const asked = await Promise.all(Array.from({ length: 8 }, () => askUntilStopped()));
  expect(asked.reduce((sum, count) => sum + count, 0)).toBe(97);
  expect(await days()).toMatchObject([{ requests: 97 }]);
  fixture.clock.advanceMs(86_400_000);
  expect(await askUntilStopped()).toBe(97);
});

it('gives back what a look took in advance and did not need', async () => {
  await limit(30);
  const one = meter();
  await one.ask();
  await one.settle();
  expect(await days()).toMatchObject([{ requests: 1 }]);
});

it('counts too many rather than too few of a look that was cut off', async () => {
  await limit(50);
  await meter().ask();
  expect(await days()).toMatchObject([{ requests: 20 }]);
});

it('stops before a request that costs more than the day has left', async () => {
  await limit(null, 1_000_000);
  expect(await askUntilStopped(300_000)).toBe(3);
  expect(await days()).toMatchObject([{ requests: 3, cost: 900_000 }]);
});

it('a vendor whose requests of the day are used rests, the boards that matter come first the next day, and the page says so', async () => {
  fixture.clock.set(new Date('2026-12-02T20:00:00.000Z'));
  const ids = await boards(5);
  await set(SOURCE, 2);
  const adapter = boardAdapters.get(SOURCE);
  invariant(adapter, 'Greenhouse is known');
  const { store, clock, workspaceId } = fixture;
  const look = async (boardId: string | undefined) => {
    const one = meter();
    const fetch = async () => {
      await one.ask();
      return { status: 200, headers: {}, body: '{"jobs":[],"meta":{"total":0}}' };
    };
    const deps = { store, clock, scoring: scoringPort, cadenceSeconds: null, fetch };
    const { fault } = await pollBoard(deps, adapter, { workspaceId, boardId: boardId ?? '' });
    await one.settle();
    return fault;
  };
  expect([await look(ids[0]), await look(ids[1])]).toEqual(['', '']);
  expect(await look(ids[2])).toContain('day_limit');
  const due = await steps.rows<{ id: string; due: Date }>(
    `select id, due_at as due from job_board where due_at >= '2026-12-03' and last_success_at is null order by due_at`,
  );
  expect(due.map(({ id, due: at }) => [id, at.toISOString().slice(0, 10)])).toEqual([
    [ids[4], '2026-12-03'],
    [ids[3], '2026-12-03'],
    [ids[2], '2026-12-04'],
  ]);
  const [today] = (await fixture.run(fixture.admin, listSources, {})).boards;
  expect(today?.today).toMatchObject({ requests: 2, resting: 'all 2 requests of this day are used' });
  clock.advanceMs(8 * 3_600_000);
  const { boards: shown } = await fixture.run(fixture.admin, listSources, {});
  expect(shown).toMatchObject([
    { source: SOURCE, watched: 5, failing: 0, today: { requests: 0, resting: null } },
  ]);
  expect(shown[0]).toMatchObject({ overdue: 0, waiting: 3 });
  await set(SOURCE, 100);
  expect(
    await steps.rows('select from job_board where due_at > $1 and last_success_at is null', clock.now()),
  ).toEqual([]);
  expect(await look(ids[2])).toBe('');
});

it('refuses limits of nothing, of what is not there, and below one domain', async () => {
  await expect(set('dns', 3)).rejects.toThrow(/takes 10 requests/);
  await expect(set('somewhere', 3)).rejects.toThrow(/no such source/);
  await expect(set('dns', 0)).rejects.toThrow(/mostRequests/);
  await set('dns', 20);
  const dns = async () =>
    (await fixture.run(fixture.admin, listSources, {})).items.find(({ source }) => source === 'dns')?.today;
  expect(await dns()).toMatchObject({ mostRequests: 20, mostMicros: null });
  await set('dns', null);
  expect(await dns()).toMatchObject({ mostRequests: null });
});

it('looks at an account’s own sources at once when somebody asks, within what they allow, and counts looks that fail', async () => {
  const wake = vi.fn();
  const { lookAtAccount, lookNow } = lookNowOperations({ wake });
  const { store, clock, workspaceId } = fixture;
  clock.set(new Date('2026-12-10T08:00:00.000Z'));
  await steps.rows('delete from job_board');
  const mention = {
    name: 'Looked At',
    formerNames: [],
    domain: 'looked-at.example',
    ids: [],
    country: null,
    region: null,
    city: null,
  };
  const as = {
    state: 'active',
    origin: 'manual',
    isTest: false,
    ownerId: fixture.reps[0].id,
    now: clock.now(),
  } as const;
  const accountId = await store.inWorkspace(workspaceId, (tx) => createAccount(tx, mention, as));
  const rep = fixture.reps[0];
  const press = () => fixture.run(rep, lookAtAccount, { accountId });
  await steps.rows(`update source_watch set active = false where source = 'company-sites'`);
  await expect(press()).rejects.toThrow(/Nothing is looked at/);
  const url = 'https://boards.greenhouse.io/lookedat';
  const { boardId } = await fixture.run(fixture.admin, watchBoard, { accountId, url });
  const adapter = boardAdapters.get(SOURCE);
  invariant(adapter, 'Greenhouse is known');
  const look = async (status: number) => {
    const reply = { status, headers: {}, body: '{"jobs":[],"meta":{"total":0}}' };
    const deps = {
      store,
      clock,
      scoring: scoringPort,
      cadenceSeconds: null,
      fetch: () => Promise.resolve(reply),
    };
    await pollBoard(deps, adapter, { workspaceId, boardId });
  };
  await look(200);
  await look(503);
  const seen = () => fixture.run(rep, sourcesOfAccount, { accountId });
  expect((await seen()).items).toMatchObject([
    { source: SOURCE, what: 'lookedat', known: 0, isFailing: true, notNow: 'it was looked at just now' },
  ]);
  const [figures] = (await fixture.run(fixture.admin, listSources, {})).boards;
  expect(figures).toMatchObject({ source: SOURCE, looks: 2, failing: 1 });
  // Half a look after a failed one is still no baseline: only looks that succeeded count for that.
  expect(await steps.rows('select successes from job_board where id = $1', boardId)).toEqual([
    { successes: 1 },
  ]);
  expect((await press()).due).toEqual([]);
  clock.advanceMs(3 * 60_000);
  expect(await press()).toMatchObject({ due: ['Greenhouse job board'], items: [{ notNow: null }] });
  const dueBoards = async () => (await store.dueWork.dueBoards(clock.now(), 0, 10)).map((one) => one.boardId);
  expect(await dueBoards()).toEqual([boardId]);
  expect(wake).toHaveBeenCalled();
  await look(429);
  clock.advanceMs(3 * 60_000);
  expect((await press()).due).toEqual([]);
  expect((await seen()).items[0]?.notNow).toContain('left alone');
  clock.advanceMs(6 * 3_600_000);
  await look(200);
  clock.advanceMs(3 * 60_000);
  await limit(1);
  await meter().ask();
  expect((await press()).due).toEqual([]);
  expect((await seen()).items[0]?.notNow).toContain('requests of this day are used');

  const [edgar] = await steps.rows<{ id: string }>(
    `update source_watch set due_at = '2027-01-01' where source = 'sec-edgar/current-form-d' returning id`,
  );
  const id = edgar?.id ?? '';
  await fixture.run(fixture.admin, lookNow, { id });
  const due = await store.dueWork.dueWatches(clock.now(), 0, 100);
  expect(due.map(({ watchId }) => watchId)).toContain(id);
  await expect(fixture.run(rep, lookNow, { id })).rejects.toThrow(/permission/);
  await steps.rows('update source_watch set active = false where id = $1', id);
  await expect(fixture.run(fixture.admin, lookNow, { id })).rejects.toThrow(/nobody watches it/);
});
