import { dismissAccount } from '@penstock/accounts/operations/change-accounts';
import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

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
