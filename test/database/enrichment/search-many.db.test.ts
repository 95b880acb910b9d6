import { changeCampaign } from '@penstock/enrichment/operations/change-campaign';
import { createCampaign, readBudgets, setBudget } from '@penstock/enrichment/operations/manage-budgets';
import { switchPaidCalls } from '@penstock/enrichment/operations/manage-money';
import { searchManyOperations } from '@penstock/enrichment/operations/search-many';
import { workPeopleSearch, workPeopleSearches } from '@penstock/enrichment/people-search/work-searches';
import { providerCatalogue } from '@penstock/providers/registry';
import type { WorldPerson } from '@penstock/sandbox/world/world';
import { followUpLists } from '@penstock/scoring/lists/follow-up';
import { sweepList } from '@penstock/scoring/lists/refill-lists';
import { saveList } from '@penstock/scoring/operations/manage-lists';
import { createTargetFile, takeTargetRows } from '@penstock/scoring/operations/manage-target-files';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const PROVIDER = 'people-data-labs';
const PRICE = 280_000;
const operations = searchManyOperations(providerCatalogue);
let fixture: WaterfallFixture;
let companies: WorldPerson[][];
beforeAll(async () => {
  fixture = await waterfallFixture(10_000);
  companies = [
    ...Map.groupBy(fixture.sandbox.world.people, ({ companyKey }) => companyKey).values(),
  ].toSorted((a, b) => b.length - a.length);
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(() => fixture.sandbox.control.reset());

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  catalogueRows<Row>(fixture.workspace.database, text, values);
/** Accounts of which one person each is known, and the positions at all of them. */
async function accounts(count: number) {
  const taken = companies.splice(0, count);
  const ids: string[] = [];
  for (const [first] of taken) {
    if (!first) throw new TypeError('the world has too few companies');
    const personId = await fixture.meet(first);
    const [row] = await sql<{ id: string }>('select account_id as id from person where id = $1', [personId]);
    ids.push(row?.id ?? '');
  }
  const titles = [...new Set(taken.flat().map(({ title }) => title))].slice(0, 10);
  return { ids, personas: [{ name: 'Anybody', titles, most: 2 }] };
}
const asAdmin = () => fixture.workspace.admin;
const start = (of: Awaited<ReturnType<typeof accounts>>, more: object = {}) =>
  fixture.workspace.run(asAdmin(), operations.start, {
    name: 'Search',
    provider: PROVIDER,
    accounts: { kind: 'ids', ids: of.ids },
    personas: of.personas,
    ...more,
  });
const searchOf = async (id: string) =>
  (await fixture.workspace.run(asAdmin(), operations.list, {})).items.find((one) => one.id === id);
const work = async () => {
  while ((await workPeopleSearches(fixture.deps)) === 0);
};
const billed = () => fixture.sandbox.control.charges().total.credits * PRICE;

it('is priced before, asks about each account once, takes no more than its personas want, and makes one list', async () => {
  const of = await accounts(5);
  const whom = { accounts: { kind: 'ids' as const, ids: of.ids }, personas: of.personas };
  const forecast = await fixture.workspace.run(asAdmin(), operations.forecast, whom);
  expect(forecast).toMatchObject({ accounts: 5, people: 5 });
  const offered = forecast.providers.find(({ id }) => id === PROVIDER);
  expect(offered).toMatchObject({ askable: 5, skipped: [] });
  const { id, importId } = await start(of);
  const { clock, workspaceId } = fixture.workspace;
  await Promise.all([work(), workPeopleSearch(fixture.deps, workspaceId, id)]);
  // Whoever saw the other still asking looks again.
  clock.set(new Date(clock.now().getTime() + 10_000));
  await work();
  const search = await searchOf(id);
  expect(search).toMatchObject({ state: 'finished', accounts: 5, done: 5, failed: 0 });
  expect(search?.chargedMicros).toBe(billed());
  expect(search?.chargedMicros).toBeLessThanOrEqual(offered?.mostMicros ?? 0);
  const members = await sql<{ of: string; people: number }>(
    'select p.account_id as of, count(*)::int as people from people_import_member m join person p on p.id = m.person_id where m.import_id = $1 group by 1',
    [importId],
  );
  expect(members.length).toBeGreaterThan(0);
  expect(members.every(({ people }) => people <= 2)).toBe(true);
  // The same again would be paid for twice.
  const again = await fixture.workspace.run(asAdmin(), operations.forecast, whom);
  const paid = again.providers.find((one) => one.id === PROVIDER)?.skipped;
  expect(paid).toEqual([{ because: 'were asked about within 30 days', accounts: expect.any(Number) }]);
});

it('stands still at its own limit, and goes on when that is raised; nothing is paid above it', async () => {
  const of = await accounts(4);
  const forecast = await fixture.workspace.run(asAdmin(), operations.forecast, {
    accounts: { kind: 'ids', ids: of.ids },
    personas: of.personas,
  });
  const price = forecast.providers.find(({ id }) => id === PROVIDER)?.priceMicros ?? 0;
  const { id } = await start(of, { limitMicros: price });
  await work();
  const held = await searchOf(id);
  expect(held).toMatchObject({ state: 'paused', reason: expect.stringContaining('is used up') });
  expect(billed()).toBeLessThanOrEqual(price);
  await fixture.workspace.run(asAdmin(), operations.control, {
    id,
    action: 'resume',
    limitMicros: price * 10,
  });
  await work();
  expect(await searchOf(id)).toMatchObject({ state: 'finished', done: 4 });
  expect((await searchOf(id))?.chargedMicros).toBe(billed());
});

it('stands still while paid calls are stopped or the month is empty, and can be cancelled', async () => {
  const of = await accounts(3);
  const { id } = await start(of);
  await fixture.workspace.run(asAdmin(), switchPaidCalls, { stopped: true, reason: 'test' });
  await work();
  expect(await searchOf(id)).toMatchObject({ state: 'paused', reason: expect.stringContaining('stopped') });
  await fixture.workspace.run(asAdmin(), switchPaidCalls, { stopped: false, reason: 'test' });
  await fixture.workspace.run(asAdmin(), setBudget, { scope: 'month', limitMicros: 0, reason: 'test' });
  await fixture.workspace.run(asAdmin(), operations.control, { id, action: 'resume' });
  await work();
  expect(await searchOf(id)).toMatchObject({ state: 'paused', reason: expect.stringContaining('month') });
  await fixture.workspace.run(asAdmin(), setBudget, {
    scope: 'month',
    limitMicros: 50_000_000,
    reason: 'test',
  });
  await fixture.workspace.run(asAdmin(), operations.control, { id, action: 'cancel' });
  await work();
  expect(await searchOf(id)).toMatchObject({ state: 'cancelled', done: 0, chargedMicros: 0 });
  expect(billed()).toBe(0);
  await expect(
    fixture.workspace.run(asAdmin(), operations.control, { id, action: 'resume' }),
  ).rejects.toMatchObject({ code: 'conflict' });
});

it('goes on with the others where the vendor fails about one, and enriches whoever was found', async () => {
  const of = await accounts(3);
  fixture.sandbox.control.script({ vendor: PROVIDER, fault: '500', times: 1 });
  const { id } = await start(of, { enrichMicros: 1_000_000 });
  await work();
  const search = await searchOf(id);
  expect(search).toMatchObject({ state: 'finished', failed: 1, done: 3 });
  const { items } = await fixture.workspace.run(asAdmin(), operations.accounts, { id });
  expect(items.filter(({ state }) => state === 'failed')).toMatchObject([
    { because: expect.stringContaining('did not answer') },
  ]);
  const [run] = await sql<{ records: number; limit: number }>(
    `select r.records, b.limit_micros::int as limit from list_run r join budget b on b.period = r.id::text where r.id = $1`,
    [search?.runId],
  );
  expect(run).toEqual({ records: (search?.created ?? 0) + (search?.known ?? 0), limit: 1_000_000 });
});

it('is begun by a list for whoever enters, once, within the budget of the list', async () => {
  const of = await accounts(3);
  const { admin, workspaceId, clock, run, store } = fixture.workspace;
  await sql(`update account set country = 'PT' where id = any($1::uuid[])`, [of.ids]);
  const { id } = await run(admin, saveList, {
    name: 'Portugal',
    filter: { countries: ['PT'] },
    followUp: {
      people: { provider: PROVIDER, personas: of.personas },
      enrich: true,
      budgetMicros: 20_000_000,
    },
  });
  await sweepList({ store, clock }, workspaceId, id);
  await Promise.all([followUpLists(fixture.deps), followUpLists(fixture.deps)]);
  await followUpLists(fixture.deps);
  const [search, ...others] = (await run(admin, operations.list, {})).items.filter(
    ({ name }) => name === 'Portugal',
  );
  expect([search?.accounts, others]).toEqual([3, []]);
  await work();
  expect((await searchOf(search?.id ?? ''))?.state).toBe('finished');
  const campaigns = (await run(admin, readBudgets, {})).campaigns;
  expect(campaigns.find(({ name }) => name === 'List “Portugal”')).toMatchObject({
    limitMicros: 20_000_000,
    chargedMicros: billed(),
  });
  // Who is known already is enriched too.
  const runs = await sql<{ records: number }>(
    'select records from list_run where name = $1 order by id limit 1',
    ['Portugal'],
  );
  expect(runs).toEqual([{ records: 3 }]);
  await expect(
    run(admin, saveList, { name: 'Unpaid', filter: { countries: ['PT'] }, followUp: { enrich: true } }),
  ).rejects.toMatchObject({ issues: [{ field: 'followUp.budgetMicros' }] });
});

it('is refused under a campaign that is closed, which can be renamed and opened again', async () => {
  const { admin, run } = fixture.workspace;
  const of = await accounts(1);
  const { id } = await run(admin, createCampaign, { name: 'Spring', limitMicros: 5_000_000 });
  await run(admin, createCampaign, { name: 'Autumn' });
  await expect(run(admin, changeCampaign, { id, name: 'Autumn' })).rejects.toMatchObject({
    code: 'conflict',
    issues: [{ field: 'name' }],
  });
  await run(admin, changeCampaign, { id, name: 'Early spring', closed: true });
  const shown = async () => (await run(admin, readBudgets, {})).campaigns.find((one) => one.id === id);
  expect(await shown()).toMatchObject({ name: 'Early spring', closed: true, limitMicros: 5_000_000 });
  await expect(start(of, { campaignId: id })).rejects.toThrow('this campaign is closed');
  await run(admin, changeCampaign, { id, closed: false });
  const begun = await start(of, { campaignId: id });
  await run(admin, operations.control, { id: begun.id, action: 'cancel' });
  expect(await shown()).toMatchObject({ name: 'Early spring', closed: false });
});

it('takes accounts from a file, by their fit, and as a search shows them', async () => {
  const { workspace } = fixture;
  const { run, workspaceId } = workspace;
  const of = await accounts(3);
  const [first = '', second = ''] = of.ids;
  const count = async (chosen: Parameters<typeof forecastOf>[0]) => (await forecastOf(chosen)).accounts;
  const forecastOf = (
    chosen:
      | { kind: 'file'; fileId: string }
      | { kind: 'fit'; minFit: number }
      | { kind: 'view'; search: string },
  ) => run(asAdmin(), operations.forecast, { accounts: chosen, personas: of.personas });
  const [named] = await sql<{ name: string; domain: string }>(
    'select name, domain from account where id = $1',
    [first],
  );
  const file = await run(asAdmin(), createTargetFile, { name: 'Targets' });
  await run(asAdmin(), takeTargetRows, { fileId: file.id, rows: [{ domain: named?.domain ?? '' }] });
  expect(await count({ kind: 'file', fileId: file.id })).toBe(1);
  expect(await count({ kind: 'view', search: named?.domain ?? '' })).toBe(1);
  expect(await count({ kind: 'view', search: named?.name ?? '' })).toBeGreaterThanOrEqual(1);
  expect(await count({ kind: 'view', search: '' })).toBeGreaterThanOrEqual(3);
  await expect(count({ kind: 'fit', minFit: 1 })).rejects.toThrow('names no accepted account');
  const [model] = await sql<{ version: string }>(
    `select published_version_id as version from document where kind = 'intent_model' and name = 'main'`,
  );
  await workspace.store.withRecords(workspaceId, ({ db }) =>
    db.accountScore.createMany({
      data: [first, second].map((accountId, at) => ({
        workspaceId,
        accountId,
        intentVersionId: model?.version ?? '',
        icpVersionId: model?.version ?? '',
        fit: 60 + 20 * at,
        fitParts: [],
        signalBound: 0,
        scoredAt: workspace.clock.now(),
      })),
    }),
  );
  expect(await count({ kind: 'fit', minFit: 70 })).toBe(1);
});

it.each([
  ['no account', { accounts: { kind: 'ids', ids: ['01900000-0000-7000-8000-000000000001'] } }, 'accounts'],
  ['a provider that searches for nobody', { provider: 'zerobounce' }, 'provider'],
])('refuses %s', async (_, more, field) => {
  const of = {
    ids: ['01900000-0000-7000-8000-000000000001'],
    personas: [{ name: 'A', titles: ['CEO'], most: 1 }],
  };
  await expect(start(of, more)).rejects.toMatchObject({ code: 'invalid', issues: [{ field }] });
});
