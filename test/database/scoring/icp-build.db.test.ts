import { holdBounds, stopForgetting } from '@penstock/scoring/bound-statements';
import { newId } from '@penstock/kernel/ids';
import { fillBounds, forgetBounds } from '@penstock/scoring/bound-switch';
import { buildVersion, takeOver } from '@penstock/scoring/build-version';
import { dropOthers } from '@penstock/scoring/drop-others';
import { catchUp, startIcpBuild, takeOverFits, workBatch } from '@penstock/scoring/icp-build';
import type { Icp } from '@penstock/scoring/model/icp';
import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { priorityOf } from '@penstock/scoring/model/priority';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { readIcp, saveIcpDraft } from '@penstock/scoring/operations/manage-icp';
import { publishModel, saveModelDraft } from '@penstock/scoring/operations/manage-model';
import { cancelIcpBuild, publishIcp, readIcpBuild } from '@penstock/scoring/operations/publish-icp';
import type { RankedRow } from '@penstock/scoring/queue-statements';
import { stopTidying } from '@penstock/scoring/mass-statements';
import { massesOf, refreshScores, scoringPort } from '@penstock/scoring/rescore';
import { scoreDocuments, type ScoreDocuments } from '@penstock/scoring/score-documents';
import { sumMasses } from '@penstock/scoring/sum-masses';
import { lowerBounds } from '@penstock/scoring/tighten-bounds';
import { workIcpBuilds } from '@penstock/scoring/work-icp-builds';
import { recordSignals } from '@penstock/signals/record-signals';
import { seedAccounts } from '@penstock/store/seed-accounts';
import { publishDocument, publishedDocument } from '@penstock/workspace/documents';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { modelScore } from '../model-score.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { BOUND_BESIDE, BOUND_NOW } from './bound-now.ts';

const ACCOUNTS = 600;
const BATCH = 100;
const OTHER_VERSION = '01900000-0000-7000-8000-000000000000';

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  steps = leadSteps(fixture);
  const { database, workspaceId, clock } = fixture;
  await seedAccounts({
    url: database.urls.admin,
    workspaceId,
    count: ACCOUNTS,
    now: clock.now(),
    score: modelScore,
    queueShare: 0.5,
    scoredWithinDays: 30,
  });
}, 60_000);
afterAll(() => fixture[Symbol.asyncDispose]());

const COUNTING = { weight: 1, required: false, excluded: false };
const bySize = (min: number): Icp => ({
  name: `From ${min}`,
  criteria: [
    { kind: 'employee_count', min, max: 10_000_000, ...COUNTING },
    { kind: 'behaviour', anyOf: ['visit'], withinDays: 30, ...COUNTING },
  ],
});
const draft = async (icp: Icp) => (await fixture.run(fixture.admin, saveIcpDraft, { body: icp })).versionId;
const begin = async (versionId: string) => {
  const { store, workspaceId, admin, clock } = fixture;
  const wish = { versionId, note: 'because', requestedBy: admin.id };
  const build = await startIcpBuild(store, workspaceId, wish, clock.now(), BATCH);
  if (!build) throw new Error('no build');
  return build;
};
/** As the workers do, until nothing is due: the clock says so, not a pause. */
const workAll = async () => {
  const { store, clock, workspaceId } = fixture;
  clock.set(new Date(clock.now().getTime() + 60_000));
  const due = async () =>
    (await store.dueWork.dueIcpBuilds(clock.now(), 9)).some((one) => one.workspaceId === workspaceId);
  while (await due()) await Promise.all([workIcpBuilds({ store, clock }), workIcpBuilds({ store, clock })]);
};
const IN_FORCE = `coalesce((select version_id from score_base), (select published_version_id from document where kind = 'intent_model'))`;
type Row = Parameters<typeof massesOf>[0] & { id: string; fit: number; parts: unknown; icp: string };
const scores = () =>
  steps.rows<Row>(
    `select s.account_id as id, s.fit, s.fit_parts as parts, s.icp_version_id as icp, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at
     from account_score s where s.intent_version_id = ${IN_FORCE} order by s.account_id`,
  );
const kept = async () =>
  (await steps.rows<{ count: number }>('select count(*)::int as count from account_score'))[0]?.count;
const published = async () => (await fixture.run(fixture.admin, readIcp, {})).published.name;
const change = async (id: string, employeeCount: number) => {
  const { store, workspaceId, clock } = fixture;
  await store.withRecords(workspaceId, ({ db }) =>
    db.account.updateMany({ where: { workspaceId, id }, data: { employeeCount } }),
  );
  await store.inWorkspace(workspaceId, (tx) => refreshScores(tx, [id], clock.now()));
};
const visit = (id: string) => {
  const { store, workspaceId, clock } = fixture;
  const told = {
    accountId: id,
    kind: 'visit' as const,
    eventKey: `visit ${id}`,
    strength: 0.5,
    summary: 'Visit',
    facts: {},
    source: 'test',
    isTest: false,
    occurredAt: clock.now(),
    evidence: null,
  };
  return store.inWorkspace(workspaceId, (tx) => recordSignals(tx, [told], clock.now(), scoringPort));
};
/** What stands there is what scoring each account again, one by one, would write. */
const expectAsFromScratch = async () => {
  const built = await scores();
  expect(built.length).toBe(ACCOUNTS);
  const ids = built.map(({ id }) => id);
  await fixture.store.inWorkspace(fixture.workspaceId, (tx) => refreshScores(tx, ids, fixture.clock.now()));
  expect(built).toEqual(await scores());
  expect(await kept()).toBe(ACCOUNTS);
};

it('sums again over what a process that died has left of the same version', async () => {
  const { store, workspaceId, clock } = fixture;
  const version = { versionId: newId(clock.now()), intent: DEFAULT_INTENT_MODEL };
  const sum = async () => {
    await sumMasses(store, workspaceId, version, clock.now());
    return steps.rows(
      'select * from account_score where intent_version_id = $1 order by 2',
      version.versionId,
    );
  };
  const first = await sum();
  expect(first.length).toBeGreaterThanOrEqual(ACCOUNTS);
  expect(await sum()).toEqual(first);
  await steps.rows('delete from account_score where intent_version_id = $1', version.versionId);
});

const boundsNow = async () =>
  new Map(
    (
      await steps.rows<{ id: string; bound: number }>(
        `select q.id, ${BOUND_NOW} as bound from queue_item q order by 2 desc, 1`,
      )
    ).map(({ id, bound }) => [id, bound]),
  );
const firstPage = async () =>
  (await fixture.run(fixture.admin, listQueue, { limit: 10 })).items.map(({ id }) => id);

/** No item is worth more than its bound. */
async function expectBoundsOfQueue(): Promise<void> {
  const rows = await steps.rows<Row & { bound: number; standing: null }>(
    `select ${BOUND_NOW} as bound, s.fit, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at
     from queue_item q join account_score s on s.account_id = q.account_id and s.intent_version_id = ${IN_FORCE}`,
  );
  const none = { dealValueMinor: null, dealCurrency: null, stageProbability: null, budgetDocumented: false };
  const standing = { ...none, urgentUntil: null, committeeUntil: null, respondingUntil: null };
  for (const row of rows) {
    const subject = { masses: massesOf(row), fit: row.fit, standing };
    expect(row.bound).toBeGreaterThanOrEqual(
      priorityOf(DEFAULT_INTENT_MODEL, subject, fixture.clock.now()) - 1e-9,
    );
  }
}

const besides = () =>
  steps.rows<{ id: string; accountId: string; bound: number | null }>(
    `select q.id, q.account_id as "accountId", ${BOUND_BESIDE} as bound from queue_item q order by q.id`,
  );

it('writes bounds beside those that count, where nobody reads them; what has changed since is made up for with the switch', async () => {
  const { store, workspaceId, clock } = fixture;
  const build = await begin(await draft(bySize(5)));
  while (await workBatch(store, workspaceId, build, clock.now()));
  const [before, page] = [await boundsNow(), await firstPage()];
  expect(await catchUp(store, workspaceId, build, clock.now())).toBe(true);
  expect([await boundsNow(), await firstPage()]).toEqual([before, page]);
  const filled = await besides();
  expect(filled.filter(({ bound }) => bound === null)).toEqual([]);
  const [moved, skipped, low] = filled;
  await visit(moved?.accountId ?? '');
  // As where somebody was changing an item, or where another build wrote in between.
  const spoil = (id: string | undefined, bound: number | null) =>
    steps.rows(
      `update queue_item q set bound_0 = case when ${BOUND_NOW} = bound_0 then bound_0 else $2 end, bound_1 = case when ${BOUND_NOW} = bound_1 then bound_1 else $2 end where q.id = $1`,
      id,
      bound,
    );
  await spoil(skipped?.id, null);
  await spoil(low?.id, 0);
  expect((await besides()).slice(0, 3).map(({ bound }) => bound)).toEqual([null, null, 0]);
  expect(await store.inWorkspace(workspaceId, (tx) => takeOverFits(tx, build.id, clock.now()))).toBe(true);
  await expectBoundsOfQueue();
  const after = await boundsNow();
  for (const { id, bound } of filled.slice(1)) expect(after.get(id)).toBeCloseTo(bound ?? -1, 9);
  await forgetBounds(store, workspaceId);
  expect((await besides()).filter(({ bound }) => bound !== null)).toEqual([]);
  expect(await boundsNow()).toEqual(after);
  await workAll();
});

it('forgets no bounds while a version fills them', async () => {
  const { store, workspaceId, clock } = fixture;
  await fillBounds(store, workspaceId, { key: null, intent: DEFAULT_INTENT_MODEL, now: clock.now() });
  const filled = await besides();
  await store.inWorkspace(workspaceId, async (building) => {
    await building.rows(stopForgetting);
    await forgetBounds(store, workspaceId);
  });
  expect(await besides()).toEqual(filled);
  await forgetBounds(store, workspaceId);
});

it('lowers no bound by a version that counts no longer, nor while one is switched', async () => {
  const { store, workspaceId } = fixture;
  const counting = await store.inWorkspace(workspaceId, (tx) => scoreDocuments(tx));
  const [item] = await steps.rows<{ id: string; bound: number; since: string }>(
    `select q.id, ${BOUND_NOW} as bound, q.updated_at as since from queue_item q order by 2 desc limit 1`,
  );
  if (!item) throw new Error('no item');
  const { id, bound, since } = item;
  // Safe: lowering looks at no more of a row than these.
  const row = { id, bound, boundAt: new Date(since) } as RankedRow;
  const lower = (by: Pick<ScoreDocuments, 'intentVersionId' | 'icpVersionId'>) =>
    store.inWorkspace(workspaceId, (tx) => lowerBounds(tx, [{ row, bound: bound - 5 }], by));
  await lower({ ...counting, intentVersionId: OTHER_VERSION });
  await lower({ ...counting, icpVersionId: OTHER_VERSION });
  expect((await boundsNow()).get(id)).toBe(bound);
  await store.inWorkspace(workspaceId, async (tx) => {
    await tx.rows(holdBounds);
    await lower(counting);
  });
  expect((await boundsNow()).get(id)).toBe(bound);
  await lower(counting);
  expect((await boundsNow()).get(id)).toBe(bound - 5);
});

it('builds fits beside those in force while accounts change and signals arrive, and switches at once', async () => {
  const [before] = [await scores()];
  const name = await published();
  const versionId = await draft(bySize(500));
  const build = await begin(versionId);
  const { store, workspaceId, clock, admin } = fixture;
  await workBatch(store, workspaceId, build, clock.now());
  const [early, late] = [before.slice(0, BATCH), before.slice(-BATCH)];
  // Of those judged already and of those that are not: changed, and told of.
  for (const { id } of [...early.slice(0, 3), ...late.slice(0, 3)]) await change(id, 501);
  for (const { id } of [...early.slice(3, 6), ...late.slice(3, 6)]) await visit(id);
  const { build: shown } = await fixture.run(admin, readIcpBuild, {});
  expect(shown).toMatchObject({ versionId, accounts: ACCOUNTS, done: BATCH, startedBy: 'Ed Admin' });
  // Nobody sees any of it.
  expect(await published()).toBe(name);
  expect(new Set((await scores()).map(({ icp }) => icp)).size).toBe(1);
  expect((await scores()).map(({ icp }) => icp)).not.toContain(versionId);
  await workAll();
  expect(await published()).toBe('From 500');
  expect((await scores()).every(({ icp }) => icp === versionId)).toBe(true);
  expect((await fixture.run(admin, readIcpBuild, {})).build).toBeNull();
  const page = await fixture.run(admin, listQueue, { limit: 100 });
  const fits = new Map((await scores()).map((row) => [row.id, row.fit]));
  for (const item of page.items) expect(item.fit).toBe(fits.get(item.account.id));
  await expectAsFromScratch();
});

it('orders the queue by the new fits: each bound is what its account is worth', () => expectBoundsOfQueue());

it('is published back in one step, and at once where accounts are few', async () => {
  const { versions } = await fixture.run(fixture.admin, readIcp, {});
  const first = versions.find(({ state }) => state === 'retired');
  const answer = await fixture.run(fixture.admin, publishIcp, { versionId: first?.versionId ?? '' });
  expect(answer.state).toBe('published');
  await expectAsFromScratch();
});

it('is cancelled without a trace, and its words stay as they are meanwhile', async () => {
  const { admin, run, store, workspaceId, clock } = fixture;
  const before = await scores();
  const versionId = await draft(bySize(50));
  const build = await begin(versionId);
  await workBatch(store, workspaceId, build, clock.now());
  await expect(draft(bySize(60))).rejects.toMatchObject({ code: 'conflict' });
  const other = (await run(admin, readIcp, {})).versions.find(({ state }) => state === 'retired');
  await expect(run(admin, publishIcp, { versionId: other?.versionId ?? '' })).rejects.toThrow('Wait for it');
  await run(admin, cancelIcpBuild, { versionId });
  await expect(run(admin, cancelIcpBuild, { versionId })).rejects.toMatchObject({ code: 'conflict' });
  await workAll();
  expect(await scores()).toEqual(before);
  expect(await kept()).toBe(ACCOUNTS);
  expect((await run(admin, readIcp, {})).draft?.name).toBe('From 50');
});

it('begins anew when other half-lives are published meanwhile', async () => {
  const { admin, run, store, workspaceId, clock } = fixture;
  const build = await begin(await draft(bySize(5_000)));
  await workBatch(store, workspaceId, build, clock.now());
  const { visit: visits } = DEFAULT_INTENT_MODEL.kinds;
  if (!visits) throw new Error('no visits');
  const body = {
    ...DEFAULT_INTENT_MODEL,
    kinds: { ...DEFAULT_INTENT_MODEL.kinds, visit: { ...visits, halfLifeDays: 45 } },
  };
  const { versionId } = await run(admin, saveModelDraft, { body });
  await run(admin, publishModel, { versionId });
  await workAll();
  expect(await published()).toBe('From 5000');
  const halfLives = (await scores()).flatMap((row) =>
    (row.kinds ?? []).map((kind, at) => [kind, row.halfLives?.[at]]),
  );
  expect(new Set(halfLives.filter(([kind]) => kind === 'visit').map(([, days]) => days))).toEqual(
    new Set([45]),
  );
  await expectAsFromScratch();
});

it('nobody takes the rows of a version for leftovers while it is summed; a model sums again what was taken so, before it counts', async () => {
  const { store, workspaceId, clock, run, admin } = fixture;
  const visit = { label: 'Visits', cap: 0.3, saturation: 1.2, halfLifeDays: 21 };
  const intent = { ...DEFAULT_INTENT_MODEL, kinds: { ...DEFAULT_INTENT_MODEL.kinds, visit } };
  const { versionId } = await run(admin, saveModelDraft, { body: intent, note: '' });
  const scored = () =>
    steps.rows<{ id: string; bound: number }>(
      'select account_id as id, signal_bound as bound from account_score where intent_version_id = $1 order by account_id',
      versionId,
    );
  const wanted = () => Promise.resolve({ versionId, intent });
  const built = await buildVersion(store, workspaceId, wanted, clock.now());
  const summed = await scored();
  expect(summed.length).toBeGreaterThanOrEqual(ACCOUNTS);
  await store.inWorkspace(workspaceId, async (summing) => {
    await summing.rows(stopTidying);
    await dropOthers(store, workspaceId);
    expect(await scored()).toEqual(summed);
  });
  await dropOthers(store, workspaceId);
  expect(await scored()).toEqual([]);
  await store.inWorkspace(workspaceId, async (tx) => {
    await takeOver(tx, built, clock.now());
    const { documentId } = await publishedDocument(tx, 'intent_model');
    await publishDocument(tx, { documentId, versionId, note: '', now: clock.now() });
  });
  expect(await scored()).toEqual(summed);
});
