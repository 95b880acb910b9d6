import { findPeopleOperations } from '@penstock/enrichment/operations/find-people';
import { setBudget } from '@penstock/enrichment/operations/manage-budgets';
import { switchPaidCalls } from '@penstock/enrichment/operations/manage-money';
import { providerCatalogue } from '@penstock/providers/registry';
import type { WorldPerson } from '@penstock/sandbox/world/world';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const PROVIDER = 'people-data-labs';
let fixture: WaterfallFixture;
let operations: ReturnType<typeof findPeopleOperations>;
/** Companies with several people, the largest first; each test takes one. */
let companies: { key: string; people: WorldPerson[] }[];
beforeAll(async () => {
  fixture = await waterfallFixture(10_000);
  operations = findPeopleOperations({ ...providerCatalogue, send: fixture.deps.send });
  companies = [...Map.groupBy(fixture.sandbox.world.people, ({ companyKey }) => companyKey)]
    .map(([key, people]) => ({ key, people }))
    .toSorted((a, b) => b.people.length - a.people.length);
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(() => fixture.sandbox.control.reset());

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  catalogueRows<Row>(fixture.workspace.database, text, values);
/** An account of which one person is known. */
async function nextAccount() {
  const company = companies.shift();
  const [first] = company?.people ?? [];
  if (!company || !first) throw new TypeError('the world has too few companies');
  const personId = await fixture.meet(first);
  const [row] = await sql<{ id: string }>('select account_id as id from person where id = $1', [personId]);
  return {
    accountId: row?.id ?? '',
    titles: [...new Set(company.people.map(({ title }) => title))].slice(0, 10),
  };
}
const find = (input: { accountId: string; titles: string[]; most?: number; provider?: string }) =>
  fixture.workspace.run(fixture.workspace.admin, operations.find, { provider: PROVIDER, ...input });
const peopleOf = (accountId: string) =>
  sql<{ name: string }>(`select given_name || ' ' || family_name as name from person where account_id = $1`, [
    accountId,
  ]);

it('makes a list of whom the vendor names, each person once, and pays as the vendor bills', async () => {
  const { accountId, titles } = await nextAccount();
  const preview = await fixture.workspace.run(fixture.workspace.admin, operations.preview, { accountId });
  expect(preview).toMatchObject({ people: 1, hasDomain: true });
  const offered = preview.providers.find(({ id }) => id === PROVIDER);
  expect(offered?.hasKey).toBe(true);
  const found = await find({ accountId, titles });
  expect(found.found).toBeGreaterThan(0);
  expect(found.chargedMicros).toBeLessThanOrEqual(offered?.priceMicros ?? 0);
  const billed = fixture.sandbox.control.charges().total.credits;
  expect(found.chargedMicros).toBe(billed * 280_000);
  const people = (await peopleOf(accountId)).map(({ name }) => name);
  expect(new Set(people).size).toBe(people.length);
  expect(people.length).toBe(1 + found.created);
  const members = await sql('select from people_import_member where import_id = $1', [found.importId]);
  expect(members.length).toBe(found.created + found.known);
  const told = await sql<{ provider: string; paid: boolean }>(
    `select distinct o.provider, o.ledger_id is not null as paid from observation o join people_import_member m on m.person_id = o.person_id where m.import_id = $1 and o.field = 'title'`,
    [found.importId],
  );
  expect(told).toEqual([{ provider: PROVIDER, paid: true }]);
});

it('takes of a vendor that names everybody only those in the positions, and pays for all that it named', async () => {
  const { accountId, titles } = await nextAccount();
  const wanted = titles.slice(0, 1);
  const found = await find({ accountId, titles: wanted, provider: 'leadmagic' });
  const billed = fixture.sandbox.control.charges().byVendor['leadmagic']?.credits ?? 0;
  expect(billed).toBeGreaterThan(0);
  expect(found.chargedMicros).toBe(Math.round(billed * 24_000));
  // A twentieth of a credit each.
  expect(found.found).toBeLessThan(Math.round(billed * 20));
  const told = await sql<{ title: string }>(
    `select distinct o.value as title from observation o join people_import_member m on m.person_id = o.person_id where m.import_id = $1 and o.field = 'title' and o.provider = 'leadmagic'`,
    [found.importId],
  );
  const words = (wanted[0] ?? '').split(' ');
  expect(told.filter(({ title }) => !words.every((word) => title.includes(word)))).toEqual([]);
});

it('takes no more than were wanted, and does not pay for the same search twice', async () => {
  const { accountId, titles } = await nextAccount();
  const found = await find({ accountId, titles, most: 1 });
  expect(found.created + found.known).toBe(1);
  expect(found.over).toBe(found.found - found.hidden - 1);
  const billed = fixture.sandbox.control.charges().total.credits;
  await expect(find({ accountId, titles })).rejects.toThrow('within 30 days');
  expect(fixture.sandbox.control.charges().total.credits).toBe(billed);
});

it('asks nobody where paid calls are stopped, a budget is empty, or something is missing', async () => {
  const { accountId, titles } = await nextAccount();
  const { admin, reps } = fixture.workspace;
  await fixture.workspace.run(admin, switchPaidCalls, { stopped: true, reason: 'test' });
  await expect(find({ accountId, titles })).rejects.toThrow('Paid calls are stopped');
  await fixture.workspace.run(admin, switchPaidCalls, { stopped: false, reason: 'test' });
  await fixture.workspace.run(admin, setBudget, { scope: 'month', limitMicros: 0, reason: 'test' });
  await expect(find({ accountId, titles })).rejects.toThrow('monthly budget');
  await fixture.workspace.run(admin, setBudget, { scope: 'month', limitMicros: 50_000_000, reason: 'test' });
  const as = (provider: string) =>
    fixture.workspace.run(admin, operations.find, { accountId, provider, titles });
  await expect(as('hunter')).rejects.toThrow('provider: has no key');
  await expect(as('zerobounce')).rejects.toThrow('provider: searches for nobody');
  await expect(find({ accountId: reps[0].workspaceId, titles })).rejects.toThrow('no such account');
  await expect(
    fixture.workspace.run(reps[0], operations.find, { accountId, provider: PROVIDER, titles }),
  ).rejects.toThrow('enrichment.run');
  expect(fixture.sandbox.control.charges().total.credits).toBe(0);
});

it('says what went wrong, counts as charged what may have been, and takes nobody', async () => {
  const { accountId, titles } = await nextAccount();
  fixture.sandbox.control.script({ vendor: PROVIDER, fault: '500', times: 1 });
  await expect(find({ accountId, titles })).rejects.toThrow('did not answer');
  expect(await peopleOf(accountId)).toHaveLength(1);
  expect((await find({ accountId, titles })).found).toBeGreaterThan(0);
});
