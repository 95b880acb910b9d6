import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { newId } from '@penstock/kernel/ids';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { weighSignal } from '@penstock/scoring/operations/weigh-signal';
import { newestOfKinds } from '@penstock/scoring/recent-signals';
import { scoringPort } from '@penstock/scoring/rescore';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { recordSignals, type NewSignal } from '@penstock/signals/record-signals';
import { seedAccounts } from '@penstock/store/seed-accounts';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { modelScore } from '../model-score.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;

let fixture: WorkspaceFixture;
let accountId: string;
beforeAll(async () => {
  fixture = await workspaceFixture();
  const { database, workspaceId, clock, store } = fixture;
  await seedAccounts({
    url: database.urls.admin,
    workspaceId,
    count: 500,
    now: clock.now(),
    score: modelScore,
    queueShare: 1,
  });
  accountId = await store.inWorkspace(workspaceId, async (tx) => {
    const named = { name: 'Explained', formerNames: [], domain: null, ids: [], country: null, region: null };
    const as = { state: 'active', origin: 'import', isTest: false, ownerId: null, now: clock.now() } as const;
    return (await findOrCreateAccount(tx, { ...named, city: null }, as)).accountId;
  });
}, 60_000);
afterAll(() => fixture[Symbol.asyncDispose]());

const record = (kind: NewSignal['kind'], daysAgo: number, more: Partial<NewSignal> = {}) => {
  const { store, workspaceId, clock } = fixture;
  const now = clock.now();
  const signal: NewSignal = {
    accountId,
    kind,
    eventKey: `${kind} ${daysAgo}`,
    strength: 0.6,
    summary: `${kind} of ${daysAgo} days ago`,
    facts: {},
    source: 'test',
    isTest: false,
    occurredAt: new Date(now.getTime() - daysAgo * DAY_MS),
    evidence: null,
    ...more,
  };
  return store.inWorkspace(workspaceId, (tx) => recordSignals(tx, [signal], now, scoringPort));
};
type Plan = {
  'Relation Name'?: string;
  'Rows Removed by Filter'?: number;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  Plans?: Plan[];
};
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
const planOf = (url: string, text: string, values: readonly unknown[]) =>
  withConnection(url, async (client) => {
    await client.query('analyze signal');
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      `explain (analyze, format json) ${text}`,
      [...values],
    );
    return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan: plan }) => nodesOf(plan)));
  });
const sum = (parts: readonly { points: number }[]) => parts.reduce((total, { points }) => total + points, 0);
const explain = () => fixture.run(fixture.admin, explainScore, { accountId });

it('says what would lift an account of which nothing is known into the top', async () => {
  const explained = await explain();
  expect(explained).toMatchObject({
    signalScore: 0,
    risk: 0,
    evidence: [],
    line: { rank: 20, above: false },
  });
  expect(explained.line?.wouldLift.every((lift) => lift.priority >= (explained.line?.priority ?? 0))).toBe(
    true,
  );
});

it('opens into evidence, the week before, risk beside it, and the day it falls below the line', async () => {
  await record('funding', 20, { strength: 1 });
  const then = fixture.clock.now();
  fixture.clock.set(new Date(then.getTime() - 7 * DAY_MS));
  const weekAgo = (await explain()).signalScore;
  fixture.clock.set(then);
  await record('hiring', 2, { strength: 1 });
  await record('executive_hire', 1, { strength: 1 });
  await record('champion_departure', 1);
  const after = await explain();
  expect(after.evidence.map((one) => one.kind).slice(2)).toEqual(['hiring', 'funding']);
  expect(after.weekAgo.signalScore).toBeCloseTo(weekAgo, 6);
  expect(after.weekAgo.changes.find((change) => change.kind === 'funding')?.points).toBeLessThan(0);
  const moved = after.weekAgo.changes.reduce((sum, change) => sum + change.points, 0);
  expect(after.signalScore - weekAgo).toBeCloseTo(moved, 1);
  expect(after.riskParts.map((part) => part.kind)).toEqual(['champion_departure']);
  expect(after.risk).toBeGreaterThan(0);
  expect(after.contributions.some((part) => part.kind === 'champion_departure')).toBe(false);
  expect(after.line).toMatchObject({ above: true, wouldLift: [] });
  expect(
    after.line?.fallsBelowAt === null || Date.parse(after.line?.fallsBelowAt ?? '') > then.getTime(),
  ).toBe(true);
});

it.each([0, 9, 40])('never disagrees with the order of the queue, %i days later', async (days) => {
  const { clock, run, admin } = fixture;
  const then = clock.now();
  clock.set(new Date(then.getTime() + days * DAY_MS));
  const { items } = await run(admin, listQueue, { limit: 24 });
  for (const [at, item] of items.entries()) {
    const explained = await run(admin, explainScore, { accountId: item.account.id });
    expect(explained.priority).toBeCloseTo(item.priority, 9);
    expect(explained.signalScore).toBeCloseTo(item.signalScore, 9);
    expect(sum(explained.contributions)).toBeCloseTo(item.signalScore, 9);
    expect(explained.contributions.slice(0, item.contributions.length)).toEqual(item.contributions);
    // What shares the 20th place is above the line too.
    if (at < 20) expect(explained.line?.above).toBe(true);
    else expect(explained.line?.above).toBe(item.priority >= (items[19]?.priority ?? 0));
  }
  clock.set(then);
});

it('weighs one signal: the numbers as they are and without it, and its place in the queue', async () => {
  const { store, workspaceId, clock, run, admin } = fixture;
  const before = await explain();
  await record('acquisition', 3, { strength: 0.9 });
  const after = await explain();
  const idOf = async (kind: string) => {
    const text = `select id from signal where workspace_id = $1::uuid and account_id = $2::uuid and kind = $3 order by id desc limit 1`;
    const find = { name: `test_signal_of_${kind}`, text };
    const [found] = await store.inWorkspace(workspaceId, (tx) => tx.rows(find, accountId, kind));
    return (found as { id: string }).id;
  };
  const id = await idOf('acquisition');
  const weighed = await run(admin, weighSignal, { id });
  expect(weighed.counts).toBe(true);
  expect(weighed.signalScore.now).toBeCloseTo(after.signalScore, 9);
  expect(weighed.signalScore.without).toBeCloseTo(before.signalScore, 9);
  expect(weighed.priority.now).toBeCloseTo(after.priority, 9);
  expect(weighed.priority.without).toBeLessThan(weighed.priority.now);
  expect(weighed.strengthLeft).toBeCloseTo(0.9 * 2 ** (-3 / weighed.halfLifeDays), 9);
  expect(weighed.risk.now).toBe(weighed.risk.without);
  expect(weighed.item).toMatchObject({ state: 'open', place: 1 });
  const departure = await run(admin, weighSignal, { id: await idOf('champion_departure') });
  expect(departure.risk.now).toBeGreaterThan(departure.risk.without);
  expect(departure.signalScore.now).toBe(departure.signalScore.without);
  await expect(run(admin, weighSignal, { id: newId(clock.now()) })).rejects.toThrow('no such signal');
});

it('reads few signals of an account that has very many', async () => {
  const { database, workspaceId, store } = fixture;
  await record('visit', 1, { eventKey: 'the newest', summary: 'The newest visit' });
  const crowded = {
    name: 'test_crowd_of_signals',
    text: `insert into signal (workspace_id, id, account_id, kind, strength, half_life_days, summary, source, event_key, is_test, occurred_at, recorded_at)
       select $1::uuid, gen_random_uuid(), $2::uuid, 'visit', 0.1, 30, 'Visit', 'test', 'crowd ' || n, false, $3::timestamptz - n * interval '1 minute', $3::timestamptz
       from generate_series(1, 20000) n`,
  };
  const longAgo = new Date(fixture.clock.now().getTime() - 30 * DAY_MS);
  await store.inWorkspace(workspaceId, (tx) => tx.rows(crowded, accountId, longAgo));
  const visits = (await explain()).evidence.filter(({ kind }) => kind === 'visit');
  expect(visits).toMatchObject([{ summary: 'The newest visit', count: 1_000 }]);
  const plan = await planOf(database.urls.admin, newestOfKinds.text, [
    workspaceId,
    accountId,
    Object.keys(SIGNAL_KINDS),
  ]);
  const read = plan.flatMap((node) => (node['Relation Name']?.startsWith('signal') ? [node] : []));
  expect(read.length).toBeGreaterThan(0);
  for (const node of read) {
    const rows = (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0);
    expect(rows * (node['Actual Loops'] ?? 1)).toBeLessThanOrEqual(1_100);
  }
});
