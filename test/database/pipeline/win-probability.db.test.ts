import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { newId } from '@penstock/kernel/ids';
import { learnIfDue } from '@penstock/pipeline/learn-win-model';
import { getDeal } from '@penstock/pipeline/operations/get-deal';
import { listDeals } from '@penstock/pipeline/operations/list-deals';
import { readWonPath } from '@penstock/pipeline/operations/read-won-path';
import { learnWinProbability, readWinProbability } from '@penstock/pipeline/operations/win-probability';
import { publishedPipeline } from '@penstock/pipeline/pipeline-document';
import { dealFactsNow } from '@penstock/pipeline/win-model-document';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;

let fixture: WorkspaceFixture;
let accountId: string;
let versionId: string;
let openId: string;
beforeAll(async () => {
  fixture = await workspaceFixture();
  const { store, workspaceId, clock } = fixture;
  await store.inWorkspace(workspaceId, async (tx) => {
    const named = { name: 'Buyer', formerNames: [], domain: null, ids: [], country: null, region: null };
    const as = { state: 'active', origin: 'import', isTest: false, ownerId: null, now: clock.now() } as const;
    accountId = (await findOrCreateAccount(tx, { ...named, city: null }, as)).accountId;
    versionId = (await publishedPipeline(tx)).versionId;
  });
  [openId = ''] = await plant([{ daysAgo: 40, source: 'referral', won: null }]);
}, 60_000);
afterAll(() => fixture[Symbol.asyncDispose]());

type Planted = { daysAgo: number; source: string; won: boolean | null };

/** Deals of one account with their changes of stage: begun, and decided thirty days later. */
async function plant(deals: readonly Planted[]): Promise<string[]> {
  const { store, workspaceId, clock, reps } = fixture;
  const at = (daysAgo: number) => new Date(clock.now().getTime() - daysAgo * DAY_MS);
  const made = deals.map((deal) => ({ ...deal, id: newId(at(deal.daysAgo)) }));
  await store.withRecords(workspaceId, async ({ db }) => {
    await db.deal.createMany({
      data: made.map(({ id, daysAgo, source, won }) => ({
        workspaceId,
        id,
        accountId,
        ownerId: reps[0].id,
        name: 'Planted',
        pipelineVersionId: versionId,
        stage: won === null ? 'qualified' : won ? 'won' : 'lost',
        stageType: won === null ? 'open' : won ? 'won' : 'lost',
        state: won === null ? 'active' : 'closed',
        valueMinor: 500_000n,
        currency: 'USD',
        source,
        lostReason: won === false ? 'No decision' : null,
        stageEnteredAt: at(won === null ? daysAgo : daysAgo - 30),
        createdAt: at(daysAgo),
        updatedAt: at(daysAgo),
      })),
    });
    await db.dealChange.createMany({
      data: made.map(({ id, daysAgo }) => ({
        workspaceId,
        id: newId(at(daysAgo)),
        dealId: id,
        kind: 'created',
        toStage: 'qualified',
        actorKind: 'system',
        actorId: 'test',
        occurredAt: at(daysAgo),
        recordedAt: at(daysAgo),
      })),
    });
  });
  return made.map(({ id }) => id);
}
const learn = () => fixture.run(fixture.admin, learnWinProbability, {});
const told = () => fixture.run(fixture.reps[0], readWinProbability, {});
const shown = async () =>
  (await fixture.run(fixture.reps[0], listDeals, {})).items.find(({ id }) => id === openId)?.winProbability;
const referralsWin = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const source = index % 2 === 0 ? 'referral' : 'outbound';
    // Three of four go the way of their source.
    return { daysAgo: 60 + index, source, won: (index % 2 === 0) !== index % 8 < 2 };
  });

it('says how many decided deals are needed, and shows no number before', async () => {
  expect(await told()).toMatchObject({ state: 'none', won: 0, lost: 0, needed: 25, versions: [] });
  await plant(referralsWin(12));
  expect(await learn()).toMatchObject({ state: 'too_few' });
  expect(await told()).toMatchObject({ state: 'too_few', won: 6, lost: 6, version: 1, area: null });
  expect(await shown()).toBeNull();
});

it('says that there is no skill where nothing known tells a win from a loss', async () => {
  const lots = Array.from({ length: 80 }, (_, index) => ({
    daysAgo: 60 + (index >> 1),
    source: 'outbound',
    won: index % 2 === 0,
  }));
  const other = await fixture.another();
  expect(other).not.toBe(fixture.workspaceId);
  const ids = await plant(lots);
  await fixture.store.withRecords(fixture.workspaceId, ({ db }) =>
    db.deal.updateMany({ where: { id: { notIn: ids }, stageType: { not: 'open' } }, data: { isTest: true } }),
  );
  expect(await learn()).toMatchObject({ state: 'no_skill' });
  expect((await told()).areaLow).toBeLessThanOrEqual(0.5);
  expect(await shown()).toBeNull();
  await fixture.store.withRecords(fixture.workspaceId, ({ db }) =>
    db.deal.updateMany({ where: { id: { in: ids } }, data: { isTest: true } }),
  );
});

it('learns from outcomes, tells what it rests on, and opens into what speaks for a deal', async () => {
  await plant(referralsWin(160));
  expect(await learn()).toMatchObject({ state: 'ready' });
  const rests = await told();
  expect(rests).toMatchObject({ state: 'ready', won: 80, lost: 80, version: 3, leaks: [] });
  expect(rests.area).toBeGreaterThan(0.6);
  expect(Date.parse(rests.since ?? '')).toBeLessThan(Date.parse(rests.until ?? ''));
  expect(rests.calibration.reduce((sum, bin) => sum + bin.count, 0)).toBeGreaterThanOrEqual(160);
  const [outbound = ''] = await plant([{ daysAgo: 40, source: 'outbound', won: null }]);
  const deal = (id: string) => fixture.run(fixture.reps[0], getDeal, { id });
  const [likely, unlikely] = [await deal(openId), await deal(outbound)];
  expect(likely.winProbability).toBeGreaterThan(unlikely.winProbability ?? 1);
  expect(likely.winProbability).toBeCloseTo((await shown()) ?? 0, 12);
  expect(likely.winFactors[0]).toMatchObject({ label: 'Source', value: 'referral' });
  expect(likely.winFactors[0]?.logit).toBeGreaterThan(0);
});

it('knows only what had been recorded by then: neither later news nor what was written down later', async () => {
  const { store, workspaceId, clock, reps } = fixture;
  const now = clock.now();
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const factsAt = (at: Date) =>
    store.inWorkspace(workspaceId, async (tx) => (await dealFactsNow(tx, [openId], at)).get(openId));
  const before = await factsAt(ago(20));
  await store.withRecords(workspaceId, async ({ db }) => {
    const reply = (occurredAt: Date, recordedAt: Date) => ({
      workspaceId,
      id: newId(recordedAt),
      kind: 'mail',
      accountId,
      dealId: openId,
      direction: 'in',
      occurredAt,
      recordedAt,
    });
    // Later news, and news of then that was written down today: the leaks that flatter a back-test.
    await db.activity.createMany({ data: [reply(ago(5), ago(5)), reply(ago(30), now)] });
    await db.dealEvidence.create({
      data: {
        workspaceId,
        id: newId(now),
        dealId: openId,
        criterion: 'budget_confirmed',
        kind: 'call_note',
        quote: 'planted',
        memberId: reps[0].id,
        occurredAt: ago(30),
        recordedAt: now,
      },
    });
  });
  expect(await factsAt(ago(20))).toEqual(before);
  expect(await factsAt(now)).toMatchObject({ replies: Math.log1p(2), proven: 1 });
});

it('learns by itself once a day, when deals were decided since', async () => {
  const { store, workspaceId, clock } = fixture;
  const due = (at: Date) => store.inWorkspace(workspaceId, (tx) => learnIfDue(tx, at));
  const tomorrow = new Date(clock.now().getTime() + DAY_MS);
  expect(await due(clock.now())).toBe(false);
  expect(await due(tomorrow)).toBe(false);
  clock.set(new Date(clock.now().getTime() + DAY_MS / 2));
  await plant([{ daysAgo: 30, source: 'referral', won: true }]);
  expect(await due(clock.now())).toBe(false);
  expect(await due(tomorrow)).toBe(true);
  expect(await due(tomorrow)).toBe(false);
  expect(await told()).toMatchObject({ won: 81, version: 4 });
});

it('tells the way of won deals and what it suggests (R105)', async () => {
  const path = await fixture.run(fixture.reps[0], readWonPath, {});
  const qualified = path.stages.find(({ key }) => key === 'qualified');
  expect(path).toMatchObject({ won: 81, lost: 80 });
  expect(qualified).toMatchObject({ wonShare: 1, lostShare: 1 });
  expect(path.stages.find(({ key }) => key === 'negotiation')).toMatchObject({
    wonShare: 0,
    medianDays: null,
  });
  expect(path.suggestions.map(({ kind }) => kind)).toContain('stage');
});
