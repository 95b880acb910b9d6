import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { setAccountTraitOperation } from '@penstock/accounts/operations/set-account-trait';
import { judgeFitsAgain } from '@penstock/scoring/judge-fits-again';
import { ICP_TEMPLATES, MID_MARKET_FINANCE } from '@penstock/scoring/model/icp-templates';
import type { Icp } from '@penstock/scoring/model/icp';
import { compareIcp } from '@penstock/scoring/operations/compare-icp';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { judgeIcp } from '@penstock/scoring/operations/judge-icp';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { saveIcpDraft } from '@penstock/scoring/operations/manage-icp';
import { publishIcp } from '@penstock/scoring/operations/publish-icp';
import { refreshScores, scoringPort } from '@penstock/scoring/rescore';
import { recordSignals, type NewSignal } from '@penstock/signals/record-signals';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;
const setTrait = setAccountTraitOperation({ onChanged: refreshScores });

let fixture: WorkspaceFixture;
const accounts = new Map<string, string>();
beforeAll(async () => {
  fixture = await workspaceFixture();
  for (const [name, employees] of [
    ['Below', 199],
    ['Least', 200],
    ['Most', 1_000],
    ['Above', 1_001],
  ] as const)
    accounts.set(name, await add(name, employees));
}, 60_000);
afterAll(() => fixture[Symbol.asyncDispose]());

async function add(name: string, employeeCount: number): Promise<string> {
  const { store, workspaceId, clock } = fixture;
  const now = clock.now();
  const { accountId } = await store.inWorkspace(workspaceId, (tx) => {
    const named = { name, formerNames: [], domain: null, ids: [], country: 'US', region: null, city: null };
    return findOrCreateAccount(tx, named, {
      state: 'active',
      origin: 'import',
      isTest: false,
      ownerId: null,
      now,
    });
  });
  await store.withRecords(workspaceId, ({ db }) =>
    db.account.updateMany({ where: { workspaceId, id: accountId }, data: { employeeCount } }),
  );
  await record(accountId, 'hiring_growth', 10, { team: 'Accounting' });
  return accountId;
}

const record = (
  accountId: string,
  kind: NewSignal['kind'],
  daysAgo: number,
  facts: NewSignal['facts'] = {},
) => {
  const { store, workspaceId, clock } = fixture;
  const now = clock.now();
  const signal: NewSignal = {
    accountId,
    kind,
    eventKey: `${accountId} ${kind} ${daysAgo}`,
    strength: 0.5,
    summary: kind,
    facts,
    source: 'test',
    isTest: false,
    occurredAt: new Date(now.getTime() - daysAgo * DAY_MS),
    evidence: null,
  };
  return store.inWorkspace(workspaceId, (tx) => recordSignals(tx, [signal], now, scoringPort));
};
const publish = async (icp: Icp) => {
  const { versionId } = await fixture.run(fixture.admin, saveIcpDraft, { body: icp });
  await fixture.run(fixture.admin, publishIcp, { versionId });
};
const idOf = (name: string) => accounts.get(name) ?? '';
const explain = (name: string) => fixture.run(fixture.admin, explainScore, { accountId: idOf(name) });

it('R015: ranks by mid-market finance, both edges inside, with what people said and what was hired for', async () => {
  for (const words of [['manual processes', 'better financial reporting']])
    for (const id of accounts.values())
      await fixture.run(fixture.reps[0], setTrait, { id, trait: 'pain_points', words });
  await publish(MID_MARKET_FINANCE);
  const fits: Record<string, number> = {};
  for (const name of accounts.keys()) fits[name] = Math.round((await explain(name)).fit);
  expect(fits).toEqual({ Below: 0, Least: 100, Most: 100, Above: 0 });
});

it('counts a trait at once, and explains by the fit that the queue is ranked by', async () => {
  const before = await explain('Least');
  await fixture.run(fixture.reps[0], setTrait, { id: idOf('Least'), trait: 'pain_points', words: [] });
  const after = await explain('Least');
  expect(after.fit).toBeLessThan(before.fit);
  const page = await fixture.run(fixture.admin, listQueue, {});
  for (const item of page.items) {
    const explained = await fixture.run(fixture.admin, explainScore, { accountId: item.account.id });
    expect([item.fit, item.priority]).toEqual([
      expect.closeTo(explained.fit, 9),
      expect.closeTo(explained.priority, 9),
    ]);
    expect(explained.fitParts.reduce((sum, part) => sum + part.points, 0)).toBeCloseTo(explained.fit, 9);
  }
});

it('says before publishing that nobody is left, and who keeps them out', async () => {
  const body: Icp = {
    name: 'Nobody',
    criteria: [
      ...MID_MARKET_FINANCE.criteria,
      { kind: 'country', anyOf: ['FR'], weight: 1, required: true, excluded: false },
    ],
  };
  const counts = await fixture.run(fixture.admin, judgeIcp, { body });
  expect(counts).toMatchObject({ looked: 4, cut: false, excluded: 4, good: 0 });
  expect(counts.warning).toBe('This profile excludes every account. “Country: FR” alone keeps out 4 of 4.');
  const possible = await fixture.run(fixture.admin, judgeIcp, { body: MID_MARKET_FINANCE });
  expect(possible).toMatchObject({ excluded: 2, warning: null });
  expect(possible.criteria[0]).toMatchObject({ excluded: 2, alone: 2 });
});

it('says who would enter and leave the top of the queue, and which criterion moves them', async () => {
  const body: Icp = {
    ...MID_MARKET_FINANCE,
    criteria: MID_MARKET_FINANCE.criteria.map((criterion) =>
      criterion.kind === 'employee_count' ? { ...criterion, min: 1_001, max: 5_000 } : criterion,
    ),
  };
  const shifted = await fixture.run(fixture.admin, compareIcp, { body });
  // Four accounts are all within the first 50: nobody enters, nobody leaves.
  expect(shifted).toEqual({ top: 50, candidates: 4, enter: [], leave: [], stay: 4 });
});

it('lets a behaviour lapse by itself, at the moment it lies too far back', async () => {
  const { store, clock } = fixture;
  await publish({
    name: 'Visitors',
    criteria: [
      { kind: 'behaviour', anyOf: ['visit'], withinDays: 30, weight: 1, required: false, excluded: false },
    ],
  });
  await record(idOf('Most'), 'visit', 29);
  expect((await explain('Most')).fit).toBe(100);
  const { workspaceId } = fixture;
  const due = async () =>
    (await store.dueWork.dueFits(clock.now(), 100)).filter((one) => one.workspaceId === workspaceId);
  expect(await due()).toEqual([]);
  clock.set(new Date(clock.now().getTime() + DAY_MS + 1));
  expect(await due()).toEqual([{ workspaceId, accountId: idOf('Most') }]);
  await judgeFitsAgain(store, await due(), clock.now());
  expect((await explain('Most')).fit).toBe(0);
  expect(await due()).toEqual([]);
});

it('refuses what can’t be, and names the field', async () => {
  const run = (words: string[], trait: 'stakeholders' | 'pain_points' = 'stakeholders') =>
    fixture.run(fixture.reps[0], setTrait, { id: idOf('Least'), trait, words });
  await expect(run(['many'])).rejects.toMatchObject({ code: 'invalid', issues: [{ field: 'words' }] });
  const [first] = ICP_TEMPLATES;
  const draft = (criterion: Icp['criteria'][number]) =>
    fixture.run(fixture.admin, saveIcpDraft, {
      body: { name: 'x', criteria: [...(first?.criteria ?? []), criterion] },
    });
  const counting = { weight: 1, required: false, excluded: false };
  await expect(draft({ kind: 'stakeholders', min: 9, max: 2, ...counting })).rejects.toMatchObject({
    code: 'invalid',
    issues: [{ field: 'body.criteria.4' }],
  });
  await expect(draft({ kind: 'behaviour', anyOf: ['yawning'], withinDays: 9, ...counting })).rejects.toThrow(
    'body.criteria.4.anyOf.0: is no kind of signal',
  );
});
