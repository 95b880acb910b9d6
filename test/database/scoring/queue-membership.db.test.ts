import { mergeAccounts } from '@penstock/accounts/merge-accounts';
import { erasePerson } from '@penstock/accounts/operations/manage-personal-data';
import { recordRelease } from '@penstock/engagement/first-touch';
import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { newId } from '@penstock/kernel/ids';
import { giveBackItems } from '@penstock/scoring/give-back';
import { DEFAULT_QUEUES } from '@penstock/scoring/model/queue-definition';
import { completeQueueItem } from '@penstock/scoring/operations/complete-queue-item';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { saveQueues } from '@penstock/scoring/operations/manage-queues';
import { passOnQueueItem } from '@penstock/scoring/operations/pass-on-queue-item';
import { readIcpFeedback } from '@penstock/scoring/operations/read-icp-feedback';
import { readServiceLevels } from '@penstock/scoring/operations/read-service-levels';
import { reopenQueueItem } from '@penstock/scoring/operations/reopen-queue-item';
import { readSignalsSince } from '@penstock/scoring/recent-signals';
import { updateMemberOperation } from '@penstock/workspace/operations/manage-members';
import { dismissAccount } from '@penstock/accounts/operations/change-accounts';
import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const updateMember = updateMemberOperation({
  onLeft: (tx, memberId, now) => giveBackItems(tx, memberId, now, recordRelease),
});

let fixture: WorkspaceFixture;
let told = 0;
beforeAll(async () => {
  fixture = await workspaceFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

/** An account of an owner with a fresh signal. */
async function accountWithNews(
  name: string,
  ownerId: string | null,
  state: 'active' | 'proposed' = 'active',
) {
  const { store, workspaceId, clock } = fixture;
  const mention = { name, formerNames: [], domain: null, ids: [], country: null, region: null, city: null };
  const now = clock.now();
  const as = { state, origin: 'signal' as const, isTest: false, ownerId, now };
  const { accountId } = await store.inWorkspace(workspaceId, (tx) => findOrCreateAccount(tx, mention, as));
  await news(accountId);
  return accountId;
}

async function news(accountId: string): Promise<void> {
  const { store, workspaceId, clock } = fixture;
  told += 1;
  const signal = {
    accountId,
    kind: 'funding' as const,
    eventKey: `news ${told}`,
    strength: 0.5,
    summary: 'News',
  };
  const seen = { facts: {}, source: 'test', isTest: false, occurredAt: clock.now(), evidence: null };
  await store.inWorkspace(workspaceId, (tx) =>
    recordSignals(tx, [{ ...signal, ...seen }], clock.now(), scoringPort),
  );
}

const listed = async (who: WorkspaceFixture['admin'], filter: 'all' | 'team' | 'for_me') =>
  (await fixture.run(who, listQueue, { filter })).items.map(({ account }) => account.name).toSorted();

it('shows a team its own and what is nobody’s, and a rep what they may take', async () => {
  const { store, workspaceId, clock, reps } = fixture;
  const teamId = '01900000-0000-7000-8000-000000000001';
  await store.withRecords(workspaceId, async ({ db }) => {
    await db.team.create({ data: { workspaceId, id: teamId, name: 'West', createdAt: clock.now() } });
    const west = { workspaceId, id: { in: [reps[0].id, reps[1].id] } };
    await db.member.updateMany({ where: west, data: { teamId } });
  });
  await accountWithNews('Of Ada', reps[0].id);
  await accountWithNews('Of Bo', reps[1].id);
  await accountWithNews('Of Cy', reps[2].id);
  await accountWithNews('Of nobody', null);
  expect(await listed(reps[0], 'all')).toEqual(['Of Ada', 'Of Bo', 'Of Cy', 'Of nobody']);
  expect(await listed(reps[0], 'team')).toEqual(['Of Ada', 'Of Bo', 'Of nobody']);
  expect(await listed(reps[2], 'team')).toEqual(['Of Cy', 'Of nobody']);
  expect(await listed(reps[0], 'for_me')).toEqual(['Of Ada', 'Of nobody']);
});

it('keeps a dismissed account out, whatever is told of it later', async () => {
  const id = await accountWithNews('Not ours', null, 'proposed');
  expect(await listed(fixture.admin, 'all')).toContain('Not ours');
  await fixture.run(fixture.admin, dismissAccount, { id });
  await news(id);
  expect(await listed(fixture.admin, 'all')).not.toContain('Not ours');
});

const itemOf = async (accountId: string) =>
  (await fixture.run(fixture.admin, listQueue, { limit: 100 })).items.find(
    (one) => one.account.id === accountId,
  );
const claimed = async (name: string, ownerId: string | null, rep = 0) => {
  const accountId = await accountWithNews(name, ownerId);
  const id = (await itemOf(accountId))?.id ?? '';
  await fixture.run(fixture.reps[rep] ?? fixture.admin, claimQueueItem, { id });
  return { accountId, id };
};

it('gives back what a member holds when they leave: their claims end, and their items are nobody’s', async () => {
  const { admin, reps, run } = fixture;
  const own = await claimed('Owned by who leaves', reps[2].id, 2);
  const taken = await claimed('Taken by who leaves', reps[1].id, 2);
  const other = await claimed('Taken by somebody else', reps[2].id, 0);
  await run(admin, updateMember, { id: reps[2].id, active: false });
  expect(await itemOf(own.accountId)).toMatchObject({ claim: null, owner: null });
  expect(await itemOf(taken.accountId)).toMatchObject({ claim: null, owner: { id: reps[1].id } });
  expect(await itemOf(other.accountId)).toMatchObject({ claim: { memberId: reps[0].id }, owner: null });
  await run(reps[0], claimQueueItem, { id: own.id });
  await expect(
    run(reps[0], passOnQueueItem, { id: own.id, toMemberId: reps[2].id, reason: 'Yours' }),
  ).rejects.toMatchObject({ code: 'invalid', issues: [{ field: 'toMemberId' }] });
  await run(admin, updateMember, { id: reps[2].id, active: true });
});

it('renews the lease of who works on the account, and of nobody else', async () => {
  const { clock, reps, run } = fixture;
  const { accountId } = await claimed('Worked on', reps[0].id);
  const until = async () => Date.parse((await itemOf(accountId))?.claim?.expiresAt ?? '');
  const before = await until();
  clock.advanceMs(10 * 60_000);
  await run(reps[1], recordActivity, { accountId, kind: 'note', direction: 'none', subject: 'Seen' });
  expect(await until()).toBe(before);
  await run(reps[0], recordActivity, { accountId, kind: 'note', direction: 'none', subject: 'Called' });
  expect(await until()).toBe(before + 10 * 60_000);
});

it('tells who had claimed an account that was merged away, and loses nothing of the other', async () => {
  const { store, workspaceId, clock, reps, run } = fixture;
  const gone = await claimed('Merged away', reps[0].id);
  const stays = await accountWithNews('Merged into', reps[1].id);
  await store.inWorkspace(workspaceId, (tx) => mergeAccounts(tx, gone.accountId, stays, clock.now()));
  expect(await itemOf(gone.accountId)).toBeUndefined();
  expect(await itemOf(stays)).toMatchObject({ claim: null, state: 'open' });
  await expect(run(reps[0], completeQueueItem, { id: gone.id, outcome: 'worked' })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('closed already'),
  });
});

it('keeps the claim of an account whose only person is erased, and names nobody', async () => {
  const { store, workspaceId, clock, reps, run, admin } = fixture;
  const { accountId, id } = await claimed('With a person', reps[0].id);
  const personId = newId(clock.now());
  await store.withRecords(workspaceId, ({ db }) =>
    db.person.create({
      data: {
        workspaceId,
        id: personId,
        accountId,
        givenName: 'Zoe',
        familyName: 'Quill',
        origin: 'manual',
        createdAt: clock.now(),
        updatedAt: clock.now(),
      },
    }),
  );
  expect((await itemOf(accountId))?.contact?.name).toBe('Zoe Quill');
  await run(admin, erasePerson, { id: personId, confirmName: 'Zoe Quill' });
  expect(await itemOf(accountId)).toMatchObject({ contact: null, claim: { memberId: reps[0].id } });
  await run(reps[0], completeQueueItem, { id, outcome: 'worked' });
});

it('teaches with "junk signal" against the source, and takes it back with undo', async () => {
  const { store, workspaceId, reps, run } = fixture;
  const { accountId, id } = await claimed('With junk', reps[0].id);
  const verdicts = () =>
    store.withRecords(workspaceId, ({ db }) =>
      db.signalVerdict.findMany({ where: { workspaceId, memberId: reps[0].id, verdict: 'junk' } }),
    );
  await run(reps[0], completeQueueItem, { id, outcome: 'junk_signal' });
  expect(await verdicts()).toHaveLength(1);
  expect(await itemOf(accountId)).toBeUndefined();
  await run(reps[0], reopenQueueItem, { id });
  expect(await verdicts()).toHaveLength(0);
  expect((await itemOf(accountId))?.id).toBe(id);
});

it('teaches with "not a fit" what such accounts share', async () => {
  const { store, workspaceId, reps, run, admin } = fixture;
  for (const name of ['Game one', 'Game two', 'Game three']) {
    const { accountId, id } = await claimed(name, reps[0].id);
    await store.withRecords(workspaceId, ({ db }) =>
      db.account.updateMany({ where: { workspaceId, id: accountId }, data: { industry: 'Computer games' } }),
    );
    await run(reps[0], completeQueueItem, { id, outcome: 'not_a_fit' });
  }
  const told = await run(admin, readIcpFeedback, {});
  // The account that was dismissed before counts too, the one that was merged away does not.
  expect(told).toMatchObject({ notFit: 4, calledGood: 0 });
  expect(told.lessons).toEqual([{ label: 'Industry', value: 'Computer games', notFit: 3, worked: 0 }]);
});

it('passes an item on and back to nobody', async () => {
  const { reps, run } = fixture;
  const accountId = await accountWithNews('Of nobody at first', null);
  const id = (await itemOf(accountId))?.id ?? '';
  await run(reps[0], passOnQueueItem, { id, toMemberId: reps[1].id, reason: 'Knows them' });
  expect(await itemOf(accountId)).toMatchObject({ owner: { id: reps[1].id }, passedOn: { by: 'Ada Rep' } });
  await run(reps[0], passOnQueueItem, { id, toMemberId: null, reason: 'Undone' });
  expect(await itemOf(accountId)).toMatchObject({ owner: null });
});

it('holds queues of a team and of a territory', async () => {
  const { store, workspaceId, reps, run, admin } = fixture;
  const teamId = '01900000-0000-7000-8000-000000000001';
  const german = await accountWithNews('German', null);
  await store.withRecords(workspaceId, ({ db }) =>
    db.account.updateMany({ where: { workspaceId, id: german }, data: { country: 'DE' } }),
  );
  const [first] = DEFAULT_QUEUES;
  const all = { ...first, filter: { ...first?.filter, band: 'any' as const } };
  const queueOf = (key: string, filter: object) => ({
    key,
    name: key,
    about: '',
    capacity: 5,
    serviceLevelMinutes: 60,
    filter: { ...all.filter, ...filter },
  });
  const queues = [
    queueOf('west', { teams: [teamId] }),
    queueOf('dach', { countries: ['DE'] }),
    queueOf('of-ada', { owners: [reps[0].id] }),
  ];
  await run(admin, saveQueues, { queues });
  const inside = async (queue: string) =>
    (await run(admin, listQueue, { queue, limit: 100 })).items.map((item) => [
      item.account.name,
      item.owner?.id ?? null,
    ]);
  expect(await inside('dach')).toEqual([['German', null]]);
  const west = await inside('west');
  expect(west.length).toBeGreaterThan(1);
  expect(west.every(([, owner]) => owner === reps[0].id || owner === reps[1].id)).toBe(true);
  expect((await inside('of-ada')).every(([, owner]) => owner === reps[0].id)).toBe(true);
  const { items: levels } = await run(admin, readServiceLevels, {});
  expect(levels.map(({ key, count }) => [key, count])).toEqual([
    ['west', west.length],
    ['dach', 1],
    ['of-ada', (await inside('of-ada')).length],
  ]);
});

it('keeps one number per kind however many signals an account has, and takes a future one as of now', async () => {
  const { store, workspaceId, clock, run, admin } = fixture;
  const accountId = await accountWithNews('Loud', null);
  const now = clock.now();
  const batch = (from: number) =>
    Array.from({ length: 500 }, (_, index) => ({
      accountId,
      kind: index % 2 === 0 ? ('visit' as const) : ('intent' as const),
      eventKey: `loud ${from + index}`,
      strength: 0.3,
      summary: 'Loud',
      facts: {},
      source: 'test',
      isTest: false,
      // The last ones lie in the future.
      occurredAt: new Date(now.getTime() + (index - 495) * 3_600_000),
      evidence: null,
    }));
  for (const from of [0, 500])
    await store.inWorkspace(workspaceId, (tx) => recordSignals(tx, batch(from), now, scoringPort));
  const [score] = await store.withRecords(workspaceId, ({ db }) =>
    db.accountScore.findMany({ where: { workspaceId, accountId } }),
  );
  expect(score?.massKinds.toSorted()).toEqual(['funding', 'intent', 'visit']);
  expect(score?.massAt.every((at) => at <= now)).toBe(true);
  const since = new Date(now.getTime() - 7 * 86_400_000);
  const rows = await store.inWorkspace(workspaceId, (tx) => readSignalsSince(tx, [accountId], since));
  expect(rows.map(({ kind }) => kind).toSorted()).toEqual(['funding', 'intent', 'visit']);
  const explained = await run(admin, explainScore, { accountId });
  expect(Object.fromEntries(explained.evidence.map(({ kind, count }) => [kind, count]))).toEqual({
    funding: 1,
    intent: 500,
    visit: 500,
  });
  const sum = explained.contributions.reduce((total, part) => total + part.points, 0);
  expect(sum).toBeCloseTo(explained.signalScore, 9);
  expect(explained.signalScore).toBeLessThan(100);
});
