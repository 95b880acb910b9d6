import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { scoringPort } from '@penstock/scoring/rescore';
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
