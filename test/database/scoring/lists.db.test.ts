import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { createImport, importRows } from '@penstock/enrichment/operations/import-people';
import { refillByEvents, refillLists, sweepList } from '@penstock/scoring/lists/refill-lists';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { controlList, saveList } from '@penstock/scoring/operations/manage-lists';
import { listQueues } from '@penstock/scoring/operations/manage-queues';
import { previewList } from '@penstock/scoring/operations/preview-list';
import {
  getList,
  listChangesOfList,
  listLists,
  listMembersOfList,
} from '@penstock/scoring/operations/read-lists';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;
let fixture: WorkspaceFixture;
let told = 0;
beforeAll(async () => {
  fixture = await workspaceFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

async function account(name: string, country: string | null = 'DE', employeeCount: number | null = null) {
  const { store, workspaceId, clock } = fixture;
  const now = clock.now();
  const mention = { name, formerNames: [], domain: null, ids: [], country, region: null, city: null };
  const as = { state: 'active' as const, origin: 'manual' as const, isTest: false, ownerId: null, now };
  const { accountId } = await store.inWorkspace(workspaceId, (tx) => findOrCreateAccount(tx, mention, as));
  if (employeeCount !== null)
    await store.withRecords(workspaceId, ({ db }) =>
      db.account.updateMany({ where: { workspaceId, id: accountId }, data: { employeeCount } }),
    );
  return accountId;
}

async function funding(accountId: string): Promise<void> {
  const { store, workspaceId, clock } = fixture;
  told += 1;
  const signal = {
    accountId,
    kind: 'funding' as const,
    eventKey: `told ${told}`,
    strength: 0.5,
    summary: 'News',
  };
  const seen = { facts: {}, source: 'test', isTest: false, occurredAt: clock.now(), evidence: null };
  await store.inWorkspace(workspaceId, (tx) =>
    recordSignals(tx, [{ ...signal, ...seen }], clock.now(), scoringPort),
  );
}

/** What the worker does: events are numbered, and lists refilled until nothing is left. */
async function refill(): Promise<void> {
  const { store, clock } = fixture;
  await store.dueWork.numberEvents(10_000);
  while ((await refillLists({ store, clock })) === 0);
}

const list = async (name: string, filter: object, queue: object | null = null) =>
  (await fixture.run(fixture.admin, saveList, { name, filter, followUp: { queue } })).id;
const membersOf = async (id: string) =>
  (await fixture.run(fixture.admin, listMembersOfList, { id })).items.map(({ name }) => name).toSorted();
const changesOf = async (id: string) =>
  (await fixture.run(fixture.admin, listChangesOfList, { id })).items.map(
    ({ name, kind, because }) => `${name} ${kind}: ${because}`,
  );

it('holds whoever meets its filter, from the start and as things happen, and says why', async () => {
  const funded = await account('Funded');
  await account('Quiet');
  const abroad = await account('Abroad', 'FR');
  await funding(funded);
  await funding(abroad);
  const id = await list('Fresh money', { countries: ['DE'], kinds: ['funding'], newWithinDays: 30 });
  await refill();
  expect(await membersOf(id)).toEqual(['Funded']);
  const later = await account('Later');
  await funding(later);
  await refill();
  expect(await membersOf(id)).toEqual(['Funded', 'Later']);
  expect(await changesOf(id)).toEqual([
    'Later entered: Signals: Funding on 2026-11-23T09:00:00Z; Country: DE',
    'Funded entered: Signals: Funding on 2026-11-23T09:00:00Z; Country: DE',
  ]);
  expect(await fixture.run(fixture.admin, getList, { id })).toMatchObject({
    members: 2,
    entered: 2,
    left: 0,
    sweeping: false,
    owner: { name: 'Ed Admin' },
  });
});

it('lets go by time alone, and of what it had brought into the queue only what nobody has taken up', async () => {
  const { clock, admin, reps, run } = fixture;
  const first = await account('Large one', 'SE', 900);
  const second = await account('Large two', 'SE', 900);
  const size = { kind: 'employee_count', min: 500, max: null, weight: 1, required: true, excluded: false };
  const id = await list('Large in Sweden', { countries: ['SE'], criteria: [size] }, { capacity: 7 });
  await refill();
  const inQueue = async () => (await run(admin, listQueue, { queue: id, limit: 100 })).items;
  expect((await inQueue()).map(({ account: { name }, reason }) => `${name}: ${reason}`).toSorted()).toEqual([
    'Large one: Entered the list “Large in Sweden”: Employees: 900; Country: SE',
    'Large two: Entered the list “Large in Sweden”: Employees: 900; Country: SE',
  ]);
  expect((await run(admin, listQueues, {})).ofLists).toMatchObject([
    { key: id, name: 'Large in Sweden', capacity: 7 },
  ]);
  // Nobody has scored them; the profile in force judges them all the same, and says why.
  const shown = (await run(admin, listMembersOfList, { id })).items[0];
  expect([shown?.fit, shown?.fitBecause]).toEqual([
    expect.any(Number),
    expect.stringContaining('Employees (900)'),
  ]);
  const taken = (await inQueue()).find((item) => item.account.id === first);
  await run(reps[0], claimQueueItem, { id: taken?.id ?? '' });
  await fixture.store.withRecords(fixture.workspaceId, ({ db }) =>
    db.account.updateMany({
      where: { workspaceId: fixture.workspaceId, id: { in: [first, second] } },
      data: { employeeCount: 40 },
    }),
  );
  clock.set(new Date(clock.now().getTime() + 11 * 60_000));
  await refill();
  expect(await membersOf(id)).toEqual([]);
  expect(await changesOf(id)).toContain('Large one left: Employees: 40, wanted at least 500');
  const open = (await run(admin, listQueue, { limit: 100 })).items.map((item) => item.account.name);
  expect(open).toContain('Large one');
  expect(open).not.toContain('Large two');
});

it('loses whoever was told of too long ago', async () => {
  const { clock } = fixture;
  const id = await list('Money this week', { kinds: ['funding'], newWithinDays: 7 });
  await refill();
  expect((await membersOf(id)).length).toBeGreaterThan(0);
  clock.set(new Date(clock.now().getTime() + 8 * DAY_MS));
  await refill();
  expect(await membersOf(id)).toEqual([]);
});

it('enters each once though several workers look, and forgets nobody', async () => {
  const { store, clock, workspaceId, admin, run } = fixture;
  for (let number = 1; number <= 30; number += 1) await account(`Polish ${number}`, 'PL');
  const id = await list('Poland', { countries: ['PL'] }, {});
  await store.dueWork.numberEvents(10_000);
  const upTo = await store.dueWork.lastPosition();
  await fixture.crowd();
  await Promise.all(
    Array.from({ length: 6 }, (_, at) =>
      at % 2 === 0
        ? sweepList({ store, clock }, workspaceId, id)
        : refillByEvents({ store, clock }, workspaceId, upTo),
    ),
  );
  await refill();
  expect(await membersOf(id)).toHaveLength(30);
  expect(await changesOf(id)).toHaveLength(30);
  expect((await run(admin, listQueue, { queue: id, limit: 100 })).items).toHaveLength(30);
  expect(await run(admin, getList, { id })).toMatchObject({ members: 30, entered: 30 });
  // A search of the queue looks into the items.
  const named = await catalogueRows(
    fixture.database,
    `select id from queue_item where list_id = $1 and strpos(names, e'\\npolish') > 0`,
    [id],
  );
  expect(named).toHaveLength(30);
});

it('takes in whom a file brings', async () => {
  const { clock, admin, run } = fixture;
  const id = await list('Norway', { countries: ['NO'] });
  await refill();
  const { id: importId } = await run(admin, createImport, { name: 'From a fair' });
  const row = { full_name: 'Nils Nord', company: 'Nord Fisk', country: 'NO' };
  await run(admin, importRows, { importId, rows: [row] });
  clock.set(new Date(clock.now().getTime() + 3_000));
  await refill();
  clock.set(new Date(clock.now().getTime() + 3_000));
  await refill();
  expect(await membersOf(id)).toEqual(['Nord Fisk']);
});

it('stands still while it is paused, looks at everybody when it goes on, and is gone when it is removed', async () => {
  const { admin, run, clock } = fixture;
  const id = await list('Italy', { countries: ['IT'] }, {});
  await refill();
  await run(admin, controlList, { id, action: 'pause' });
  await expect(run(admin, controlList, { id, action: 'pause' })).rejects.toMatchObject({ code: 'conflict' });
  await account('Roma', 'IT');
  clock.set(new Date(clock.now().getTime() + DAY_MS));
  await refill();
  expect(await membersOf(id)).toEqual([]);
  await run(admin, controlList, { id, action: 'resume' });
  await refill();
  expect(await membersOf(id)).toEqual(['Roma']);
  await run(admin, controlList, { id, action: 'remove' });
  await expect(run(admin, getList, { id })).rejects.toMatchObject({ code: 'not_found' });
  const open = (await run(admin, listQueue, { limit: 100 })).items.map((item) => item.account.name);
  expect(open).not.toContain('Roma');
});

it('is counted before it is kept, and says which criterion keeps everybody out', async () => {
  const { admin, run } = fixture;
  const held = await run(admin, previewList, { filter: { countries: ['PL'] } });
  expect(held).toMatchObject({ count: 30, estimated: false, entering: 30, warning: null });
  expect(held.examples).toHaveLength(20);
  expect(held.examples[0]).toMatchObject({ because: 'Country: PL', isMember: false });
  const nobody = await run(admin, previewList, { filter: { countries: ['PL'], minSignal: 99 } });
  expect(nobody.count).toBe(0);
  expect(nobody.warning).toContain('“Signal score: at least 99” keeps out all of');
});

it.each([
  ['asks for nothing', { name: 'Empty', filter: {} }, 'filter'],
  ['asks for an unknown kind', { name: 'Gossip', filter: { kinds: ['gossip'] } }, 'filter.kinds'],
  [
    'asks for a file that is not there',
    { name: 'Lost', filter: { files: ['01900000-0000-7000-8000-000000000009'] } },
    'filter.files',
  ],
  ['has a name that is taken', { name: 'Poland', filter: { countries: ['PL'] } }, 'name'],
  ['is owned by nobody known', { name: 'Stray', ownerId: 'who', filter: { countries: ['PL'] } }, 'ownerId'],
])('refuses a list that %s, and names the field', async (_, body, field) => {
  await expect(fixture.run(fixture.admin, saveList, body)).rejects.toMatchObject({
    code: 'invalid',
    issues: [{ field }],
  });
  expect((await fixture.run(fixture.admin, listLists, {})).items.map(({ name }) => name)).not.toContain(
    body.name === 'Poland' ? 'none' : body.name,
  );
});
