import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { DEFAULT_QUEUES } from '@penstock/scoring/model/queue-definition';
import { readServiceLevels } from '@penstock/scoring/operations/read-service-levels';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import { invariant } from '@penstock/kernel/invariant';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

let fixture: WorkspaceFixture;
const ids: string[] = [];
const HOUR_MS = 3_600_000;
beforeAll(async () => {
  fixture = await workspaceFixture();
  const { store, workspaceId, clock } = fixture;
  for (const name of ['Amber', 'Birch', 'Cedar']) {
    const mention = { name, formerNames: [], domain: null, ids: [], country: null, region: null, city: null };
    const now = clock.now();
    await store.inWorkspace(workspaceId, async (tx) => {
      const as = { state: 'active', origin: 'signal', isTest: false, ownerId: null, now } as const;
      const { accountId } = await findOrCreateAccount(tx, mention, as);
      ids.push(accountId);
      const signal = { accountId, kind: 'funding' as const, eventKey: name, strength: 0.9, summary: 'News' };
      const seen = { facts: {}, source: 'test', isTest: false, occurredAt: now, evidence: null };
      await recordSignals(tx, [{ ...signal, ...seen }], now, scoringPort);
    });
  }
});
afterAll(() => fixture[Symbol.asyncDispose]());

const [first] = DEFAULT_QUEUES;
invariant(first, 'there are queues');
const RANKED = {
  ...first,
  key: 'ranked',
  filter: { ...first.filter, band: 'ranked' as const },
  serviceLevelMinutes: 240,
};
const levels = async () =>
  (
    await fixture.run(fixture.admin, readServiceLevels, {
      queues: [RANKED, { ...RANKED, key: 'strict', serviceLevelMinutes: 30 }],
    })
  ).items;

it('counts what queues would hold, who was touched in time, and what is about to be missed', async () => {
  const { clock, reps } = fixture;
  const start = clock.now();
  clock.set(new Date(start.getTime() + HOUR_MS));
  const touch = { kind: 'mail' as const, accountId: ids[0] ?? '', subject: 'Hello' };
  await fixture.run(reps[0], recordActivity, touch);
  expect(await levels()).toMatchObject([
    { key: 'ranked', count: 3, soon: 0, missed: 0, touched: 1, medianMinutes: 60 },
    { key: 'strict', count: 3, missed: 3 },
  ]);
  clock.set(new Date(start.getTime() + 3.5 * HOUR_MS));
  expect((await levels())[0]).toMatchObject({ soon: 2, missed: 0 });
  clock.set(new Date(start.getTime() + 5 * HOUR_MS));
  expect((await levels())[0]).toMatchObject({ soon: 0, missed: 2 });
});
