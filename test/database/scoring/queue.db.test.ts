import { rememberIdentity } from '@penstock/accounts/identify-company';
import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { compareRanked } from '@penstock/scoring/model/exact-page';
import { completeQueueItem } from '@penstock/scoring/operations/complete-queue-item';
import { getQueueItem } from '@penstock/scoring/operations/get-queue-item';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { DEFAULT_ICP } from '@penstock/scoring/model/presets';
import { saveIcpDraft } from '@penstock/scoring/operations/manage-icp';
import { publishIcp } from '@penstock/scoring/operations/publish-icp';
import { recordRelease } from '@penstock/engagement/first-touch';
import { releaseQueueItem } from '@penstock/engagement/operations/release-item';
import { listQueues, saveQueues } from '@penstock/scoring/operations/manage-queues';
import { passOnQueueItem } from '@penstock/scoring/operations/pass-on-queue-item';
import { reopenQueueItem } from '@penstock/scoring/operations/reopen-queue-item';
import { snoozeQueueItem } from '@penstock/scoring/operations/snooze-queue-item';
import { releaseExpiredClaims } from '@penstock/scoring/release-expired-claims';
import { massesOf, scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import { seedAccounts } from '@penstock/store/seed-accounts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { leadSteps } from '../engagement/lead-steps.ts';
import { modelScore } from '../model-score.ts';
import { MONDAY, workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const HOUR_MS = 3_600_000;
const LEASE_MS = 30 * 60_000;

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  steps = leadSteps(fixture);
  const { database, workspaceId, clock } = fixture;
  await seedAccounts({
    url: database.urls.admin,
    workspaceId,
    count: 2_000,
    now: clock.now(),
    score: modelScore,
    queueShare: 1,
  });
}, 60_000);
beforeEach(() => fixture.clock.set(MONDAY));
afterAll(() => fixture[Symbol.asyncDispose]());

const mentionOf = (name: string) => ({
  name,
  formerNames: [],
  domain: null,
  ids: [],
  country: null,
  region: null,
  city: null,
});

type QueuePage = z.output<typeof listQueue.output>;
type Scored = Parameters<typeof massesOf>[0] & { id: string; fit: number };
/** The whole queue in its order at this moment, computed from the stored masses. */
async function orderFromScratch(): Promise<string[]> {
  const rows = await steps.rows<Scored>(
    `select q.id, s.fit, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at
     from queue_item q join account_score s on s.account_id = q.account_id where q.state = 'open' and q.band = 1`,
  );
  const at = fixture.clock.now();
  return rows
    .map((row) => ({ id: row.id, exact: modelScore(massesOf(row), row.fit, at).priority }))
    .toSorted(compareRanked)
    .map((row) => row.id);
}
async function pages(limit: number, count: number, readingMs: number = HOUR_MS): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < count; page += 1) {
    const answer: QueuePage = await fixture.run(fixture.admin, listQueue, { limit, cursor });
    ids.push(...answer.items.filter((item) => item.band === 'ranked').map((item) => item.id));
    cursor = answer.nextCursor;
    if (cursor === null) break;
    // The order is that of the first page, however long somebody reads.
    fixture.clock.advanceMs(readingMs);
  }
  return ids;
}

describe('the order', () => {
  type Bound = { id: string; bound: number };
  const bounds = () =>
    steps.rows<Bound>('select id, bound_0 as bound from queue_item order by bound desc, id');
  let written: Bound[];
  beforeAll(async () => {
    written = await bounds();
  });
  // Time only goes back in tests: bounds that were lowered later did not stand earlier, and one that is still to be lowered must not be.
  afterEach(() =>
    steps.rows(
      "update queue_item q set bound_0 = greatest(bound_0, b.bound), updated_at = updated_at + interval '1 ms' from unnest($1::uuid[], $2::float8[]) as b (id, bound) where q.id = b.id",
      written.map(({ id }) => id),
      written.map(({ bound }) => bound),
    ),
  );

  it('lowers the bounds of items that only look good, so that the next reader need not pass them', async () => {
    const expected = await orderFromScratch();
    // As after news that has faded since: a bound above all others, and nothing behind it.
    await steps.rows('update queue_item set bound_0 = 100 where id = any($1::uuid[])', expected.slice(-300));
    const looksBetter = async () => (await bounds()).findIndex(({ id }) => id === expected[49]);
    expect(await looksBetter()).toBeGreaterThanOrEqual(300);
    await expect
      .poll(
        async () => {
          await fixture.run(fixture.admin, listQueue, { limit: 50 });
          return looksBetter();
        },
        { timeout: 20_000 },
      )
      .toBeLessThan(110);
    expect(await pages(50, 3)).toEqual(expected.slice(0, 150));
  });

  it.each([0, 6, 7 * 24, 60 * 24])(
    'of every page is the exact one, %i hours after the last signal',
    async (hours) => {
      fixture.clock.advanceMs(hours * HOUR_MS);
      const expected = await orderFromScratch();
      expect(await pages(100, 5)).toEqual(expected.slice(0, 500));
    },
  );

  it('of all pages together holds every item once', async () => {
    const expected = await orderFromScratch();
    expect(await pages(100, 100, 60_000)).toEqual(expected);
  });

  it('is exact after a new profile has been published, and after an item was opened again', async () => {
    const { admin, run } = fixture;
    const [poor] = await steps.rows<{ id: string }>(
      `select q.id from queue_item q join account a on a.id = q.account_id join account_score s on s.account_id = q.account_id where a.country = 'BR' and s.fit = 0 limit 1`,
    );
    const last = poor?.id ?? '';
    await run(admin, completeQueueItem, { id: last, outcome: 'worked' });
    const profile = {
      ...DEFAULT_ICP,
      criteria: [{ kind: 'country' as const, anyOf: ['BR'], weight: 5, required: false }],
    };
    const { versionId } = await run(admin, saveIcpDraft, { body: profile, note: '' });
    await run(admin, publishIcp, { versionId });
    await run(admin, reopenQueueItem, { id: last });
    const expected = await orderFromScratch();
    expect(await pages(100, 100, 60_000)).toEqual(expected);
  });

  it('of what a search finds is the same, whether few or many accounts bear the name, former names too', async () => {
    const { admin, run, store, workspaceId } = fixture;
    const found = async (search: string) => {
      const page: QueuePage = await run(admin, listQueue, { search, limit: 100 });
      return page.items.map((item) => item.account.name);
    };
    const inOrder = async (wanted: (name: string, index: number) => boolean) => {
      const names = await steps.rows<{ id: string; name: string }>(
        `select q.id, a.name from queue_item q join account a on a.id = q.account_id where q.state = 'open'`,
      );
      const nameOf = new Map(names.map((row) => [row.id, row.name]));
      return (await orderFromScratch())
        .map((id) => nameOf.get(id) ?? '')
        .filter((name) => wanted(name, Number(name.split(' ').at(-1))))
        .slice(0, 100);
    };
    expect(await found('Amber, Inc.')).toEqual(await inOrder((name) => name.startsWith('Amber')));
    // Six hundred more were once called so: too many to name them one by one.
    const renamed = await steps.rows<{ id: string }>(
      `select id from account where split_part(name, ' ', 3)::int between 1000 and 1599`,
    );
    await store.inWorkspace(workspaceId, async (tx) => {
      for (const { id } of renamed)
        await rememberIdentity(tx, id, mentionOf('Amber Trading'), fixture.clock.now());
    });
    const now = await inOrder((name, index) => name.startsWith('Amber') || (index >= 1000 && index < 1600));
    expect(await found('amber')).toEqual(now);
    expect(await found('amber trading')).toEqual(await inOrder((_, index) => index >= 1000 && index < 1600));
    expect(await found('trading')).toEqual([]);
  });

  it('refuses a cursor that it never gave', async () => {
    await expect(fixture.run(fixture.admin, listQueue, { cursor: 'made-up' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

describe('a claim', () => {
  let id: string;
  let next = 0;
  beforeEach(async () => {
    id = (await orderFromScratch())[(next += 1)] ?? '';
  });
  const claim = (rep: number) => fixture.run(fixture.reps[rep] ?? fixture.admin, claimQueueItem, { id });
  const holder = async () => (await fixture.run(fixture.admin, getQueueItem, { id })).claim?.memberId ?? null;

  it('goes to one of three who press at once; the others are told who has it', async () => {
    const claims = await Promise.allSettled([claim(0), claim(1), claim(2)]);
    expect(claims.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const winner = await holder();
    for (const lost of claims.filter((one) => one.status === 'rejected')) {
      expect(lost.reason).toMatchObject({ code: 'conflict', details: { claimedBy: winner } });
    }
  });

  it('is renewed by its holder and free for others once the lease is over', async () => {
    await claim(0);
    fixture.clock.advanceMs(LEASE_MS - 1);
    await claim(0);
    fixture.clock.advanceMs(LEASE_MS - 1);
    await expect(claim(1)).rejects.toMatchObject({ code: 'conflict' });
    fixture.clock.advanceMs(1);
    expect(await holder()).toBeNull();
    await claim(1);
    expect(await holder()).toBe('bo-rep');
  });

  it('is given back by the sweep when its lease is over, and not before', async () => {
    await claim(0);
    const sweep = async () => {
      const due = await fixture.store.dueWork.expiredClaims(fixture.clock.now(), 1_000);
      const mine = due.filter((one) => one.itemId === id).map((one) => one.itemId);
      return releaseExpiredClaims(
        fixture.store,
        fixture.workspaceId,
        mine,
        fixture.clock.now(),
        recordRelease,
      );
    };
    expect(await sweep()).toBe(0);
    fixture.clock.advanceMs(LEASE_MS);
    expect([await sweep(), await sweep()]).toEqual([1, 0]);
  });

  it('is given back, put away and done by its holder alone', async () => {
    await claim(0);
    const { reps, run, clock } = fixture;
    const until = new Date(clock.now().getTime() + HOUR_MS).toISOString();
    await expect(run(reps[1], releaseQueueItem, { id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(run(reps[1], snoozeQueueItem, { id, until })).rejects.toMatchObject({ code: 'conflict' });
    await expect(run(reps[1], completeQueueItem, { id, outcome: 'worked' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await run(reps[0], snoozeQueueItem, { id, until });
    expect((await fixture.run(fixture.admin, getQueueItem, { id })).state).toBe('snoozed');
    clock.advanceMs(HOUR_MS);
    await releaseExpiredClaims(fixture.store, fixture.workspaceId, [id], clock.now(), recordRelease);
    expect((await fixture.run(fixture.admin, getQueueItem, { id })).state).toBe('open');
  });

  it('is not possible for who does not see the item', async () => {
    await fixture.store.withRecords(fixture.workspaceId, ({ db }) =>
      db.queueItem.updateMany({ where: { id }, data: { ownerId: 'ada-rep' } }),
    );
    const blind = { ...fixture.reps[1], visibleOwnerIds: ['bo-rep'] };
    await expect(fixture.run(blind, claimQueueItem, { id })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an item', () => {
  let id: string;
  let next = 20;
  beforeEach(async () => {
    id = (await orderFromScratch())[(next += 1)] ?? '';
  });
  const state = async () => (await fixture.run(fixture.admin, getQueueItem, { id })).state;
  const news = async (kind: 'funding' | 'champion_departure') => {
    const { store, workspaceId, clock } = fixture;
    const accountId = (await fixture.run(fixture.admin, getQueueItem, { id })).account.id;
    const signal = { accountId, kind, eventKey: `${kind} ${id}`, strength: 0.5, summary: 'News', facts: {} };
    const seen = { source: 'test', isTest: false, occurredAt: clock.now(), evidence: null };
    await store.inWorkspace(workspaceId, (tx) =>
      recordSignals(tx, [{ ...signal, ...seen }], clock.now(), scoringPort),
    );
  };

  it('that was put away until something new happens comes back with it, and not by itself', async () => {
    await fixture.run(fixture.admin, snoozeQueueItem, { id, orSignal: true });
    fixture.clock.advanceMs(30 * 24 * HOUR_MS);
    const due = await fixture.store.dueWork.expiredClaims(fixture.clock.now(), 1_000);
    expect(due.map((one) => one.itemId)).not.toContain(id);
    await news('champion_departure');
    expect(await state()).toBe('snoozed');
    await news('funding');
    expect(await state()).toBe('open');
  });

  it('that was put away until a time stays away until then, whatever happens', async () => {
    const until = new Date(fixture.clock.now().getTime() + HOUR_MS).toISOString();
    await fixture.run(fixture.admin, snoozeQueueItem, { id, until });
    await news('funding');
    expect(await state()).toBe('snoozed');
    await expect(fixture.run(fixture.admin, snoozeQueueItem, { id })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('is passed on with the reason, and back; not away from who works on it, and to nobody who is not there', async () => {
    const { reps, run, admin } = fixture;
    const pass = (who: number, toMemberId: string) =>
      run(reps[who] ?? admin, passOnQueueItem, { id, toMemberId, reason: 'Speaks Dutch' });
    await run(reps[0], claimQueueItem, { id });
    await expect(pass(1, 'bo-rep')).rejects.toMatchObject({ code: 'conflict' });
    await pass(0, 'bo-rep');
    expect(await run(admin, getQueueItem, { id })).toMatchObject({
      owner: { id: 'bo-rep' },
      claim: null,
      passedOn: { by: 'Ada Rep', reason: 'Speaks Dutch' },
    });
    await pass(1, 'ada-rep');
    await expect(pass(0, 'nobody')).rejects.toMatchObject({ code: 'invalid' });
    await expect(
      run(reps[0], passOnQueueItem, { id, toMemberId: 'bo-rep', reason: ' ' }),
    ).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('a defined queue', () => {
  async function pagesOf(queue: string, limit: number, most = Infinity): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | null = null;
    for (let read = 0; read === 0 || (cursor !== null && read < most); read += 1) {
      const page: QueuePage = await fixture.run(fixture.admin, listQueue, { queue, limit, cursor });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    return found;
  }

  it('holds what its filter asks for, in the exact order, over as many pages as it takes', async () => {
    const hot = {
      key: 'warm',
      name: 'Warm',
      capacity: 20,
      serviceLevelMinutes: 60,
      filter: { minSignal: 12, deals: 'without_open' as const, band: 'ranked' as const },
    };
    await fixture.run(fixture.admin, saveQueues, { queues: [hot] });
    const { items: shipped } = await fixture.run(fixture.admin, listQueues, {});
    expect(shipped).toMatchObject([{ key: 'warm', filter: { minSignal: 12, kinds: [] } }]);
    const all = await pages(100, 100, 60_000);
    fixture.clock.set(MONDAY);
    const warm = new Map(
      (
        await steps.rows<Scored>(
          `select q.id, s.fit, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at
         from queue_item q join account_score s on s.account_id = q.account_id where q.state = 'open' and q.band = 1`,
        )
      ).map((row) => [row.id, modelScore(massesOf(row), row.fit, MONDAY).signal >= 12]),
    );
    const found = await pagesOf('warm', 5);
    expect(found).toEqual(all.filter((id) => warm.get(id)));
    expect(found.length).toBeGreaterThan(5);
  });

  it.each(['signal', 'waiting'] as const)(
    'stands in an order of its own, page by page: %s',
    async (order) => {
      const queue = { key: 'own', name: 'Own', order, capacity: 20, serviceLevelMinutes: 60, filter: {} };
      await fixture.run(fixture.admin, saveQueues, { queues: [queue] });
      // Later than anything that was scored: from then on bounds hold.
      const at = new Date(MONDAY.getTime() + 30 * 24 * HOUR_MS);
      fixture.clock.set(at);
      const rows = await steps.rows<Scored & { band: number; createdAt: Date }>(
        `select q.id, q.band, q.created_at as "createdAt", s.fit, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at
       from queue_item q left join account_score s on s.account_id = q.account_id where q.state = 'open' and not q.is_test`,
      );
      const rankOf = (row: (typeof rows)[number]) =>
        order === 'signal' ? modelScore(massesOf(row), row.fit ?? 0, at).signal : -row.createdAt.getTime();
      const expected = rows
        .toSorted((a, b) => a.band - b.band || rankOf(b) - rankOf(a) || (a.id < b.id ? -1 : 1))
        .map(({ id }) => id);
      const found = await pagesOf('own', 20, 3);
      expect(found).toEqual(expected.slice(0, 60));
    },
  );

  it('is refused when it asks for what there is not', async () => {
    const { run, admin } = fixture;
    const queue = { key: 'one', name: 'One', capacity: 1, serviceLevelMinutes: 1, filter: {} };
    for (const queues of [
      [queue, queue],
      [{ ...queue, filter: { kinds: ['no such kind'] } }],
      [{ ...queue, capacity: 0 }],
      [{ ...queue, filter: { minSignal: 101 } }],
    ])
      await expect(run(admin, saveQueues, { queues })).rejects.toMatchObject({ code: 'invalid' });
    await expect(run(admin, listQueue, { queue: 'no-such-queue' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
