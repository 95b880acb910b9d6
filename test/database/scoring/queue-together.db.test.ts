import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { seedAccounts } from '@penstock/store/seed-accounts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';

import { leadSteps } from '../engagement/lead-steps.ts';
import { modelScore } from '../model-score.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

type QueuePage = z.output<typeof listQueue.output>;
const HOUR_MS = 3_600_000;
/** Of Ada and Bo, who see each other's work. */
const TEAM = '0197a3c0-0000-7000-8000-000000000001';

let fixture: WorkspaceFixture;
/** Open items in their order; every fourth is Ada's, the one behind it Bo's, the next is claimed by Cy. */
let top: string[];
beforeAll(async () => {
  fixture = await workspaceFixture();
  const { database, workspaceId, clock, admin, run } = fixture;
  await seedAccounts({
    url: database.urls.admin,
    workspaceId,
    count: 300,
    now: clock.now(),
    score: modelScore,
    queueShare: 1,
  });
  top = (await run(admin, listQueue, { limit: 100 })).items.map(({ id }) => id);
  const steps = leadSteps(fixture);
  const give = (owner: string | null, claimer: string | null, from: number) =>
    steps.rows(
      `update queue_item set owner_id = $1, claimed_by = $2, claim_expires_at = case when $2::text is not null then $3::timestamptz end where id = any($4::uuid[])`,
      owner,
      claimer,
      new Date(clock.now().getTime() + HOUR_MS),
      top.filter((_, at) => at % 4 === from),
    );
  await steps.rows(
    "insert into team (workspace_id, id, name, created_at) values ($1, $2, 'North', $3)",
    workspaceId,
    TEAM,
    clock.now(),
  );
  await steps.rows("update member set team_id = $1 where id in ('ada-rep', 'bo-rep')", TEAM);
  await give('ada-rep', null, 0);
  await give('bo-rep', null, 1);
  await give(null, 'cy-rep', 2);
}, 60_000);
afterAll(() => fixture[Symbol.asyncDispose]());

it('a page is what each member sees alone, though many read it at once', async () => {
  const { reps, admin, run } = fixture;
  const [ada, bo, cy] = reps;
  const north = { teamId: TEAM, visibleOwnerIds: [ada.id, bo.id] };
  const members = [{ ...ada, ...north }, { ...bo, ...north }, { ...cy, visibleOwnerIds: [cy.id] }, admin];
  const asked = members.flatMap((member) =>
    (['all', 'for_me', 'unclaimed', 'team'] as const).map((filter) => ({ member, filter })),
  );
  const shown = async ({ member, filter }: (typeof asked)[number]) => {
    const page: QueuePage = await run(member, listQueue, { filter, limit: 20 });
    return page.items.map((item) => `${item.id} ${item.claim?.memberId ?? ''}`);
  };
  const alone: string[][] = [];
  for (const one of asked) alone.push(await shown(one));
  expect(new Set(alone.map((ids) => ids.join())).size).toBeGreaterThan(5);
  expect(await Promise.all(asked.map(shown))).toEqual(alone);
});

it('a page shows what its reader has just claimed, however many are being read', async () => {
  const { reps, admin, run } = fixture;
  const wanted = top[1] ?? '';
  const crowd = Array.from({ length: 8 }, () => run(admin, listQueue, { limit: 20 }));
  await run(reps[1], claimQueueItem, { id: wanted });
  const after: QueuePage[] = await Promise.all(
    Array.from({ length: 4 }, () => run(reps[1], listQueue, { limit: 20 })),
  );
  await Promise.all(crowd);
  for (const page of after)
    expect(page.items.find(({ id }) => id === wanted)?.claim?.memberId).toBe('bo-rep');
});
