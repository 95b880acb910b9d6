import { createAccount } from '@penstock/accounts/identify-company';
import { addEvent, halfLives, type Mass } from '@penstock/scoring/model/intent';
import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { massesOf, scoringPort } from '@penstock/scoring/rescore';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { correctSignal } from '@penstock/signals/correct-signal';
import { recordSignals, type NewSignal } from '@penstock/signals/record-signals';
import { listSignals } from '@penstock/signals/operations/read-signals';
import { newId } from '@penstock/kernel/ids';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';

import { leadSteps } from '../engagement/lead-steps.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;
type FeedInput = z.input<(typeof listSignals)['input']>;

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  steps = leadSteps(fixture);
});
afterAll(() => fixture[Symbol.asyncDispose]());

const account = (name: string) => {
  const { store, workspaceId, clock } = fixture;
  const mention = { name, formerNames: [], domain: null, ids: [], country: null, region: null, city: null };
  return store.inWorkspace(workspaceId, (tx) =>
    createAccount(tx, mention, {
      state: 'active',
      origin: 'manual',
      isTest: false,
      ownerId: null,
      now: clock.now(),
    }),
  );
};
const signal = (accountId: string, eventKey: string, more: Partial<NewSignal> = {}): NewSignal => ({
  accountId,
  kind: 'funding',
  eventKey,
  strength: 0.6,
  summary: `Event ${eventKey}`,
  facts: {},
  source: 'test',
  isTest: false,
  occurredAt: fixture.clock.now(),
  evidence: null,
  ...more,
});
const record = (...batch: NewSignal[]) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    recordSignals(tx, batch, fixture.clock.now(), scoringPort),
  );
const correct = (event: NewSignal) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    correctSignal(tx, event, fixture.clock.now(), scoringPort),
  );
const score = (accountId: string) => fixture.run(fixture.admin, explainScore, { accountId });
async function masses(accountId: string) {
  const [row] = await steps.rows<Parameters<typeof massesOf>[0]>(
    'select mass_kinds as kinds, mass_values as values, mass_half_lives as "halfLives", mass_at as at from account_score where account_id = $1',
    accountId,
  );
  return row ? massesOf(row).toSorted((a, b) => a.kind.localeCompare(b.kind)) : [];
}
const total = async (accountId: string) =>
  (await masses(accountId)).reduce((sum, mass) => sum + mass.value, 0);
const daysAgo = (days: number) => new Date(fixture.clock.now().getTime() - days * DAY_MS);

it('tells an event once: again, in one batch, months later, and ten times at once', async () => {
  const id = await account('Once Works');
  expect(await record(signal(id, 'once'), signal(id, 'once'))).toHaveLength(1);
  expect(await record(signal(id, 'once'))).toEqual([]);
  const start = fixture.clock.now();
  fixture.clock.advanceMs(70 * DAY_MS);
  expect(await record(signal(id, 'once'))).toEqual([]);
  fixture.clock.set(start);
  const many = await Promise.all(Array.from({ length: 10 }, () => record(signal(id, 'twice'))));
  expect(many.flat()).toHaveLength(1);
  expect(await steps.rows('select from signal where account_id = $1', id)).toHaveLength(2);
  expect(await total(id)).toBeCloseTo(1.2);
});

it('comes to the same masses in whatever order events arrive', async () => {
  const days = [0, 1, 5, 30, 80, 200];
  const [there, back] = [await account('There'), await account('Back')];
  for (const day of days) await record(signal(there, `there ${day}`, { occurredAt: daysAgo(day) }));
  for (const day of days.toReversed())
    await record(signal(back, `back ${day}`, { occurredAt: daysAgo(day) }));
  const [one, other] = [await masses(there), await masses(back)];
  expect(one[0]?.value).toBeCloseTo(other[0]?.value ?? -1, 10);
  expect(one[0]?.at).toEqual(other[0]?.at);
});

it('loses no event when batches with common accounts come at once, and never deadlocks', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, (_, at) => account(`Common ${at}`)));
  const batches = Array.from({ length: 16 }, (_, batch) => {
    const turned = batch % 2 === 0 ? ids : ids.toReversed();
    return turned.map((id, at) =>
      signal(id, `batch ${batch} ${id} ${at}`, { kind: 'hiring', strength: 0.1 }),
    );
  });
  await Promise.all(batches.map((batch) => record(...batch)));
  for (const id of ids) expect(await total(id)).toBeCloseTo(1.6);
  expect(await steps.deadlocks()).toBe(0);
});

it('takes what lies in the future as of now', async () => {
  const id = await account('Tomorrow');
  await record(signal(id, 'tomorrow', { occurredAt: daysAgo(-3) }));
  expect((await masses(id))[0]?.at).toEqual(fixture.clock.now());
});

it('moves score and queue in the same transaction, or not at all', async () => {
  const id = await account('Whole');
  const { store, workspaceId, clock } = fixture;
  const broken = store.inWorkspace(workspaceId, async (tx) => {
    await recordSignals(tx, [signal(id, 'broken')], clock.now(), scoringPort);
    throw new Error('after the signal');
  });
  await expect(broken).rejects.toThrow('after the signal');
  expect([await steps.rows('select from signal where account_id = $1', id), await masses(id)]).toEqual([
    [],
    [],
  ]);
  await record(signal(id, 'broken'));
  expect((await score(id)).contributions[0]).toMatchObject({ kind: 'funding' });
  const { items } = await fixture.run(fixture.admin, listQueue, { search: 'Whole' });
  expect(items).toMatchObject([{ account: { id }, reason: 'Event broken' }]);
});

it('makes no second queue item of a second signal', async () => {
  const id = await account('Two Events');
  await record(signal(id, 'first event'));
  await record(signal(id, 'second event', { kind: 'hiring' }));
  expect(await steps.rows('select from queue_item where account_id = $1', id)).toHaveLength(1);
});

it('lowers the score when an event is corrected downward', async () => {
  const id = await account('Corrected');
  await record(signal(id, 'corrected', { strength: 0.8 }));
  const before = (await score(id)).signalScore;
  expect(await correct(signal(id, 'corrected', { strength: 0.2 }))).toMatchObject({ accountId: id });
  expect((await score(id)).signalScore).toBeLessThan(before);
  expect(await total(id)).toBeCloseTo(0.2);
  expect(await correct(signal(id, 'never told'))).toBeNull();
});

it('sums again after a correction what adding each event would give, in SQL as in TypeScript', async () => {
  const id = await account('Summed');
  const kinds = ['visit', 'funding', 'intent'] as const;
  // Some so old that they are below what is summed: they count for nothing either way.
  const told = Array.from({ length: 60 }, (_, at) =>
    signal(id, `summed ${at}`, {
      kind: kinds[at % 3] ?? 'visit',
      strength: 0.05 + ((at * 7_919) % 97) / 110,
      occurredAt: daysAgo(at % 20 === 19 ? 4_000 + at : ((at * 104_729) % 300) / 3),
    }),
  );
  for (let from = 0; from < told.length; from += 15) await record(...told.slice(from, from + 15));
  const corrected = told.map((one, at) => (at === 7 ? { ...one, strength: 0.9 } : one));
  await correct(signal(id, 'summed 7', { ...told[7], strength: 0.9 }));
  const lives = halfLives(DEFAULT_INTENT_MODEL);
  let expected: Mass[] = [];
  for (const one of corrected.toReversed())
    expected = addEvent(expected, { ...one, halfLifeDays: lives[one.kind] ?? 0 });
  const found = await masses(id);
  expect(found.map(({ kind }) => kind)).toEqual(['funding', 'intent', 'visit']);
  for (const mass of found) {
    const same = expected.find(({ kind }) => kind === mass.kind);
    expect(mass).toMatchObject({ halfLifeDays: same?.halfLifeDays, at: same?.at });
    expect(mass.value).toBeCloseTo(same?.value ?? -1, 9);
  }
});

it('loses neither a correction nor an event when they come at once', async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = await account(`Race ${round}`);
    await record(signal(id, `race ${round}`, { strength: 0.8 }));
    const others = Array.from({ length: 4 }, (_, at) =>
      record(signal(id, `race ${round} ${at}`, { strength: 0.1 })),
    );
    await Promise.all([correct(signal(id, `race ${round}`, { strength: 0.2 })), ...others]);
    expect(await total(id)).toBeCloseTo(0.6);
  }
});

it('leaves an event of a test out of figures that people see', async () => {
  const id = await account('Tested');
  await record(signal(id, 'real', { strength: 0.3 }));
  const before = await total(id);
  await record(signal(id, 'test', { strength: 0.9, isTest: true }));
  expect(await total(id)).toBeCloseTo(before);
});

it('a hiring freeze ends hiring, in whichever order they arrive, and tells of itself without entering the queue', async () => {
  const freezeAt = fixture.clock.now();
  const hiredAt = new Date(freezeAt.getTime() - 10 * DAY_MS);
  const orders = { 'in time': ['hiring', 'hiring_freeze'], late: ['hiring_freeze', 'hiring'] } as const;
  for (const [order, kinds] of Object.entries(orders)) {
    const id = await account(`Freeze ${order}`);
    for (const kind of kinds)
      await record(
        signal(id, `freeze/${order}/${kind}`, { kind, occurredAt: kind === 'hiring' ? hiredAt : freezeAt }),
      );
    expect((await masses(id)).map((mass) => mass.kind)).toEqual(['hiring_freeze']);
    expect((await score(id)).signalScore).toBe(0);
  }
  const frozen = await account('Freeze alone');
  await record(signal(frozen, 'freeze/alone', { kind: 'hiring_freeze' }));
  expect(await steps.rows('select id from queue_item where account_id = $1', frozen)).toEqual([]);
});

it('shows of the feed what one owner, one list, one country or one size has', async () => {
  const id = await account('Segment Works');
  await record(signal(id, 'segment'));
  await steps.rows(
    'update account set owner_id = $2, country = $3, employee_count = 120 where id = $1',
    id,
    fixture.reps[0].id,
    'DE',
  );
  const shown = async (input: Partial<FeedInput>) =>
    (await fixture.run(fixture.admin, listSignals, { limit: 200, ...input })).items.some(
      ({ account: of }) => of.id === id,
    );
  const listId = newId(fixture.clock.now());
  for (const input of [{ ownerId: fixture.reps[0].id }, { country: 'DE' }, { size: '50-199' as const }])
    expect(await shown(input)).toBe(true);
  for (const input of [
    { ownerId: fixture.reps[1].id },
    { country: 'FR' },
    { size: '1-49' as const },
    { size: '200-999' as const },
    { listId },
  ])
    expect(await shown(input)).toBe(false);
});
