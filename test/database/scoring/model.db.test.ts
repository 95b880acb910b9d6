import { newId } from '@penstock/kernel/ids';
import {
  addEvent,
  halfLives,
  signalScore,
  type IntentModel,
  type Mass,
} from '@penstock/scoring/model/intent';
import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { priorityOf, type Standing } from '@penstock/scoring/model/priority';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import {
  compareModel,
  publishModel,
  readModel,
  saveModelDraft,
} from '@penstock/scoring/operations/manage-model';
import { massesOf, scoringPort } from '@penstock/scoring/rescore';
import { STANDING } from '@penstock/scoring/standing-statements';
import { recordSignals } from '@penstock/signals/record-signals';
import { listAudit } from '@penstock/workspace/operations/manage-workspace';
import { seedAccounts } from '@penstock/store/seed-accounts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { modelScore } from '../model-score.ts';
import { MONDAY, workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { BOUND_NOW } from './bound-now.ts';

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  steps = leadSteps(fixture);
  const { database, workspaceId, clock } = fixture;
  await seedAccounts({
    url: database.urls.admin,
    workspaceId,
    count: 1_000,
    now: clock.now(),
    score: modelScore,
    queueShare: 0.5,
    scoredWithinDays: 30,
  });
}, 60_000);
beforeEach(() => fixture.clock.set(MONDAY));
afterAll(() => fixture[Symbol.asyncDispose]());

const VISITS_COUNT: IntentModel = {
  ...DEFAULT_INTENT_MODEL,
  kinds: {
    visit: { label: 'Visits', cap: 0.95, saturation: 0.05 },
    funding: { label: 'Funding', cap: 0.1, saturation: 10 },
    hiring: { label: 'Hiring', cap: 0, saturation: 1 },
  },
  priority: {
    ...DEFAULT_INTENT_MODEL.priority,
    signal: 0.4,
    fit: 0.1,
    value: 0.2,
    stage: 0.05,
    freshness: 0.05,
    urgency: 0.05,
    committee: 0.05,
    budget: 0.05,
    responding: 0.05,
  },
};
const publish = async (body: IntentModel): Promise<string> => {
  const { versionId } = await fixture.run(fixture.admin, saveModelDraft, { body, note: '' });
  await fixture.run(fixture.admin, publishModel, { versionId, note: 'because' });
  return versionId;
};
type Row = Parameters<typeof massesOf>[0] &
  Standing & { id: string; fit: number; bound: number; signalBound: number };
const items = () =>
  steps.rows<Row>(
    `select q.id, ${BOUND_NOW} as bound, s.signal_bound as "signalBound", s.fit, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at, ${STANDING}
     from queue_item q join account_score s on s.account_id = q.account_id and s.intent_version_id = coalesce((select version_id from score_base), (select published_version_id from document where kind = 'intent_model')) left join account_standing st on st.account_id = q.account_id`,
  );
/** The connection of tests reads `bigint` as text. */
const subjectOf = (row: Row) => ({
  masses: massesOf(row),
  fit: row.fit,
  standing: { ...row, dealValueMinor: row.dealValueMinor === null ? null : Number(row.dealValueMinor) },
});
const expectBoundsOf = async (model: IntentModel) => {
  for (const row of await items()) {
    const signal = signalScore(model, massesOf(row), MONDAY);
    expect(row.signalBound).toBeGreaterThan(signal - 1e-9);
    expect(row.bound).toBeCloseTo(priorityOf(model, subjectOf(row), MONDAY), 9);
  }
  // Bounds of signal scores that are too high fall behind the answer.
  const tooHigh = async () =>
    Math.max(...(await items()).map((row) => row.signalBound - signalScore(model, massesOf(row), MONDAY)));
  await expect.poll(tooHigh, { timeout: 10_000 }).toBeLessThan(0.02);
};

it('compares a draft with the live queue before anything changes', async () => {
  const before = await items();
  const { versionId } = await fixture.run(fixture.admin, saveModelDraft, { body: VISITS_COUNT, note: '' });
  const compared = await fixture.run(fixture.admin, compareModel, { versionId });
  expect(compared.enter.length).toBeGreaterThan(0);
  expect(compared.enter.length).toBe(compared.leave.length);
  expect(compared.stay + compared.enter.length).toBe(50);
  expect(compared.enter[0]?.because.length).toBeGreaterThan(0);
  expect(compared.published).toMatchObject({ cases: 0, area: null });
  expect(await items()).toEqual(before);
  expect(await fixture.run(fixture.admin, readModel, {})).toMatchObject({
    draft: { priority: { fit: 0.1 } },
  });
});

/** Standings of every kind, so that each term of the formula counts somewhere. */
const giveStandings = () =>
  steps.rows(
    `insert into account_standing (workspace_id, account_id, deal_value_minor, deal_currency, stage_probability, urgent_until, committee_until, responding_until, budget_documented, updated_at)
     select workspace_id, account_id, case when n % 4 = 0 then null else n * 100000 end, case n % 3 when 0 then 'USD' when 1 then 'EUR' else 'XXX' end, (n % 5) / 5.0,
       case n % 2 when 0 then '2026-11-20T00:00Z'::timestamptz + n * interval '1 day' end, case n % 3 when 0 then '2027-01-01'::timestamptz end,
       case n % 5 when 0 then '2026-12-01'::timestamptz end, n % 7 = 0, now()
     from (select workspace_id, account_id, (row_number() over (order by account_id))::int as n from account_score) s on conflict do nothing`,
  );

it('ranks by a published version at once, in SQL as in TypeScript, and by the earlier one after rolling back', async () => {
  const first = (await fixture.run(fixture.admin, readModel, {})).versions.find(
    (version) => version.state === 'published',
  );
  await giveStandings();
  await publish(VISITS_COUNT);
  const [audited] = (await fixture.run(fixture.admin, listAudit, {})).items;
  expect(audited).toMatchObject({ action: 'model.published', version: { note: 'because' } });
  await expectBoundsOf(VISITS_COUNT);
  const { items: shown } = await fixture.run(fixture.admin, listQueue, { limit: 100 });
  const expected = (await items())
    .map((row) => priorityOf(VISITS_COUNT, subjectOf(row), MONDAY))
    .toSorted((a, b) => b - a);
  shown.forEach((item, at) => expect(item.priority).toBeCloseTo(expected[at] ?? -1, 9));
  await fixture.run(fixture.admin, publishModel, { versionId: first?.versionId ?? '', note: 'back' });
  await expectBoundsOf(DEFAULT_INTENT_MODEL);
});

it('mixes no two versions while signals arrive', async () => {
  const { store, workspaceId, clock } = fixture;
  const accounts = await steps.rows<{ id: string }>('select account_id as id from queue_item limit 40');
  const arriving = accounts.map(({ id }, at) =>
    store.inWorkspace(workspaceId, (tx) =>
      recordSignals(
        tx,
        [
          {
            accountId: id,
            kind: 'visit',
            eventKey: `arriving ${at}`,
            strength: 0.5,
            summary: 'Visit',
            facts: {},
            source: 'test',
            isTest: false,
            occurredAt: clock.now(),
            evidence: null,
          },
        ],
        clock.now(),
        scoringPort,
      ),
    ),
  );
  await Promise.all([...arriving, publish(VISITS_COUNT)]);
  await expectBoundsOf(VISITS_COUNT);
  expect(await steps.deadlocks()).toBe(0);
});

it('lets news fade as a version says, summed again from the signals, and as before after rolling back', async () => {
  const { store, workspaceId, clock } = fixture;
  const [account] = await steps.rows<{ id: string }>('select account_id as id from queue_item limit 1');
  const id = account?.id ?? '';
  const told = [0, 3, 10, 40].map((days, at) => ({
    accountId: id,
    kind: at % 2 === 0 ? ('visit' as const) : ('budget_cut' as const),
    eventKey: `fading ${at}`,
    strength: 0.4,
    summary: 'Told',
    facts: {},
    source: 'test',
    isTest: false,
    occurredAt: new Date(MONDAY.getTime() - days * 86_400_000),
    evidence: null,
  }));
  // Masses that the seed made up count no longer once they are summed from signals.
  await steps.rows(
    `update account_score set mass_kinds = '{}', mass_values = '{}', mass_half_lives = '{}', mass_at = '{}' where account_id = $1`,
    id,
  );
  await steps.rows('delete from signal where account_id = $1', id);
  const record = (signals: typeof told) =>
    store.inWorkspace(workspaceId, (tx) => recordSignals(tx, signals, clock.now(), scoringPort));
  await record(told.slice(0, 2));
  const before = (await fixture.run(fixture.admin, readModel, {})).versions.find(
    (version) => version.state === 'published',
  );
  const slow: IntentModel = {
    ...DEFAULT_INTENT_MODEL,
    kinds: {
      ...DEFAULT_INTENT_MODEL.kinds,
      visit: { label: 'Visits', cap: 0.3, saturation: 1.2, halfLifeDays: 30 },
    },
    risk: {
      ...DEFAULT_INTENT_MODEL.risk,
      budget_cut: { label: 'Budget cut', cap: 0.5, saturation: 0.5, halfLifeDays: 5 },
    },
  };
  await publish(slow);
  await record(told.slice(2));
  const massesNow = async () =>
    massesOf(
      (
        await steps.rows<Row>(
          `select mass_kinds as kinds, mass_values as values, mass_half_lives as "halfLives", mass_at as at from account_score
           where account_id = $1 and intent_version_id = coalesce((select version_id from score_base), (select published_version_id from document where kind = 'intent_model'))`,
          id,
        )
      )[0] as Row,
    );
  const expectMasses = async (model: IntentModel) => {
    let expected: Mass[] = [];
    for (const signal of told)
      expected = addEvent(expected, {
        ...signal,
        halfLifeDays: halfLives(model)[signal.kind] ?? 0,
      });
    const found = await massesNow();
    expect(found.length).toBe(2);
    for (const mass of expected) {
      const same = found.find(({ kind }) => kind === mass.kind);
      expect(same).toMatchObject({ halfLifeDays: mass.halfLifeDays, at: mass.at });
      expect(same?.value).toBeCloseTo(mass.value, 9);
    }
  };
  await expectMasses(slow);
  await fixture.run(fixture.admin, publishModel, { versionId: before?.versionId ?? '', note: 'back' });
  await expectMasses(DEFAULT_INTENT_MODEL);
});

const arriving = (accountId: string, at: number) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    recordSignals(
      tx,
      [
        {
          accountId,
          kind: at % 3 === 0 ? 'funding' : 'visit',
          eventKey: `meanwhile ${at}`,
          strength: 0.1 + (at % 9) / 10,
          summary: 'Told',
          facts: {},
          source: 'test',
          isTest: false,
          occurredAt: new Date(MONDAY.getTime() - (at % 50) * 86_400_000),
          evidence: null,
        },
      ],
      MONDAY,
      scoringPort,
    ),
  );

it('sums all signals that arrive while other half-lives are published, and only one version at a time', async () => {
  const before = (await fixture.run(fixture.admin, readModel, {})).versions.find(
    (version) => version.state === 'published',
  );
  const slow: IntentModel = {
    ...DEFAULT_INTENT_MODEL,
    kinds: Object.fromEntries(
      Object.entries(DEFAULT_INTENT_MODEL.kinds).map(([kind, facts]) => [
        kind,
        { ...facts, halfLifeDays: 33 },
      ]),
    ),
  };
  const accounts = await steps.rows<{ id: string }>(
    'select account_id as id from queue_item order by id limit 60',
  );
  const { versionId } = await fixture.run(fixture.admin, saveModelDraft, { body: slow, note: '' });
  const publishing = () => fixture.run(fixture.admin, publishModel, { versionId, note: 'once' });
  const told = accounts.map(({ id }, at) => arriving(id, at));
  const published = await Promise.allSettled([publishing(), publishing()]);
  await Promise.all(told);
  expect(published.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(published.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'conflict' },
  });
  await expectBoundsOf(slow);
  const scored = await steps.rows<Row & { signals: { kind: string; strength: number; at: string }[] }>(
    `select s.account_id as id, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at,
       (select coalesce(json_agg(json_build_object('kind', e.kind, 'strength', e.strength, 'at', e.occurred_at)), '[]') from signal e
        where e.account_id = s.account_id and e.merged_into_id is null and e.expired_by_id is null) as signals
     from account_score s where s.intent_version_id = $1`,
    versionId,
  );
  expect(scored.length).toBeGreaterThanOrEqual(1_000);
  expect(scored.filter(({ signals }) => signals.length > 0).length).toBeGreaterThanOrEqual(60);
  for (const row of scored) {
    let expected: Mass[] = [];
    for (const { kind, strength, at } of row.signals)
      expected = addEvent(expected, {
        kind,
        strength,
        halfLifeDays: halfLives(slow)[kind] ?? 0,
        occurredAt: new Date(at),
      });
    const found = massesOf(row);
    expect(found.map(({ kind }) => kind).toSorted()).toEqual(expected.map(({ kind }) => kind).toSorted());
    for (const mass of expected) {
      const same = found.find(({ kind }) => kind === mass.kind);
      expect(same).toMatchObject({ halfLifeDays: mass.halfLifeDays, at: mass.at });
      expect(same?.value).toBeCloseTo(mass.value, 9);
    }
  }
  await fixture.run(fixture.admin, publishModel, { versionId: before?.versionId ?? '', note: 'back' });
});

it('refuses a model in which nothing counts, or that is out of bounds', async () => {
  const { run, admin } = fixture;
  const none = { ...VISITS_COUNT, kinds: { visit: { label: 'Visits', cap: 0, saturation: 1 } } };
  await expect(run(admin, saveModelDraft, { body: none, note: '' })).rejects.toMatchObject({
    code: 'invalid',
  });
  for (const body of [
    { ...VISITS_COUNT, kinds: { visit: { label: 'Visits', cap: 1, saturation: 1 } } },
    { ...VISITS_COUNT, kinds: { visit: { label: 'Visits', cap: 0.5, saturation: 0 } } },
    { ...VISITS_COUNT, kinds: { tarot: { label: 'Tarot', cap: 0.5, saturation: 1 } } },
    { ...VISITS_COUNT, priority: { signal: 0.9, fit: 0.2 } },
    ...[0, -3, 1e6, Number.NaN].map((halfLifeDays) => ({
      ...VISITS_COUNT,
      kinds: { visit: { label: 'Visits', cap: 0.5, saturation: 1, halfLifeDays } },
    })),
  ])
    await expect(run(admin, saveModelDraft, { body, note: '' })).rejects.toMatchObject({ code: 'invalid' });
});

it('back-tests by what was known when each deal was opened: a signal planted later does not flatter it', async () => {
  const { store, workspaceId, clock, reps, run, admin } = fixture;
  const openedAt = new Date(clock.now().getTime() - 10 * 86_400_000);
  const accounts = await steps.rows<{ id: string }>('select id from account order by id limit 4');
  const [version] = await steps.rows<{ id: string }>(
    `select published_version_id as id from document where kind = 'pipeline'`,
  );
  await store.withRecords(workspaceId, ({ db }) =>
    db.deal.createMany({
      data: accounts.map(({ id }, at) => ({
        workspaceId,
        id: newId(openedAt),
        accountId: id,
        ownerId: reps[0].id,
        name: 'Decided',
        pipelineVersionId: version?.id ?? '',
        stage: at < 2 ? 'won' : 'lost',
        stageType: at < 2 ? 'won' : 'lost',
        state: 'closed',
        valueMinor: 1n,
        currency: 'USD',
        source: 'inbound',
        lostReason: at < 2 ? null : 'No decision',
        stageEnteredAt: clock.now(),
        createdAt: openedAt,
        updatedAt: openedAt,
      })),
    }),
  );
  const { versionId } = await run(admin, saveModelDraft, { body: VISITS_COUNT, note: '' });
  const tested = async () => (await run(admin, compareModel, { versionId })).compared;
  const before = await tested();
  expect(before.cases).toBe(4);
  // Of the won ones only, dated back to before they were opened, and recorded today.
  await store.inWorkspace(workspaceId, (tx) =>
    recordSignals(
      tx,
      accounts.slice(0, 2).map(({ id }) => ({
        accountId: id,
        kind: 'visit' as const,
        eventKey: `planted ${id}`,
        strength: 1,
        summary: 'Planted',
        facts: {},
        source: 'test',
        isTest: false,
        occurredAt: new Date(openedAt.getTime() - 86_400_000),
        evidence: null,
      })),
      clock.now(),
      scoringPort,
    ),
  );
  expect(await tested()).toEqual(before);
});
