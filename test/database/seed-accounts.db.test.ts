import { listQueue } from '@penstock/scoring/operations/list-queue';
import { seedAccounts } from '@penstock/store/seed-accounts';
import { expect, it } from 'vitest';

import { modelScore } from './model-score.ts';
import { workspaceFixture } from './workspace-fixture.ts';

it('fills a workspace whose queue is ordered at once, and the same way each time', async () => {
  await using fixture = await workspaceFixture();
  const { database, workspaceId, clock, admin } = fixture;
  const seed = { url: database.urls.admin, count: 3_000, now: clock.now(), score: modelScore };
  expect(await seedAccounts({ ...seed, workspaceId })).toMatchObject({ accounts: 3_000, queueItems: 1_500 });
  const page = await fixture.run(admin, listQueue, { limit: 50 });
  const priorities = page.items.map((item) => item.priority);
  expect(priorities).toHaveLength(50);
  expect(priorities).toEqual(priorities.toSorted((a, b) => b - a));

  const otherId = await fixture.another();
  await seedAccounts({ ...seed, workspaceId: otherId });
  const other = await fixture.run({ ...admin, workspaceId: otherId }, listQueue, { limit: 50 });
  expect(other.items.map((item) => item.account.name)).toEqual(page.items.map((item) => item.account.name));
});
