import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { newId } from '@penstock/kernel/ids';
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

it('claims of a crowd are served together: each item goes to one, with one note and one event; the others are told', async () => {
  const wanted = top.filter((_, at) => at % 4 === 3).slice(0, 12);
  const steps = leadSteps(fixture);
  const missing = newId(fixture.clock.now());
  const program = { ...fixture.admin, kind: 'api_key' as const };
  const asked = fixture.reps.flatMap((who, at) =>
    (at % 2 === 0 ? wanted : wanted.toReversed()).map((item) => ({ who, item })),
  );
  const claims = await Promise.allSettled([
    ...asked.map(({ who, item }) => fixture.run(who, claimQueueItem, { id: item })),
    fixture.run(fixture.reps[0], claimQueueItem, { id: missing }),
    fixture.run(program, claimQueueItem, { id: wanted[0] ?? '' }),
  ]);
  const [nobodys, programs] = claims.splice(asked.length);
  expect(nobodys).toMatchObject({ reason: { code: 'not_found' } });
  expect(programs).toMatchObject({ reason: { code: 'forbidden' } });
  const won = asked.filter((_, at) => claims[at]?.status === 'fulfilled');
  expect(new Set(won.map(({ item }) => item))).toEqual(new Set(wanted));
  expect(won).toHaveLength(wanted.length);
  for (const claim of claims)
    if (claim.status === 'rejected') expect(claim.reason).toMatchObject({ code: 'conflict' });
  const told = await steps.rows<{ who: string; item: string; events: number }>(
    `select a.actor_id as who, a.subject_id::text as item,
       (select count(*)::int from outbox_event e where e.kind = 'queue.item.changed' and e.payload->>'itemId' = a.subject_id::text and e.payload->>'claimedBy' = a.actor_id) as events
     from audit a where a.action = 'queue.claimed' and a.subject_id = any($1)`,
    wanted,
  );
  const inOrder = (rows: readonly string[]) => rows.toSorted();
  expect(inOrder(told.map(({ who, item, events }) => `${item} ${who} ${events}`))).toEqual(
    inOrder(won.map(({ item, who }) => `${item} ${who.id} 1`)),
  );
  expect(await steps.deadlocks()).toBe(0);
});
