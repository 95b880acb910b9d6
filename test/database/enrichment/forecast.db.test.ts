import { suppress } from '@penstock/accounts/suppression';
import { openListWork } from '@penstock/enrichment/list-run/open-list-work';
import { runChunk } from '@penstock/enrichment/list-run/run-chunk';
import { dryRunOperation } from '@penstock/enrichment/operations/dry-run-waterfall';
import { forecastRunOperation } from '@penstock/enrichment/operations/forecast-run';
import { waterfallOperations } from '@penstock/enrichment/operations/manage-waterfall';
import { getListRun, listListRecords } from '@penstock/enrichment/operations/read-list-runs';
import { startListRunOperation } from '@penstock/enrichment/operations/start-list-run';
import { providerCatalogue } from '@penstock/providers/registry';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';

import { catalogueRows } from '../store/catalogue.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const adapters = { ...providerCatalogue };
const forecast = forecastRunOperation(adapters);
const dryRun = dryRunOperation(adapters);
const start = startListRunOperation({ start: () => {}, ...adapters });
const editor = waterfallOperations({
  ...providerCatalogue,
});

let fixture: WaterfallFixture;
let ids: string[];
beforeAll(async () => {
  fixture = await waterfallFixture();
  fixture.sandbox.control.reset();
  ids = [];
  for (const person of fixture.sandbox.world.people.slice(0, 240)) ids.push(await fixture.meet(person));
}, 60_000);
afterAll(() => fixture[Symbol.asyncDispose]());

const asAdmin = <I extends z.ZodType, O extends z.ZodType>(
  operation: Parameters<typeof fixture.workspace.run<I, O, 'hot'>>[1],
  input: z.input<I>,
) => fixture.workspace.run<I, O, 'hot'>(fixture.workspace.admin, operation, input);

async function run(people: z.input<typeof start.input>['people']) {
  const { id } = await asAdmin(start, { name: 'List', people });
  const { workspaceId, store, clock } = fixture.workspace;
  for (let round = 0; round < 5; round += 1) {
    const { chunks } = await openListWork(store, { workspaceId, runId: id }, clock.now());
    for (const chunk of chunks) await runChunk(fixture.deps, { workspaceId, runId: id, chunk });
  }
  return asAdmin(getListRun, { id });
}

it('assumes before the first call, learns from a run, and then foretells the next one', async () => {
  const before = await asAdmin(forecast, { field: 'work_email' });
  expect(before).toMatchObject({
    records: 240,
    sampled: 240,
    barred: 0,
    paceFrom: 'assumed',
    difference: null,
  });
  expect(new Set(before.forecast.steps.map(({ basis }) => basis))).toEqual(new Set(['assumed']));

  await run({ kind: 'ids', ids: ids.slice(0, 120) });
  const after = await asAdmin(forecast, { field: 'work_email' });
  expect(after.forecast.steps[0]).toMatchObject({
    provider: 'people-data-labs',
    basis: 'history',
  });
  expect(after.forecast.steps[0]?.seen).toBeGreaterThanOrEqual(120);
  const width = ({ usable }: typeof after.forecast, records: number) => (usable.high - usable.low) / records;
  expect(width(after.forecast, after.records)).toBeLessThan(width(before.forecast, before.records));

  const positions = await catalogueRows<{ position: number; wanted: string[]; gave: string[] }>(
    fixture.workspace.database,
    `select position, wanted, gave from spend_ledger where provider = 'leadmagic' and capability = 'email-finder' and answered`,
    [],
  );
  expect(new Set(positions.map(({ position }) => position))).toEqual(new Set([2]));
  expect(positions.every(({ wanted }) => wanted.includes('work_email'))).toBe(true);

  // Those who lack an address now: the 120 that were not asked for, and those of the first list for whom nothing was found.
  const rest = await run({ kind: 'missing', field: 'work_email' });
  const margin = (range: { low: number; high: number }) => [range.low * 0.75, range.high * 1.25] as const;
  const [leastCost, mostCost] = margin(after.forecast.costMicros);
  expect(rest.spentMicros).toBeGreaterThan(leastCost);
  expect(rest.spentMicros).toBeLessThan(mostCost);
  const [fewest, most] = margin(after.forecast.usable);
  expect(rest.usable).toBeGreaterThanOrEqual(fewest);
  expect(rest.usable).toBeLessThanOrEqual(most);
}, 120_000);

it('compares a draft with the published version over the same people', async () => {
  for (const person of fixture.sandbox.world.people.slice(240, 300)) await fixture.meet(person);
  const { published, versions } = await asAdmin(editor.read, {});
  const only = published.steps.filter(({ capability }) => capability !== 'mobile-finder');
  const { versionId } = await asAdmin(editor.saveDraft, { body: { ...published, steps: only } });
  const current = versions.find(({ state }) => state === 'published')?.versionId ?? null;
  const compared = await asAdmin(forecast, { field: 'work_email', versionId, against: current });
  expect(compared.against?.versionId).toBe(current);
  expect(compared.difference?.costMicros.high).toBeLessThan(0);
  expect(compared.difference?.usable.mid).toBeLessThan(0);
});

it('draws a trial and a dry run at random, without those who objected or can’t be asked for', async () => {
  const { store, workspaceId, clock, admin } = fixture.workspace;
  const world = fixture.sandbox.world.people.slice(300, 330);
  const barred = world.slice(0, 10);
  for (const person of world) await fixture.meet(person, { email: true });
  await store.inWorkspace(workspaceId, (tx) =>
    suppress(
      tx,
      barred.map(({ email }) => email),
      'objected',
      clock.now(),
    ),
  );
  const { versions } = await asAdmin(editor.read, {});
  const versionId = versions.find(({ state }) => state === 'published')?.versionId ?? '';
  const first = await asAdmin(dryRun, { versionId, limit: 15 });
  const again = await asAdmin(dryRun, { versionId, limit: 15 });
  expect(first).toEqual(again);
  expect(first.items.every(({ asked }) => asked.length > 0)).toBe(true);
  const names = new Set(barred.map(({ givenName, familyName }) => `${givenName} ${familyName}`));
  expect(first.items.filter(({ name }) => names.has(name))).toEqual([]);
  expect(first.leftOut).toBeGreaterThanOrEqual(10);

  const { id } = await fixture.workspace.run(admin, start, {
    name: 'Trial',
    people: { kind: 'drawn', field: 'work_email', limit: 12 },
    versionId,
  });
  const { items } = await asAdmin(listListRecords, { runId: id });
  expect(items).toHaveLength(12);
  expect(items.filter(({ name }) => names.has(name))).toEqual([]);
});
