import { settleCall } from '@penstock/enrichment/ledger';
import { setBudget } from '@penstock/enrichment/operations/manage-budgets';
import {
  listUnknownCharges,
  readMoney,
  reconcileCharges,
  switchPaidCalls,
} from '@penstock/enrichment/operations/manage-money';
import { recordPerson } from '@penstock/accounts/record-person';
import { reserveCall } from '@penstock/enrichment/reserve-call';
import { newId } from '@penstock/kernel/ids';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const PRICE = 10_000;
let fixture: WorkspaceFixture;
let personId: string;
beforeEach(async () => {
  fixture = await workspaceFixture();
  const { store, workspaceId, clock } = fixture;
  const mention = {
    givenName: 'Ana',
    familyName: 'Novak',
    country: null,
    accountId: null,
    origin: 'manual',
    isTest: false,
  } as const;
  personId = (
    await store.inWorkspace(workspaceId, (tx) =>
      recordPerson(tx, { ...mention, email: 'ana@quay.example' }, clock.now()),
    )
  ).id;
});
afterEach(() => fixture[Symbol.asyncDispose]());

const money = () => fixture.run(fixture.admin, readMoney, {});
const reserve = (lockKey: string) =>
  reserveCall(fixture.store, fixture.workspaceId, {
    lockKey,
    callKey: `${lockKey}/facts`,
    chargedSince: new Date(0),
    runId: newId(fixture.clock.now()),
    personId,
    teamId: null,
    credentialId: personId,
    provider: 'p',
    capability: 'c',
    wanted: ['work_email'],
    position: 1,
    priceMicros: PRICE,
    ceilingMicros: 100 * PRICE,
    now: fixture.clock.now(),
  });
async function unknownCall(lockKey: string): Promise<string> {
  const reservation = await reserve(lockKey);
  if (reservation.kind !== 'granted') throw new TypeError(reservation.kind);
  const { ledgerId } = reservation;
  await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    settleCall(tx, {
      ledgerId,
      state: 'unknown',
      chargedMicros: 0,
      vendorCredits: null,
      outcome: 'timeout: whether it was charged is unknown',
      latencyMs: 10_000,
      answered: false,
      gave: [],
      verdict: '',
      now: fixture.clock.now(),
    }),
  );
  return ledgerId;
}
const budgets = () =>
  catalogueRows(
    fixture.database,
    'select scope, reserved_micros::int as reserved, charged_micros::int as charged from budget order by scope',
    [],
  );
const evidence = 'usage page of the vendor';

it('keeps the money of unknown calls reserved until a person decides, and then counts it once', async () => {
  const [charged, not] = [await unknownCall('one'), await unknownCall('two')];
  expect((await money()).unknown).toEqual([{ provider: 'p', calls: 2, reservedMicros: 2 * PRICE }]);
  const { items } = await fixture.run(fixture.admin, listUnknownCharges, {});
  expect(items).toMatchObject([
    { id: charged, person: 'Ana Novak', outcome: expect.stringContaining('timeout') },
    { id: not },
  ]);

  const decide = (ids: string[], decision: 'charged' | 'not_charged') =>
    fixture.run(fixture.admin, reconcileCharges, { ids, decision, evidence });
  expect(await decide([charged], 'charged')).toEqual({ settled: 1, chargedMicros: PRICE });
  expect(await decide([not], 'not_charged')).toEqual({ settled: 1, chargedMicros: 0 });
  expect(await budgets()).toEqual([
    { scope: 'month', reserved: 0, charged: PRICE },
    { scope: 'record', reserved: 0, charged: PRICE },
  ]);
  await expect(decide([charged, not], 'charged')).rejects.toThrow('settled already');
  expect(
    await catalogueRows(fixture.database, 'select state, outcome from spend_ledger order by id', []),
  ).toEqual([
    { state: 'reconciled', outcome: 'timeout: whether it was charged is unknown; charged, by a person' },
    { state: 'released', outcome: 'timeout: whether it was charged is unknown; not charged, by a person' },
  ]);
  // What was paid for stays locked; what was not may be asked again.
  expect([(await reserve('one')).kind, (await reserve('two')).kind]).toEqual(['known', 'granted']);
});

it('lets one of two who decide at once decide', async () => {
  const ids = [await unknownCall('one'), await unknownCall('two'), await unknownCall('three')];
  const decide = (decision: 'charged' | 'not_charged', order: string[]) =>
    fixture.run(fixture.admin, reconcileCharges, { ids: order, decision, evidence });
  const done = await Promise.allSettled([decide('charged', ids), decide('not_charged', ids.toReversed())]);
  expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const [month] = await budgets();
  expect([0, 3 * PRICE]).toContain((month as { charged: number }).charged);
  expect(month).toMatchObject({ reserved: 0 });
});

it('holds all calls to the month’s budget, and carries it into the next month', async () => {
  await fixture.run(fixture.admin, setBudget, {
    scope: 'month',
    limitMicros: 2 * PRICE,
    reason: 'a small one',
  });
  expect(await money()).toMatchObject({ month: { limitMicros: 2 * PRICE }, monthNearlySpent: false });
  await reserve('one');
  await reserve('two');
  expect(await money()).toMatchObject({ month: { reservedMicros: 2 * PRICE }, monthNearlySpent: true });
  await expect(reserve('three')).rejects.toThrow('monthly budget');
  fixture.clock.set(new Date('2026-12-03T09:00:00.000Z'));
  expect(await money()).toMatchObject({
    month: { period: '2026-12', limitMicros: 2 * PRICE, reservedMicros: 0 },
  });
  expect((await reserve('three')).kind).toBe('granted');
  expect(await money()).toMatchObject({ month: { limitMicros: 2 * PRICE, reservedMicros: PRICE } });
});

it('stops every paid call, and says who did and why', async () => {
  await fixture.run(fixture.admin, switchPaidCalls, { stopped: true, reason: 'invoice looks wrong' });
  expect(await money()).toMatchObject({
    stopped: true,
    turned: { name: 'Ed Admin', reason: 'invoice looks wrong' },
  });
  expect((await reserve('one')).kind).toBe('stopped');
  await fixture.run(fixture.admin, switchPaidCalls, { stopped: false, reason: 'it was right' });
  expect((await reserve('one')).kind).toBe('granted');
  await expect(fixture.run(fixture.reps[0], switchPaidCalls, { stopped: true, reason: 'x' })).rejects.toThrow(
    'providers.manage',
  );
});
