import { markInterrupted, settleCall, type Settlement } from '@penstock/enrichment/ledger';
import { BudgetExhaustedError, reserveCall, type CallToReserve } from '@penstock/enrichment/reserve-call';
import { newId } from '@penstock/kernel/ids';
import { updateWorkspace } from '@penstock/workspace/operations/manage-workspace';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const PRICE = 10_000;

let fixture: WorkspaceFixture;
let personId: string;
beforeEach(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  personId = newId(fixture.clock.now());
});
afterEach(() => fixture[Symbol.asyncDispose]());

function call(lockKey: string, more: Partial<CallToReserve> = {}): CallToReserve {
  const now = fixture.clock.now();
  const ids = { runId: personId, personId, teamId: null, credentialId: personId };
  return {
    lockKey,
    callKey: `${lockKey}/facts`,
    chargedSince: new Date(0),
    ...ids,
    provider: 'p',
    capability: 'c',
    wanted: ['work_email'],
    position: 1,
    priceMicros: PRICE,
    ceilingMicros: 10 * PRICE,
    now,
    ...more,
  };
}
const reserve = (lockKey: string, more: Partial<CallToReserve> = {}) =>
  reserveCall(fixture.store, fixture.workspaceId, call(lockKey, more));
const granted = async (lockKey: string): Promise<string> => {
  const reservation = await reserve(lockKey);
  if (reservation.kind !== 'granted') throw new TypeError(`not granted: ${reservation.kind}`);
  return reservation.ledgerId;
};
const settle = (ledgerId: string, state: Settlement['state'], chargedMicros = 0) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    settleCall(tx, {
      ledgerId,
      state,
      chargedMicros,
      vendorCredits: null,
      outcome: '',
      latencyMs: null,
      answered: state !== 'unknown',
      gave: [],
      verdict: '',
      now: fixture.clock.now(),
    }),
  );

type Budget = { scope: string; reserved: number; charged: number; limit: number };
const budgets = async () =>
  catalogueRows<Budget>(
    fixture.database,
    'select scope, reserved_micros::float8 as reserved, charged_micros::float8 as charged, limit_micros::float8 as limit from budget where workspace_id = $1 order by scope',
    [fixture.workspaceId],
  );
const ledger = (state: string) =>
  catalogueRows(fixture.database, 'select from spend_ledger where state = $1', [state]);

/** How many deadlocks this database has seen; the store would hide them by trying again. */
async function deadlocks(): Promise<number> {
  const [row] = await catalogueRows<{ count: number }>(
    fixture.database,
    'select pg_stat_force_next_flush(), deadlocks::int as count from pg_stat_database where datname = current_database()',
  );
  return row?.count ?? -1;
}

it('grants exactly what the budget has room for, when fifty ask for the first time at once', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 50 }, (_, at) => reserve(`call ${at}`)));
  const refused = asked.filter((one) => one.status === 'rejected').map((one): unknown => one.reason);
  expect(refused).toHaveLength(40);
  expect(refused.every((error) => error instanceof BudgetExhaustedError)).toBe(true);
  expect(await ledger('reserved')).toHaveLength(10);
  expect(await budgets()).toMatchObject([
    { scope: 'month', reserved: 10 * PRICE },
    { scope: 'record', reserved: 10 * PRICE, limit: 10 * PRICE },
  ]);
});

it('holds the budget of the month over many records, without a deadlock', async () => {
  const people = Array.from({ length: 12 }, () => newId(fixture.clock.now()));
  const asked = people.flatMap((person) =>
    [0, 1, 2].map((at) => reserve(`${person} ${at}`, { personId: person })),
  );
  await Promise.all(asked);
  const [month] = await budgets();
  expect(month).toMatchObject({ scope: 'month', reserved: 36 * PRICE });
  expect(await deadlocks()).toBe(0);
});

it('shares one call between those who want the same at once', async () => {
  const asked = await Promise.all(Array.from({ length: 12 }, () => reserve('same')));
  expect(asked.filter((one) => one.kind === 'granted')).toHaveLength(1);
  expect(new Set(asked.map((one) => (one.kind === 'stopped' ? '' : one.ledgerId))).size).toBe(1);
  expect(await ledger('reserved')).toHaveLength(1);
});

it('never trips over a call that is given back while others want it', async () => {
  for (let round = 0; round < 15; round += 1) {
    const ledgerId = await granted(`round ${round}`);
    const [, ...asked] = await Promise.all([
      settle(ledgerId, 'released'),
      ...Array.from({ length: 6 }, () => reserve(`round ${round}`)),
    ]);
    const winner = asked.find((one) => one.kind === 'granted');
    if (winner?.kind === 'granted') await settle(winner.ledgerId, 'released');
  }
  expect((await budgets()).map((budget) => budget.reserved)).toEqual([0, 0]);
});

it('settles once', async () => {
  const ledgerId = await granted('call');
  expect(
    await Promise.all([
      settle(ledgerId, 'charged', PRICE),
      settle(ledgerId, 'charged', PRICE),
      settle(ledgerId, 'released'),
    ]),
  ).toContain(true);
  expect(await settle(ledgerId, 'charged', PRICE)).toBe(false);
  const [month] = await budgets();
  expect(month?.reserved).toBe(0);
  expect([0, PRICE]).toContain(month?.charged);
  expect((await ledger('charged')).length + (await ledger('released')).length).toBe(1);
});

it('keeps the money of an unknown call until it is known, and lets nobody make it again', async () => {
  const ledgerId = await granted('call');
  expect(await settle(ledgerId, 'unknown')).toBe(true);
  expect((await budgets())[0]).toMatchObject({ reserved: PRICE, charged: 0 });
  expect(await reserve('call')).toMatchObject({ kind: 'known', state: 'unknown', ledgerId });
  expect(await settle(ledgerId, 'charged', PRICE)).toBe(true);
  expect((await budgets())[0]).toMatchObject({ reserved: 0, charged: PRICE });
});

it('gives a released call free, and a charged one only when its values have expired', async () => {
  await settle(await granted('call'), 'released');
  const again = await granted('call');
  await settle(again, 'charged', PRICE);
  expect(await reserve('call')).toMatchObject({ kind: 'known', state: 'charged' });
  fixture.clock.advanceMs(1_000);
  expect(await reserve('call', { chargedSince: fixture.clock.now() })).toMatchObject({ kind: 'granted' });
});

it('takes what was interrupted for unknown', async () => {
  const ledgerId = await granted('call');
  const mark = () =>
    fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
      markInterrupted(tx, [ledgerId], fixture.clock.now()),
    );
  expect([await mark(), await mark()]).toEqual([1, 0]);
  expect(await reserve('call')).toMatchObject({ kind: 'known', state: 'unknown' });
});

it('reserves nothing while paid calls are stopped', async () => {
  await fixture.run(fixture.admin, updateWorkspace, { paidCallsStopped: true });
  expect(await reserve('call')).toEqual({ kind: 'stopped' });
  expect(await ledger('reserved')).toEqual([]);
});
