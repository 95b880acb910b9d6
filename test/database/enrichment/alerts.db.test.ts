import { COUNTED_KINDS, QUICK_KINDS, watchMoney } from '@penstock/enrichment/alerts/watch-money';
import { settleCall } from '@penstock/enrichment/ledger';
import { acknowledgeAlert, alertOperations } from '@penstock/enrichment/operations/manage-alerts';
import { setBudget } from '@penstock/enrichment/operations/manage-budgets';
import { switchPaidCalls } from '@penstock/enrichment/operations/manage-money';
import { reserveCall } from '@penstock/enrichment/reserve-call';
import { refreshBalances } from '@penstock/enrichment/refresh-balances';
import { newId } from '@penstock/kernel/ids';
import { sealText } from '@penstock/kernel/seal';
import { providerCatalogue } from '@penstock/providers/registry';
import { failingSources } from '@penstock/signals/failing-sources';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { MONDAY, SECRET_KEY } from '../workspace-fixture.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const alerts = alertOperations(providerCatalogue);
const PRICE = 100_000;

let fixture: WaterfallFixture;
let credentialId: string;
beforeAll(async () => {
  fixture = await waterfallFixture(10_000);
  const [key] = await sql<{ id: string }>(
    `select id from provider_credential where provider = 'leadmagic' and workspace_id = '${fixture.workspace.workspaceId}'`,
  );
  credentialId = key?.id ?? '';
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(async () => {
  fixture.workspace.clock.set(MONDAY);
  await sql('truncate alert, provider_block, spend_ledger, spend_call_key, budget, outbox_event');
  await sql('update provider_credential set balance_credits = null, balance_at = null');
});

const sql = <Row extends object>(text: string) => catalogueRows<Row>(fixture.workspace.database, text, []);
const now = () => fixture.workspace.clock.now();
const watch = (kinds = [...QUICK_KINDS, ...COUNTED_KINDS]) =>
  fixture.workspace.store.inWorkspace(fixture.workspace.workspaceId, (tx) =>
    watchMoney(tx, kinds, { source_failing: failingSources }, now()),
  );
const open = async () =>
  (await fixture.workspace.run(fixture.workspace.admin, alerts.list, {})).items.map(({ kind, what }) => ({
    kind,
    what,
  }));
const told = () =>
  sql<{ kind: string; payload: Record<string, unknown> }>(
    `select kind, payload from outbox_event where kind in ('alert.opened', 'alert.closed') order by id`,
  );
async function call(at: number, more: { provider?: string; gave?: string[]; fails?: boolean } = {}) {
  const personId = newId(now());
  const { provider = 'leadmagic', gave = [], fails = false } = more;
  const { store, workspaceId } = fixture.workspace;
  const reservation = await reserveCall(store, workspaceId, {
    lockKey: `${personId} ${at}`,
    callKey: `${personId} ${at}/facts`,
    chargedSince: new Date(0),
    runId: personId,
    personId,
    teamId: null,
    credentialId,
    provider,
    capability: 'email-finder',
    wanted: ['work_email'],
    position: 1,
    priceMicros: PRICE,
    ceilingMicros: 10 * PRICE,
    now: now(),
  });
  if (reservation.kind !== 'granted') throw new TypeError(reservation.kind);
  const { ledgerId } = reservation;
  await store.inWorkspace(workspaceId, (tx) =>
    settleCall(tx, {
      ledgerId,
      state: fails ? 'unknown' : 'charged',
      chargedMicros: fails ? 0 : PRICE,
      vendorCredits: fails ? null : 1,
      outcome: fails ? 'timeout: whether it was charged is unknown' : 'hit',
      latencyMs: 10,
      answered: !fails,
      gave,
      verdict: '',
      now: now(),
    }),
  );
}
const calls = async (count: number, more: Parameters<typeof call>[1] = {}) => {
  for (let at = 0; at < count; at += 1) await call(at, more);
};

it('opens when a budget is used to 80 percent, once however many look, and closes when it is raised', async () => {
  const limit = (limitMicros: number) =>
    fixture.workspace.run(fixture.workspace.admin, setBudget, {
      scope: 'month',
      limitMicros,
      reason: 'test',
    });
  await limit(10 * PRICE);
  await calls(7);
  await watch();
  expect(await open()).toEqual([]);
  await call(8);
  await Promise.all([watch(), watch(), watch(), watch()]);
  expect(await open()).toEqual([
    {
      kind: 'budget_nearly_spent',
      what: '80 % of the workspace’s budget of this month is used: $0.80 of $1.00.',
    },
  ]);
  const about = { scope: 'month', month: '2026-11', limitMicros: 10 * PRICE, usedMicros: 8 * PRICE };
  const alertId = expect.any(String) as string;
  const opened = { kind: 'alert.opened', payload: { alertId, kind: 'budget_nearly_spent', ...about } };
  expect(await told()).toEqual([opened]);
  await call(9);
  await watch();
  expect((await open())[0]?.what).toContain('90 %');
  await limit(20 * PRICE);
  await watch();
  expect(await open()).toEqual([]);
  expect((await told()).map(({ kind }) => kind)).toEqual(['alert.opened', 'alert.closed']);
  const { items } = await fixture.workspace.run(fixture.workspace.admin, alerts.closed, {});
  expect(items).toMatchObject([{ kind: 'budget_nearly_spent', closedAt: MONDAY.toISOString() }]);
});

it('tells that all paid calls are stopped, until they are allowed again', async () => {
  const turn = (stopped: boolean) =>
    fixture.workspace.run(fixture.workspace.admin, switchPaidCalls, { stopped, reason: 'test' });
  await turn(true);
  await watch();
  expect(await open()).toEqual([{ kind: 'paid_calls_stopped', what: 'All paid calls are stopped.' }]);
  await turn(false);
  await watch();
  expect(await open()).toEqual([]);
});

it('tells of a refused key until something is answered through it, and of a provider that does not work', async () => {
  const block = (capability: string, reason: string, faults: number) =>
    sql(`insert into provider_block (workspace_id, credential_id, capability, blocked_until, reason, faults, updated_at)
      values ('${fixture.workspace.workspaceId}', '${credentialId}', '${capability}', '${MONDAY.toISOString()}', '${reason}', ${faults}, '${MONDAY.toISOString()}')`);
  await block('*', 'unauthorized', 0);
  await block('email-finder', 'failing', 5);
  await watch();
  expect((await open()).map(({ what }) => what).toSorted()).toEqual([
    'LeadMagic does not work: 5 faults in a row at email finder.',
    'LeadMagic refuses the key test.',
  ]);
  fixture.workspace.clock.advanceMs(60_000);
  await call(1);
  await sql(`delete from provider_block where faults > 0`);
  await watch();
  expect(await open()).toEqual([]);
});

it('tells of charges that wait for a day, and of a vendor that fails to answer', async () => {
  await calls(15);
  await calls(5, { fails: true });
  await watch();
  expect((await open()).map(({ what }) => what)).toEqual([
    'LeadMagic failed to answer 25 % of 20 calls of the last hour at email finder.',
  ]);
  fixture.workspace.clock.advanceMs(25 * 3_600_000);
  await watch();
  expect(await open()).toEqual([
    {
      kind: 'unknown_waiting',
      what: '5 calls to LeadMagic of unknown charge wait for more than a day: $0.50 stay reserved.',
    },
  ]);
});

it('tells of credits that run out, and of a provider that finds less than before', async () => {
  fixture.workspace.clock.set(new Date(MONDAY.getTime() - 5 * 86_400_000));
  await calls(140, { gave: ['work_email'] });
  await calls(60);
  fixture.workspace.clock.set(MONDAY);
  await calls(10, { gave: ['work_email'] });
  await calls(50);
  await sql(
    `update provider_credential set balance_credits = 100, balance_at = '${MONDAY.toISOString()}' where id = '${credentialId}'`,
  );
  await watch();
  expect((await open()).map(({ what }) => what).toSorted()).toEqual([
    'LeadMagic finds less at email finder: 17 % of the last day’s answers, 70 % in the four weeks before.',
    'LeadMagic’s credits on the key test last 1 day more: 100 left, 52 used a day.',
  ]);
  await sql(`update provider_credential set balance_credits = 1000 where id = '${credentialId}'`);
  await watch(['balance_low']);
  expect((await open()).map(({ kind }) => kind)).toEqual(['hit_rate_fallen']);
});

it('is acknowledged once, by whoever may, and stays open until its cause is gone', async () => {
  await fixture.workspace.run(fixture.workspace.admin, switchPaidCalls, { stopped: true, reason: 'test' });
  await watch();
  const { items } = await fixture.workspace.run(fixture.workspace.admin, alerts.list, {});
  const id = items[0]?.id ?? '';
  const acknowledge = (who = fixture.workspace.admin) => fixture.workspace.run(who, acknowledgeAlert, { id });
  await expect(acknowledge(fixture.workspace.reps[0])).rejects.toThrow('enrichment.run');
  await acknowledge();
  await expect(acknowledge()).rejects.toThrow('acknowledged this alert already');
  expect((await fixture.workspace.run(fixture.workspace.admin, alerts.list, {})).items).toMatchObject([
    { id, acknowledgedBy: 'Ed Admin', closedAt: null },
  ]);
  await fixture.workspace.run(fixture.workspace.admin, switchPaidCalls, { stopped: false, reason: 'test' });
  await watch();
  await expect(acknowledge()).rejects.toThrow('closed by itself');
});

it('asks vendors for what is left on their keys, once an hour, and blocks a key that they refuse', async () => {
  const refresh = () => refreshBalances(fixture.deps, fixture.workspace.workspaceId);
  fixture.workspace.clock.advanceMs(2 * 3_600_000);
  expect(await refresh()).toBeGreaterThan(0);
  const [key] = await sql<{ credits: number }>(
    `select balance_credits as credits from provider_credential where id = '${credentialId}'`,
  );
  expect(key?.credits).toBeGreaterThan(0);
  expect(await refresh()).toBe(0);
  const wrong = sealText(SECRET_KEY, 'a key of nobody');
  await sql(
    `update provider_credential set balance_at = null, secret_sealed = '${wrong}' where id = '${credentialId}'`,
  );
  await refresh();
  await watch();
  expect((await open()).map(({ what }) => what)).toEqual(['LeadMagic refuses the key test.']);
});

it('is told of a source that could not be read three times in a row, until it can be again', async () => {
  const { workspaceId } = fixture.workspace;
  const failures = (count: number) =>
    sql(`update source_watch set failures = ${count}, active = true where source = 'sec-edgar/current-8-k'`);
  await sql(`insert into source_watch (workspace_id, id, source, due_at) values ('${workspaceId}', gen_random_uuid(), 'sec-edgar/current-8-k', now())
    on conflict (workspace_id, source) do nothing`);
  await failures(2);
  await watch();
  expect(await open()).toEqual([]);
  await failures(3);
  await watch();
  await failures(7);
  await watch();
  expect(await open()).toEqual([
    { kind: 'source_failing', what: 'SEC EDGAR: new 8-K reports could not be read 7 times in a row.' },
  ]);
  await failures(0);
  await watch();
  expect(await open()).toEqual([]);
  expect((await told()).map(({ kind }) => kind)).toEqual(['alert.opened', 'alert.closed']);
});
