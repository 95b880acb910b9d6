import { settleCall } from '@penstock/enrichment/ledger';
import { openListWork } from '@penstock/enrichment/list-run/open-list-work';
import { runChunk } from '@penstock/enrichment/list-run/run-chunk';
import {
  createCampaign,
  listBudgetChanges,
  readBudgets,
  setBudget,
} from '@penstock/enrichment/operations/manage-budgets';
import { controlListRunOperation } from '@penstock/enrichment/operations/control-list-run';
import { getListRun } from '@penstock/enrichment/operations/read-list-runs';
import { startListRunOperation } from '@penstock/enrichment/operations/start-list-run';
import { BudgetExhaustedError, reserveCall } from '@penstock/enrichment/reserve-call';
import { seededRandom } from '@penstock/enrichment/model/seeded-random';
import { newId } from '@penstock/kernel/ids';
import { providerCatalogue } from '@penstock/providers/registry';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const start = startListRunOperation({ start: () => {}, ...providerCatalogue });
const control = controlListRunOperation(() => {});
const PRICE = 280_000;

let fixture: WaterfallFixture;
let teams: readonly [string, string];
beforeEach(async () => {
  fixture = await waterfallFixture(10_000);
  fixture.sandbox.control.reset();
  const { store, workspaceId, clock } = fixture.workspace;
  teams = [newId(clock.now()), newId(clock.now())];
  const data = teams.map((id, at) => ({ workspaceId, id, name: `Team ${at}`, createdAt: clock.now() }));
  await store.withRecords(workspaceId, ({ db }) => db.team.createMany({ data }));
});
afterEach(() => fixture[Symbol.asyncDispose]());

const limit = (scope: 'month' | 'team' | 'campaign' | 'run', id: string | null, limitMicros: number | null) =>
  fixture.workspace.run(fixture.workspace.admin, setBudget, { scope, id, limitMicros, reason: 'a test' });
const campaign = async (name: string, limitMicros: number | null) =>
  (await fixture.workspace.run(fixture.workspace.admin, createCampaign, { name, limitMicros })).id;

const call = (lockKey: string, teamId: string | null, personId = newId(fixture.workspace.clock.now())) => ({
  lockKey,
  callKey: `${lockKey}/facts`,
  chargedSince: new Date(0),
  runId: personId,
  personId,
  teamId,
  credentialId: personId,
  provider: 'p',
  capability: 'c',
  wanted: ['work_email'],
  position: 1,
  priceMicros: PRICE,
  ceilingMicros: 10 * PRICE,
  now: fixture.workspace.clock.now(),
});
const reserve = (lockKey: string, teamId: string | null) =>
  reserveCall(fixture.workspace.store, fixture.workspace.workspaceId, call(lockKey, teamId));
const settle = (ledgerId: string, state: 'charged' | 'released' | 'unknown', chargedMicros: number) =>
  fixture.workspace.store.inWorkspace(fixture.workspace.workspaceId, (tx) =>
    settleCall(tx, {
      ledgerId,
      state,
      chargedMicros,
      vendorCredits: null,
      outcome: '',
      latencyMs: null,
      answered: true,
      gave: [],
      verdict: '',
      now: fixture.workspace.clock.now(),
    }),
  );

/** Budgets that don't say what the ledger says, or that are overspent: none, ever. */
const wrongBudgets = () =>
  catalogueRows(
    fixture.workspace.database,
    `select b.scope, b.period, b.limit_micros, b.reserved_micros, b.charged_micros, s.open, s.spent from budget b
     cross join lateral (select coalesce(sum(reserved_micros) filter (where state in ('reserved', 'unknown')), 0) as open,
         coalesce(sum(charged_micros) filter (where state in ('charged', 'reconciled')), 0) as spent
       from spend_ledger l where b.id = any(l.budget_ids)) s
     where b.reserved_micros <> s.open or b.charged_micros <> s.spent or b.reserved_micros + b.charged_micros > b.limit_micros`,
    [],
  );
async function deadlocks(): Promise<number> {
  const [row] = await catalogueRows<{ count: number }>(
    fixture.workspace.database,
    'select pg_stat_force_next_flush(), deadlocks::int as count from pg_stat_database where datname = current_database()',
  );
  return row?.count ?? -1;
}
async function work(runId: string): Promise<void> {
  const { workspaceId, store, clock } = fixture.workspace;
  for (let round = 0; round < 5; round += 1) {
    const { chunks } = await openListWork(store, { workspaceId, runId }, clock.now());
    for (const chunk of chunks) await runChunk(fixture.deps, { workspaceId, runId, chunk });
  }
}
const view = (id: string) => fixture.workspace.run(fixture.workspace.admin, getListRun, { id });
async function begin(people: number, more: { teamId?: string; campaignId?: string }): Promise<string> {
  const ids: string[] = [];
  for (const person of fixture.sandbox.world.people.slice(0, people)) ids.push(await fixture.meet(person));
  const request = { name: 'List', people: { kind: 'ids' as const, ids }, ...more };
  return (await fixture.workspace.run(fixture.workspace.admin, start, request)).id;
}

it('takes from the month and the team, refuses where one is empty and says which', async () => {
  const [first, second] = teams;
  await limit('team', first, 2 * PRICE);
  expect((await reserve('one', first)).kind).toBe('granted');
  expect((await reserve('two', first)).kind).toBe('granted');
  await expect(reserve('three', first)).rejects.toThrow("team's monthly budget has no room");
  expect((await reserve('three', second)).kind).toBe('granted');
  await limit('month', null, 3 * PRICE);
  await expect(reserve('four', second)).rejects.toThrow("workspace's monthly budget has no room");
  expect(await wrongBudgets()).toEqual([]);
});

it('holds every budget whatever happens at once, without a deadlock', async () => {
  await fixture.workspace.crowd();
  const random = seededRandom(5);
  await limit('month', null, 40 * PRICE);
  await limit('team', teams[0], 12 * PRICE);
  await limit('team', teams[1], 30 * PRICE);
  const granted: string[] = [];
  const one = async (at: number) => {
    const teamId = [teams[0], teams[1], null][Math.floor(random() * 3)] ?? null;
    const ends = (['charged', 'released', 'unknown', 'open'] as const)[Math.floor(random() * 4)] ?? 'open';
    try {
      const reservation = await reserve(`call ${at}`, teamId);
      if (reservation.kind !== 'granted') return;
      granted.push(reservation.ledgerId);
      if (ends !== 'open') await settle(reservation.ledgerId, ends, ends === 'charged' ? PRICE : 0);
    } catch (error) {
      if (!(error instanceof BudgetExhaustedError)) throw error;
    }
  };
  const list = await begin(12, { teamId: teams[1], campaignId: await campaign('Both', 20 * PRICE) });
  const singles = Array.from({ length: 90 }, (_, at) => at);
  await Promise.all([work(list), ...singles.map(one), limit('team', teams[0], 14 * PRICE)]);
  expect(granted.length).toBeGreaterThan(20);
  expect(await wrongBudgets()).toEqual([]);
  expect(await deadlocks()).toBe(0);
}, 120_000);

it('pauses a run at the first budget that is empty and names it, and goes on once it is raised', async () => {
  const campaignId = await campaign('Autumn fair', 3 * PRICE);
  const runId = await begin(12, { teamId: teams[0], campaignId });
  await work(runId);
  expect(await view(runId)).toMatchObject({
    state: 'paused',
    stateReason: 'The budget of Autumn fair is used up. Raise it to go on.',
  });
  await limit('campaign', campaignId, null);
  await limit('team', teams[0], 5 * PRICE);
  const resume = { id: runId, action: 'resume' as const };
  await fixture.workspace.run(fixture.workspace.admin, control, resume);
  await work(runId);
  expect((await view(runId)).stateReason).toContain('The budget of team Team 0 for this month is used up');
  await limit('team', teams[0], 100_000_000);
  await fixture.workspace.run(fixture.workspace.admin, control, resume);
  await work(runId);
  expect(await view(runId)).toMatchObject({ state: 'finished', done: 12 });
  expect(await wrongBudgets()).toEqual([]);
  const tree = await fixture.workspace.run(fixture.workspace.admin, readBudgets, {});
  const { spentMicros } = await view(runId);
  expect(tree).toMatchObject({
    month: { chargedMicros: spentMicros },
    teams: [{ name: 'Team 0', chargedMicros: spentMicros, limitMicros: 100_000_000 }, { chargedMicros: 0 }],
    campaigns: [{ name: 'Autumn fair', chargedMicros: spentMicros, limitMicros: null, runs: 1 }],
    runs: [{ id: runId, team: 'Team 0', campaignId, chargedMicros: spentMicros, limitMicros: null }],
  });
}, 120_000);

it('keeps who changed a limit and why, and a team’s limit goes on next month', async () => {
  const [team] = teams;
  await limit('team', team, 3 * PRICE);
  await limit('team', team, 2 * PRICE);
  const { items } = await fixture.workspace.run(fixture.workspace.admin, listBudgetChanges, {
    scope: 'team',
    id: team,
  });
  expect(items).toMatchObject([
    { by: 'Ed Admin', fromMicros: 3 * PRICE, toMicros: 2 * PRICE, reason: 'a test' },
    { fromMicros: null, toMicros: 3 * PRICE },
  ]);
  await reserve('november', team);
  fixture.workspace.clock.set(new Date('2026-12-03T09:00:00.000Z'));
  const tree = () => fixture.workspace.run(fixture.workspace.admin, readBudgets, {});
  expect((await tree()).teams[0]).toMatchObject({ limitMicros: 2 * PRICE, reservedMicros: 0 });
  await reserve('one', team);
  await reserve('two', team);
  await expect(reserve('three', team)).rejects.toThrow("team's monthly");
  expect((await tree()).teams[0]).toMatchObject({ limitMicros: 2 * PRICE, reservedMicros: 2 * PRICE });
});

it('refuses by name what can’t be a budget', async () => {
  await expect(limit('month', null, null)).rejects.toThrow('always has a limit');
  await expect(limit('team', null, 1)).rejects.toThrow('id: say which team');
  await expect(limit('run', newId(new Date()), 1)).rejects.toThrow('no such run');
  await campaign('Twice', null);
  await expect(campaign('Twice', null)).rejects.toThrow('of this name');
  await expect(begin(1, { campaignId: newId(new Date()) })).rejects.toThrow('campaignId: there is no such');
  const { reps } = fixture.workspace;
  await expect(
    fixture.workspace.run(reps[0], setBudget, { scope: 'month', limitMicros: 1, reason: 'x' }),
  ).rejects.toThrow('providers.manage');
});
