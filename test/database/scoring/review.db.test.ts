import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { readLoad, signalOutcomes } from '@penstock/scoring/operations/review-queue';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import { seedAccounts } from '@penstock/store/seed-accounts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { modelScore } from '../model-score.ts';
import { MONDAY, workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;

let fixture: WorkspaceFixture;
let accounts: string[];
beforeAll(async () => {
  fixture = await workspaceFixture();
  const { database, workspaceId, clock } = fixture;
  const seed = { url: database.urls.admin, workspaceId, count: 6, now: clock.now(), score: modelScore };
  await seedAccounts({ ...seed, queueShare: 0.5 });
  const rows = await leadSteps(fixture).rows<{ id: string }>('select id from account order by id');
  accounts = rows.map((row) => row.id);
}, 60_000);
beforeEach(() => fixture.clock.set(MONDAY));
afterAll(() => fixture[Symbol.asyncDispose]());

const daysAgo = (days: number) => new Date(MONDAY.getTime() - days * DAY_MS);
const act = (account: number, kind: 'call' | 'mail' | 'meeting', days: number, more: object = {}) =>
  fixture.run(fixture.reps[0], recordActivity, {
    accountId: accounts[account] ?? '',
    kind,
    subject: kind,
    occurredAt: daysAgo(days).toISOString(),
    ...more,
  });
const signal = (account: number, kind: 'funding' | 'hiring', days: number) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    recordSignals(
      tx,
      [
        {
          accountId: accounts[account] ?? '',
          kind,
          eventKey: `${kind} ${account} ${days}`,
          strength: 0.5,
          summary: kind,
          facts: {},
          source: 'test',
          isTest: false,
          occurredAt: daysAgo(days),
          evidence: null,
        },
      ],
      MONDAY,
      scoringPort,
    ),
  );

it('counts replies and meetings after outreach with and without a signal before it (R028)', async () => {
  await signal(0, 'funding', 25);
  await act(0, 'call', 20);
  await act(0, 'meeting', 15);
  await signal(1, 'funding', 25);
  await signal(1, 'hiring', 24);
  await act(1, 'mail', 20);
  await act(1, 'mail', 18, { direction: 'in' });
  // Too old a signal, one that came after, and none at all.
  await signal(2, 'hiring', 60);
  await act(2, 'call', 20, { outcome: 'positive' });
  await signal(3, 'funding', 10);
  await act(3, 'call', 20);
  await act(4, 'mail', 80);
  await act(4, 'meeting', 40);
  const { items, withSignal, withoutSignal } = await fixture.run(fixture.manager, signalOutcomes, {});
  // Each once, also after two kinds of signals.
  expect(withSignal).toEqual({ outreach: 2, replies: 1, meetings: 1 });
  expect(withoutSignal).toEqual({ outreach: 3, replies: 1, meetings: 0 });
  const told = items.map(({ kind, outreach, replies, meetings }) => [kind, outreach, replies, meetings]);
  expect(told).toEqual([
    [null, 3, 1, 0],
    ['funding', 2, 1, 1],
    ['hiring', 1, 1, 0],
  ]);
});

it('shows who has how much, and what nobody has touched', async () => {
  const { items } = await fixture.run(fixture.admin, listQueue, {});
  const [claimed, called] = items;
  await fixture.run(fixture.reps[0], claimQueueItem, { id: claimed?.id ?? '' });
  await act(accounts.indexOf(called?.account.id ?? ''), 'call', 0);
  const load = await fixture.run(fixture.manager, readLoad, {});
  const nobody = { name: 'Nobody', capacity: null, open: items.length, claimed: 1, doneThisWeek: 0 };
  expect(load.items).toMatchObject([{ ...nobody, untouched: items.length - 2 }]);
});

it('is for managers, not for reps', async () => {
  await expect(fixture.run(fixture.reps[0], readLoad, {})).rejects.toMatchObject({ code: 'forbidden' });
  await expect(fixture.run(fixture.reps[0], signalOutcomes, {})).rejects.toMatchObject({ code: 'forbidden' });
});
