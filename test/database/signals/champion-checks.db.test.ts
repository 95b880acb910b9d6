import {
  checkEmployment,
  employmentOffersOf,
  employmentVendors,
} from '@penstock/enrichment/check-employment';
import { switchPaidCalls } from '@penstock/enrichment/operations/manage-money';
import { setProviderTermsOperation } from '@penstock/enrichment/operations/set-provider-terms';
import { newId } from '@penstock/kernel/ids';
import { providerAdapters, providerCatalogue } from '@penstock/providers/registry';
import { knowledgeOf } from '@penstock/sandbox/world/knowledge';
import type { WorldPerson } from '@penstock/sandbox/world/world';
import { scoringPort } from '@penstock/scoring/rescore';
import { CHAMPIONS_SOURCE, pollChampions } from '@penstock/signals/champion-checks/poll-champions';
import { readChampionChecks, setChampionTier } from '@penstock/signals/operations/champion-checks';
import { saveChampionPolicy } from '@penstock/signals/operations/champion-policy';
import { listDepartures } from '@penstock/signals/operations/departures';
import { recordObjection } from '@penstock/signals/operations/manage-champions';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { waterfallFixture, type WaterfallFixture } from '../enrichment/waterfall-fixture.ts';
import { catalogueRows } from '../store/catalogue.ts';

const NOTE =
  'Our interest: keep a relation that exists. Only business contacts; they can object at any time.';
const DAY_MS = 86_400_000;
const setTerms = setProviderTermsOperation(providerCatalogue);
const readChecks = readChampionChecks(employmentOffersOf(providerAdapters.values()));

let fixture: WaterfallFixture;
let people: WorldPerson[];
beforeAll(async () => {
  fixture = await waterfallFixture(10_000);
  people = fixture.sandbox.world.people.filter(
    (person) =>
      person.mailbox === 'open' &&
      knowledgeOf('people-data-labs', person).email &&
      knowledgeOf('leadmagic', person).email,
  );
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(async () => {
  fixture.sandbox.control.reset();
  await fixture.forgetFaults();
  await sql('delete from champion');
});

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  catalogueRows<Row>(fixture.workspace.database, text, values);
const watch = (active = true) =>
  fixture.workspace.run(fixture.workspace.admin, saveChampionPolicy, { note: NOTE, active });
const credits = () => fixture.sandbox.control.charges().total.credits;
const later = (days: number) => fixture.workspace.clock.advanceMs(days * DAY_MS + 60_000);

/** The watcher looks once. */
async function poll() {
  const { workspace, deps } = fixture;
  const [row] = await sql<{ id: string }>(
    'select id from source_watch where workspace_id = $1 and source = $2',
    [workspace.workspaceId, CHAMPIONS_SOURCE],
  );
  return pollChampions(
    {
      store: workspace.store,
      clock: workspace.clock,
      scoring: scoringPort,
      jobs: {
        vendors: (tx) => employmentVendors(tx, deps),
        check: (workspaceId, check, keep) => checkEmployment(deps, workspaceId, check, keep),
      },
    },
    { workspaceId: workspace.workspaceId, watchId: row?.id ?? '' },
  );
}

/** A champion of ours whom both vendors know, by address and profile. */
async function champion(tier: 'key' | 'standard' | 'light' = 'key', withProfile = true) {
  const person = people.shift();
  if (!person) throw new TypeError('the world has too few people');
  const personId = await fixture.meet(person, { email: true });
  const { workspaceId, clock } = fixture.workspace;
  if (withProfile)
    await sql(
      `insert into observation (workspace_id, id, person_id, field, value, provider, lawful_basis, occurred_at, recorded_at)
       values ($1, $2, $3, 'linkedin_url', $4, 'import', 'test', $5, $5)`,
      [workspaceId, newId(clock.now()), personId, person.linkedinUrl, clock.now()],
    );
  await sql(
    `insert into champion (workspace_id, person_id, account_id, tier, origin, state, marked_by, marked_at)
     select $1, id, account_id, $3, 'hand', 'watched', 'test', $4 from person where id = $2`,
    [workspaceId, personId, tier, clock.now()],
  );
  return { person, personId };
}
const checksOf = async (personId: string) =>
  Object.fromEntries(
    (
      await sql<{ provider: string; state: string; because: string }>(
        'select provider, state, because from champion_check where person_id = $1',
        [personId],
      )
    ).map(({ provider, state, because }) => [provider, because === '' ? state : `${state}: ${because}`]),
  );
const elsewhereOf = (person: WorldPerson) => {
  const other = fixture.sandbox.world.companies.find(({ key }) => key !== person.companyKey);
  if (!other) throw new TypeError('the world has one company');
  return other;
};
const departures = async () =>
  (await fixture.workspace.run(fixture.workspace.admin, listDepartures, {})).items;

it('asks nobody before it is recorded why, nor after watching was stopped', async () => {
  await champion();
  expect(await poll()).toMatchObject({ asked: 0 });
  await watch(false);
  expect(await poll()).toMatchObject({ asked: 0 });
  expect(await sql('select from champion_check')).toEqual([]);
  expect(credits()).toBe(0);
});

it('asks each vendor once per cadence, pays as they bill, and asks for free whether anything has changed', async () => {
  await watch();
  const { personId } = await champion();
  expect(await poll()).toMatchObject({ asked: 2, failed: 0 });
  expect(await checksOf(personId)).toEqual({ 'people-data-labs': 'same', leadmagic: 'same' });
  expect(credits()).toBe(4);
  expect(await poll()).toMatchObject({ asked: 0 });
  later(14);
  expect(await poll()).toMatchObject({ asked: 2 });
  expect(await checksOf(personId)).toEqual({ 'people-data-labs': 'unchanged', leadmagic: 'same' });
  // The free word of the one, three credits of the other.
  expect(credits()).toBe(7);
  const ledger = await fixture.ledger(personId);
  expect(ledger.map(({ state }) => state).toSorted()).toEqual(['charged', 'charged', 'charged', 'released']);
  expect(ledger.reduce((sum, { charged }) => sum + charged, 0)).toBe(280_000 + 2 * 72_000);
});

it('takes two vendors that read one profile for one witness, and leaves it to a person', async () => {
  await watch();
  const { person, personId } = await champion();
  const { domain, name } = elsewhereOf(person);
  fixture.sandbox.control.movePerson(person.email, domain);
  expect(await poll()).toMatchObject({ asked: 2, elsewhere: 2 });
  const open = await departures();
  expect(open).toMatchObject([
    {
      person: { id: personId },
      words: [{ witness: 'vendor', newTitle: expect.stringContaining('Head of') }],
    },
  ]);
  expect(open[0]?.words).toHaveLength(1);
  expect(open[0]?.words[0]?.newCompany.toLowerCase()).toBe(name.toLowerCase());
});

it('notices a move by the vendor’s free word, and pays only then', async () => {
  await watch();
  const { person, personId } = await champion('key', false);
  await poll();
  expect(await checksOf(personId)).toEqual({
    'people-data-labs': 'same',
    leadmagic: expect.stringMatching(/^held: it needs a public profile/),
  });
  fixture.sandbox.control.movePerson(person.email, elsewhereOf(person).domain);
  const before = credits();
  later(14);
  await poll();
  expect(await checksOf(personId)).toMatchObject({ 'people-data-labs': 'elsewhere' });
  expect(credits()).toBe(before + 1);
});

it('keeps to the budget of the tier, key champions first', async () => {
  await watch();
  const light = await champion('light');
  const key = await champion('key');
  const { admin } = fixture.workspace;
  await fixture.workspace.run(admin, setChampionTier, { tier: 'light', everyDays: 30, budgetMicros: 0 });
  await fixture.workspace.run(admin, setChampionTier, { tier: 'key', everyDays: 7, budgetMicros: 352_000 });
  await sql(`delete from budget where scope = 'checks'`);
  await poll();
  expect(await checksOf(key.personId)).toEqual({ 'people-data-labs': 'same', leadmagic: 'same' });
  expect(Object.values(await checksOf(light.personId))).toEqual([
    expect.stringContaining("checks' monthly budget has no room"),
    expect.stringContaining("checks' monthly budget has no room"),
  ]);
  expect(credits()).toBe(4);
  const page = await fixture.workspace.run(admin, readChecks, {});
  expect(page.tiers.find(({ tier }) => tier === 'key')).toMatchObject({
    everyDays: 7,
    budgetMicros: 352_000,
    usedMicros: 352_000,
    watched: 1,
  });
  expect(page.checks.map(({ state }) => state).toSorted()).toEqual(['held', 'held', 'same', 'same']);
  await fixture.workspace.run(admin, setChampionTier, {
    tier: 'light',
    everyDays: 30,
    budgetMicros: 5_000_000,
  });
  expect(await poll()).toMatchObject({ asked: 2 });
});

it('asks about nobody who objected, is barred, or while paid calls are stopped', async () => {
  await watch();
  const { admin, reps } = fixture.workspace;
  const objector = await champion();
  await poll();
  await fixture.workspace.run(reps[0], recordObjection, { personId: objector.personId });
  expect(await checksOf(objector.personId)).toEqual({});
  const before = credits();
  later(30);
  expect(await poll()).toMatchObject({ asked: 0, held: 0 });
  const stopped = await champion();
  await fixture.workspace.run(admin, switchPaidCalls, { stopped: true, reason: 'test' });
  await poll();
  expect(Object.values(await checksOf(stopped.personId))).toEqual(
    Array(2).fill('held: paid calls are stopped in this workspace'),
  );
  await fixture.workspace.run(admin, switchPaidCalls, { stopped: false, reason: 'test' });
  for (const provider of ['people-data-labs', 'leadmagic'])
    await fixture.workspace.run(admin, setTerms, {
      provider,
      barredCountries: [stopped.person.country],
      asksUnknownCountry: false,
      keepDays: null,
    });
  later(1);
  await poll();
  expect(Object.values(await checksOf(stopped.personId))).toEqual(
    Array(2).fill(expect.stringMatching(/^held: (this workspace does not ask it|may be asked only)/)),
  );
  expect(credits()).toBe(before);
  for (const provider of ['people-data-labs', 'leadmagic'])
    await fixture.workspace.run(admin, setTerms, {
      provider,
      barredCountries: [],
      asksUnknownCountry: true,
      keepDays: null,
    });
});

it('never asks again what may have been charged, and tries again what was not', async () => {
  await watch();
  const { personId } = await champion();
  fixture.sandbox.control.script({ vendor: 'people-data-labs', fault: 'truncated', times: 1 });
  fixture.sandbox.control.script({ vendor: 'leadmagic', fault: '500', times: 1 });
  expect(await poll()).toMatchObject({ failed: 2 });
  expect(await checksOf(personId)).toEqual({
    'people-data-labs': expect.stringMatching(/^unknown/),
    leadmagic: 'failed: unavailable',
  });
  const before = credits();
  later(1);
  await fixture.forgetFaults();
  await poll();
  expect(await checksOf(personId)).toEqual({
    'people-data-labs': expect.stringMatching(/^held: its last question is of unknown charge/),
    leadmagic: 'same',
  });
  expect(credits()).toBe(before + 3);
});
