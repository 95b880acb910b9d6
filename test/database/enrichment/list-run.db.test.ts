import { suppress } from '@penstock/accounts/suppression';
import { openListWork } from '@penstock/enrichment/list-run/open-list-work';
import { runChunk } from '@penstock/enrichment/list-run/run-chunk';
import { controlListRunOperation } from '@penstock/enrichment/operations/control-list-run';
import { getListRun, listListRecords } from '@penstock/enrichment/operations/read-list-runs';
import { startListRunOperation } from '@penstock/enrichment/operations/start-list-run';
import { armFaultPoint, disarmFaultPoints } from '@penstock/kernel/fault-point';
import { updateWorkspace } from '@penstock/workspace/operations/manage-workspace';
import { providerCatalogue } from '@penstock/providers/registry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { catalogueRows } from '../store/catalogue.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const start = startListRunOperation({ start: () => {}, ...providerCatalogue });
const control = controlListRunOperation(() => {});
const FIRST_STEP_MICROS = 280_000;
type StartInput = z.input<typeof start.input>;

let fixture: WaterfallFixture;
beforeEach(async () => {
  // No vendor hangs in these tests: whoever is late is only waiting for the machine.
  fixture = await waterfallFixture(10_000);
  fixture.sandbox.control.reset();
});
afterEach(async () => {
  disarmFaultPoints();
  await fixture[Symbol.asyncDispose]();
});

const meetMany = async (count: number, of = fixture) => {
  const ids: string[] = [];
  for (const person of of.sandbox.world.people.slice(0, count)) ids.push(await of.meet(person));
  return ids;
};
const begin = async (ids: string[], more: Record<string, unknown> = {}) => {
  const input: StartInput = { name: 'Spring list', people: { kind: 'ids', ids }, ...more };
  return (await fixture.workspace.run(fixture.workspace.admin, start, input)).id;
};
/** Works a run as its durable work does, without waiting between rounds. */
async function work(runId: string): Promise<void> {
  const { workspaceId, store, clock } = fixture.workspace;
  for (let round = 0; round < 5; round += 1) {
    const { chunks } = await openListWork(store, { workspaceId, runId }, clock.now());
    for (const chunk of chunks) await runChunk(fixture.deps, { workspaceId, runId, chunk });
  }
}
const view = (id: string) => fixture.workspace.run(fixture.workspace.admin, getListRun, { id });
const visible = (of: WaterfallFixture) =>
  catalogueRows<{ name: string; field: string; value: string; usable: boolean }>(
    of.workspace.database,
    `select p.given_name || ' ' || p.family_name || ' ' || a.name as name, v.field, v.value, v.usable from visible_value v join person p on p.id = v.subject_id
     join account a on a.id = p.account_id order by 1, 2`,
    [],
  );
const charged = async (of = fixture) =>
  (await of.ledger()).reduce((sum, line) => sum + (line.state === 'charged' ? (line.credits ?? 0) : 0), 0);
const budgets = () =>
  catalogueRows<{ scope: string; reserved: number; charged: number }>(
    fixture.workspace.database,
    'select scope, sum(reserved_micros)::float8 as reserved, sum(charged_micros)::float8 as charged from budget group by scope order by scope',
    [],
  );

it('finds and pays for the same as one person after the other', async () => {
  const ids = await meetMany(40);
  const runId = await begin(ids);
  await work(runId);
  const run = await view(runId);
  expect(run).toMatchObject({ state: 'finished', records: 40, done: 40 });
  await using single = await waterfallFixture(10_000);
  single.sandbox.control.reset();
  for (const id of await meetMany(40, single)) await single.run(id);
  expect(await visible(fixture)).toEqual(await visible(single));
  expect([await charged(), fixture.sandbox.control.charges().total.credits]).toEqual([
    await charged(single),
    single.sandbox.control.charges().total.credits,
  ]);
  const reached = Map.groupBy(
    (await visible(single)).filter((row) => row.usable && ['work_email', 'mobile'].includes(row.field)),
    (row) => row.name,
  );
  expect(run.usable).toBe([...reached.values()].filter((rows) => rows.length === 2).length);
  const spent = (await budgets()).map((budget) => [budget.scope, budget.reserved, budget.charged]);
  expect(spent).toEqual([
    ['month', 0, run.spentMicros],
    ['record', 0, run.spentMicros],
    ['run', 0, run.spentMicros],
  ]);
}, 60_000);

it('pays once for people who are in two lists at once', async () => {
  const ids = await meetMany(20);
  const [first, second] = [await begin(ids), await begin(ids)];
  await Promise.all([work(first), work(second)]);
  await Promise.all([work(first), work(second)]);
  expect([(await view(first)).state, (await view(second)).state]).toEqual(['finished', 'finished']);
  const { total, byPerson } = fixture.sandbox.control.charges();
  expect(byPerson.filter((group) => group.count > 1)).toEqual([]);
  expect(await charged()).toBe(total.credits);
}, 60_000);

it('stops with its worker: what is under way is settled, nothing new is asked, another worker goes on', async () => {
  const runId = await begin(await meetMany(15));
  const { workspaceId } = fixture.workspace;
  const stopping = new AbortController();
  const send: typeof fixture.deps.send = async (call, request) => {
    stopping.abort();
    return fixture.deps.send(call, request);
  };
  const chunk = { workspaceId, runId, chunk: 0 };
  await expect(runChunk({ ...fixture.deps, send }, chunk, stopping.signal)).rejects.toThrow('being stopped');
  const states = (await fixture.ledger()).map(({ state }) => state);
  expect(states.filter((state) => state === 'reserved' || state === 'unknown')).toEqual([]);
  await work(runId);
  expect(await view(runId)).toMatchObject({ state: 'finished', done: 15 });
  expect(fixture.sandbox.control.charges().byPerson.filter((group) => group.count > 1)).toEqual([]);
}, 60_000);

it.each(['level.reserved', 'level.answered'] as const)(
  'goes on after a crash at %s without asking again',
  async (point) => {
    const runId = await begin(await meetMany(15));
    const { workspaceId } = fixture.workspace;
    armFaultPoint(point, 'throw');
    await expect(runChunk(fixture.deps, { workspaceId, runId, chunk: 0 })).rejects.toThrow(point);
    await work(runId);
    expect(await view(runId)).toMatchObject({ state: 'finished', done: 15 });
    const lines = await fixture.ledger();
    expect(lines.filter((line) => line.state === 'reserved')).toEqual([]);
    expect(lines.some((line) => line.state === 'unknown')).toBe(true);
    expect(fixture.sandbox.control.charges().byPerson.filter((group) => group.count > 1)).toEqual([]);
  },
  60_000,
);

describe('money', () => {
  it('never exceeds the budget of the run, and says why it stands still', async () => {
    const budgetMicros = 1_000_000;
    const runId = await begin(await meetMany(25), { budgetMicros });
    await work(runId);
    const run = await view(runId);
    expect(run).toMatchObject({
      state: 'paused',
      stateReason: expect.stringContaining('budget of this run'),
    });
    expect(run.spentMicros).toBeLessThanOrEqual(budgetMicros);
    expect(run.spentMicros).toBeGreaterThan(0);
    expect(run.done).toBeLessThan(25);
    await fixture.workspace.run(fixture.workspace.admin, control, {
      id: runId,
      action: 'resume',
      budgetMicros: 100_000_000,
    });
    await work(runId);
    expect(await view(runId)).toMatchObject({ state: 'finished', done: 25, budgetMicros: 100_000_000 });
  });

  it('uses what calls did not cost before it says that the budget is used up', async () => {
    await using single = await waterfallFixture(10_000);
    for (const id of await meetMany(25, single)) await single.run(id);
    const costMicros = (await single.ledger()).reduce((sum, line) => sum + line.charged, 0);
    // A whole first step would reserve more than this; most of what it reserves is a miss and free.
    const budgetMicros = costMicros + FIRST_STEP_MICROS;
    expect(budgetMicros).toBeLessThan(25 * FIRST_STEP_MICROS);
    const runId = await begin(await meetMany(25), { budgetMicros });
    await work(runId);
    expect(await view(runId)).toMatchObject({ state: 'finished', done: 25, spentMicros: costMicros });
  });

  it('stops for the switch of the workspace and goes on when told to', async () => {
    const ids = await meetMany(10);
    const { admin } = fixture.workspace;
    await fixture.workspace.run(admin, updateWorkspace, { paidCallsStopped: true });
    const runId = await begin(ids);
    await work(runId);
    expect(await view(runId)).toMatchObject({ state: 'paused', calls: 0, done: 0 });
    await fixture.workspace.run(admin, updateWorkspace, { paidCallsStopped: false });
    await fixture.workspace.run(admin, control, { id: runId, action: 'resume' });
    await work(runId);
    expect(await view(runId)).toMatchObject({ state: 'finished', done: 10 });
  });

  it('pauses when a usable contact becomes dearer than allowed', async () => {
    const guard = { costPerUsableMicros: 1, afterRecords: 1 };
    const runId = await begin(await meetMany(10), { guard });
    await work(runId);
    expect(await view(runId)).toMatchObject({
      state: 'paused',
      stateReason: expect.stringMatching(/^After \d+ records .* above the \$0\.0000 that was allowed\.$/),
    });
  });
});

describe('a run', () => {
  it('leaves out who objected', async () => {
    const { store, workspaceId, clock, admin } = fixture.workspace;
    const [person] = fixture.sandbox.world.people;
    if (!person) throw new TypeError('the world has people');
    const id = await fixture.meet(person, { email: true });
    await store.inWorkspace(workspaceId, (tx) => suppress(tx, [person.email], 'objected', clock.now()));
    const runId = await begin([id]);
    await work(runId);
    expect(await fixture.ledger()).toEqual([]);
    const { items } = await fixture.workspace.run(admin, listListRecords, { runId });
    expect(items).toMatchObject([{ state: 'done', stopReason: 'the person objected to being looked up' }]);
  });

  it('tells for each record what was asked, why, for how much, and why it stopped', async () => {
    const runId = await begin(await meetMany(3));
    await work(runId);
    const { items } = await fixture.workspace.run(fixture.workspace.admin, listListRecords, { runId });
    for (const item of items) {
      const asked = item.trace.filter((line) => line.decision === 'asked');
      expect(new Set(asked.map((line) => line.ledgerId))).toEqual(
        new Set(item.calls.map((call) => call.ledgerId)),
      );
      expect(asked.length).toBeGreaterThan(0);
      expect(item.stopReason).not.toBe('');
    }
  });

  it('can be paused and cancelled, not resumed once it is cancelled, and is not made of nobody', async () => {
    const runId = await begin(await meetMany(3));
    const { admin, run } = fixture.workspace;
    await run(admin, control, { id: runId, action: 'pause' });
    await work(runId);
    expect(await fixture.ledger()).toEqual([]);
    // Its pace is told by the time it worked: what it stood still is none of it.
    const { clock } = fixture.workspace;
    clock.set(new Date(clock.now().getTime() + 3_600_000));
    expect((await view(runId)).secondsLeft).toBeNull();
    await run(admin, control, { id: runId, action: 'resume' });
    const [times] = await catalogueRows<{ ms: number; paused: boolean }>(
      fixture.workspace.database,
      'select paused_ms::int as ms, paused_at is not null as paused from list_run where id = $1',
      [runId],
    );
    expect(times).toEqual({ ms: 3_600_000, paused: false });
    await run(admin, control, { id: runId, action: 'cancel' });
    await expect(run(admin, control, { id: runId, action: 'resume' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(begin([crypto.randomUUID()])).rejects.toMatchObject({ code: 'invalid' });
  });
});
