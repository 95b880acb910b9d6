import { paidSourceOffers, paidSourcesWithKey, watchCompany } from '@penstock/enrichment/watch-company';
import { recordConversion } from '@penstock/engagement/first-touch';
import { newId } from '@penstock/kernel/ids';
import { sealText } from '@penstock/kernel/seal';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { providerAdapters } from '@penstock/providers/registry';
import type { WorldCompany } from '@penstock/sandbox/world/world';
import { scoringPort } from '@penstock/scoring/rescore';
import { limitSource } from '@penstock/signals/operations/limit-source';
import { listSources } from '@penstock/signals/operations/list-sources';
import { listPaidSources, setPaidSource } from '@penstock/signals/operations/paid-sources';
import { listSignals } from '@penstock/signals/operations/read-signals';
import { PAID_SOURCE, pollPaid } from '@penstock/signals/paid-signals/poll-paid';
import { recordSignals } from '@penstock/signals/record-signals';
import { eventReportOf } from '@penstock/signals/model/event-report';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { waterfallFixture, type WaterfallFixture } from '../enrichment/waterfall-fixture.ts';
import { catalogueRows } from '../store/catalogue.ts';
import { SECRET_KEY } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;
const offers = paidSourceOffers(providerAdapters.values());
const list = listPaidSources(offers);
const set = setPaidSource(offers);

const createDeal = createDealOperation({ onLeadConverted: recordConversion });

let fixture: WaterfallFixture;
let companies: WorldCompany[];
beforeAll(async () => {
  fixture = await waterfallFixture(10_000);
  companies = [...fixture.sandbox.world.companies];
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(async () => {
  fixture.sandbox.control.reset();
  await fixture.forgetFaults();
  for (const table of ['company_watch', 'paid_source']) await sql(`delete from ${table}`);
  await sql(`update account set owner_id = null`);
});

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  catalogueRows<Row>(fixture.workspace.database, text, values);
const credits = () => fixture.sandbox.control.charges().total.credits;
const later = (days: number) => fixture.workspace.clock.advanceMs(days * DAY_MS + 60_000);
const happen: WaterfallFixture['sandbox']['control']['happen'] = (domain, happening) =>
  fixture.sandbox.control.happen(domain, happening);

async function key(provider: string): Promise<void> {
  const { workspaceId, clock } = fixture.workspace;
  await sql('delete from provider_credential where provider = $1', [provider]);
  await sql(
    `insert into provider_credential (workspace_id, id, provider, label, secret_sealed, last_four, limits, created_at) values ($1, $2, $3, 'test', $4, 'test', '[]', $5)`,
    [
      workspaceId,
      newId(clock.now()),
      provider,
      sealText(SECRET_KEY, `sandbox_${provider}:token`),
      clock.now(),
    ],
  );
}
async function turnOn(
  source: string,
  more: { everyDays?: number; budgetMicros?: number } = {},
): Promise<void> {
  await key(source.split('/')[0] ?? '');
  await fixture.workspace.run(fixture.workspace.admin, set, {
    source,
    active: true,
    everyDays: 3,
    budgetMicros: 25_000_000,
    ...more,
  });
}
/** An account of ours that somebody has. */
async function account(): Promise<{ id: string; domain: string }> {
  const company = companies.shift();
  const person = fixture.sandbox.world.people.find(({ companyKey }) => companyKey === company?.key);
  if (!company || !person) throw new TypeError('the world has too few companies');
  await fixture.meet(person);
  const [row] = await sql<{ id: string }>('update account set owner_id = $2 where domain = $1 returning id', [
    company.domain,
    fixture.workspace.reps[0].id,
  ]);
  return { id: row?.id ?? '', domain: company.domain };
}
async function poll() {
  const { workspace, deps } = fixture;
  const [row] = await sql<{ id: string }>(
    'select id from source_watch where workspace_id = $1 and source = $2',
    [workspace.workspaceId, PAID_SOURCE],
  );
  const vendors = {
    sources: (tx: Parameters<typeof paidSourcesWithKey>[0]) => paidSourcesWithKey(tx, deps),
    look: (
      workspaceId: string,
      look: Parameters<typeof watchCompany>[2],
      keep: Parameters<typeof watchCompany>[3],
    ) => watchCompany(deps, workspaceId, look, keep),
  };
  return pollPaid(
    { store: workspace.store, clock: workspace.clock, scoring: scoringPort, vendors },
    { workspaceId: workspace.workspaceId, watchId: row?.id ?? '' },
  );
}
const signalsAt = async (accountId: string) =>
  (await fixture.workspace.run(fixture.workspace.admin, listSignals, { accountId })).items;
const stateOf = async (source: string) =>
  (
    await sql<{ state: string; because: string }>(
      'select state, because from company_watch where source = $1',
      [source],
    )
  )[0];

it('asks nobody until a source is switched on, and takes what was there before for no news', async () => {
  await key('theirstack');
  const { id, domain } = await account();
  happen(domain, { what: 'opening', title: 'Sales Operations Manager' });
  await poll();
  expect(await sql('select from company_watch')).toEqual([]);
  await turnOn('theirstack/jobs');
  later(0);
  await poll();
  expect(credits()).toBe(0);
  later(3);
  expect(await poll()).toMatchObject({ asked: 1, signals: 0 });
  expect(await signalsAt(id)).toEqual([]);
});

it('pays TheirStack for each job that it returns, once, and tells those that a rule wants', async () => {
  await turnOn('theirstack/jobs');
  const { id, domain } = await account();
  await poll();
  later(1);
  happen(domain, { what: 'opening', title: 'Sales Operations Manager', city: 'Berlin', country: 'DE' });
  happen(domain, { what: 'opening', title: 'Nurse' });
  later(2);
  expect(await poll()).toMatchObject({ asked: 1, signals: 1 });
  expect(credits()).toBe(2);
  expect(await signalsAt(id)).toMatchObject([
    { kind: 'hiring', summary: expect.stringContaining('Sales Operations Manager, Berlin') },
  ]);
  later(3);
  expect(await poll()).toMatchObject({ asked: 1, signals: 0 });
  expect(credits()).toBe(2);
});

it('counts what a day’s questions cost as the ledger does, shows it beside the source, and stops at the money of the day', async () => {
  await turnOn('theirstack/jobs');
  const { domain } = await account();
  await poll();
  later(1);
  for (let at = 0; at < 30; at += 1) happen(domain, { what: 'opening', title: `Sales Operations ${at}` });
  later(2);
  const { workspace } = fixture;
  const paid = async () =>
    (await workspace.run(workspace.admin, listSources, {})).items.find(
      ({ source }) => source === PAID_SOURCE,
    );
  const charged = async () => {
    const [row] = await sql<{ micros: string }>(
      `select coalesce(sum(charged_micros), 0) as micros from spend_ledger where reserved_at >= $1::date`,
      [workspace.clock.now()],
    );
    return Number(row?.micros);
  };
  const before = await charged();
  await workspace.run(workspace.admin, limitSource, {
    source: PAID_SOURCE,
    mostRequests: null,
    mostMicros: 1,
  });
  expect(await poll()).toMatchObject({ asked: 1, signals: 25 });
  const today = (await paid())?.today;
  expect(today?.costMicros).toBeGreaterThan(0);
  expect(today?.costMicros).toBe((await charged()) - before);
  expect(today).toMatchObject({ requests: 1, mostMicros: 1, resting: expect.stringContaining('are spent') });
  // The second page waits for the next day.
  expect(await poll()).toMatchObject({ asked: 0, signals: 0 });
  await workspace.run(workspace.admin, limitSource, {
    source: PAID_SOURCE,
    mostRequests: null,
    mostMicros: null,
  });
  later(0);
  workspace.clock.advanceMs(11 * 60_000);
  expect(await poll()).toMatchObject({ asked: 1, signals: 5 });
  expect((await paid())?.today.costMicros).toBe((await charged()) - before);
});

it('reads page after page, each paid for once', async () => {
  await turnOn('theirstack/jobs');
  const { domain } = await account();
  await poll();
  later(1);
  for (let at = 0; at < 30; at += 1) happen(domain, { what: 'opening', title: `Sales Operations ${at}` });
  later(2);
  expect(await poll()).toMatchObject({ signals: 25 });
  expect(await poll()).toMatchObject({ signals: 5 });
  expect(await poll()).toMatchObject({ asked: 0 });
  expect(credits()).toBe(30);
});

it('pays PredictLeads for each question, and joins its news to what the record tells of the same event', async () => {
  await turnOn('predictleads/news');
  const { id, domain } = await account();
  await poll();
  later(1);
  const { store, clock, workspaceId } = fixture.workspace;
  const facts = { amountUsd: 30_000_000 };
  await store.inWorkspace(workspaceId, (tx) =>
    recordSignals(
      tx,
      [
        {
          accountId: id,
          kind: 'funding',
          eventKey: 'a-form-d',
          strength: 0.8,
          summary: 'Filed.',
          facts,
          source: 'sec-edgar/current-form-d',
          report: eventReportOf('sec-edgar/current-form-d', 'funding', facts),
          isTest: false,
          occurredAt: clock.now(),
          evidence: null,
        },
      ],
      clock.now(),
      scoringPort,
    ),
  );
  happen(domain, {
    what: 'news',
    category: 'receives_financing',
    attributes: { amount_normalized: 30_000_000, financing_type_normalized: 'series_b' },
  });
  happen(domain, { what: 'news', category: 'hires', attributes: { job_title: 'CFO' } });
  happen(domain, { what: 'news', category: 'acquires', attributes: { planning: true } });
  later(2);
  expect(await poll()).toMatchObject({ asked: 1, signals: 2 });
  const signals = await signalsAt(id);
  expect(signals.map(({ kind }) => kind).toSorted()).toEqual(['executive_hire', 'funding']);
  expect(signals.find(({ kind }) => kind === 'funding')?.strength).toBeGreaterThan(0.8);
  expect(credits()).toBe(1);
  later(3);
  await poll();
  expect(credits()).toBe(2);
});

it('takes Lusha and PredictLeads for one witness of the same round, and Lusha’s last day for no second one', async () => {
  await turnOn('predictleads/news');
  await turnOn('lusha/news');
  const { id, domain } = await account();
  await poll();
  later(1);
  happen(domain, { what: 'news', category: 'receives_financing' });
  happen(domain, { what: 'news', category: 'hires', attributes: { job_title: 'CFO' } });
  later(8);
  await poll();
  later(8);
  await poll();
  const kinds = (await signalsAt(id)).map(({ kind, source }) => `${source} ${kind}`).toSorted();
  expect(kinds).toHaveLength(2);
  expect(kinds.map((each) => each.split(' ')[1])).toEqual(['executive_hire', 'funding']);
});

it('tells a new tool once, whichever of the vendors and records sees it', async () => {
  for (const source of ['theirstack/technologies', 'predictleads/technologies', 'builtwith/technologies'])
    await turnOn(source);
  const { id, domain } = await account();
  await poll();
  later(1);
  happen(domain, { what: 'technology', name: 'Snowflake' });
  later(2);
  expect(await poll()).toMatchObject({ asked: 3, signals: 3 });
  const signals = await signalsAt(id);
  expect(signals).toMatchObject([
    { kind: 'technology_adoption', summary: expect.stringContaining('Snowflake') },
  ]);
  expect(credits()).toBe(3 + 1 + 1);
});

it('keeps to its budget, accounts with open deals first, and says what is held', async () => {
  await turnOn('predictleads/openings', { budgetMicros: 100_000 });
  const { admin, reps } = fixture.workspace;
  await account();
  const withDeal = await account();
  await fixture.workspace.run(reps[0], createDeal, {
    accountId: withDeal.id,
    name: 'A deal',
    valueMinor: 1,
    nextStep: 'Call',
    source: 'outbound',
  });
  await poll();
  later(3);
  expect(await poll()).toMatchObject({ asked: 1, held: 1 });
  expect(await sql(`select account_id as id from company_watch where state = 'asked'`)).toEqual([
    { id: withDeal.id },
  ]);
  const { items } = await fixture.workspace.run(admin, list, {});
  expect(items.find(({ source }) => source === 'predictleads/openings')).toMatchObject({
    hasKey: true,
    active: true,
    usedMicros: 100_000,
    watched: 2,
    held: 1,
    heldBecause: expect.stringContaining('no room'),
  });
});

it('never asks again what may have been charged', async () => {
  await turnOn('theirstack/jobs');
  const { domain } = await account();
  await poll();
  later(1);
  happen(domain, { what: 'opening', title: 'Sales Operations Manager' });
  later(2);
  fixture.sandbox.control.script({ vendor: 'theirstack', fault: 'truncated', times: 1 });
  expect(await poll()).toMatchObject({ failed: 1 });
  expect(await stateOf('theirstack/jobs')).toMatchObject({ state: 'unknown' });
  const paid = credits();
  later(3);
  await fixture.forgetFaults();
  expect(await poll()).toMatchObject({ held: 1 });
  expect(await stateOf('theirstack/jobs')).toMatchObject({
    because: expect.stringContaining('unknown charge'),
  });
  expect(credits()).toBe(paid);
});

it('refuses to switch on a source without a key, and one that is not there', async () => {
  await sql(`delete from provider_credential where provider = 'builtwith'`);
  const input = { active: true, everyDays: 3, budgetMicros: 1 };
  const { admin } = fixture.workspace;
  await expect(
    fixture.workspace.run(admin, set, { source: 'builtwith/technologies', ...input }),
  ).rejects.toThrow('BuiltWith has no key here');
  await expect(fixture.workspace.run(admin, set, { source: 'x/y', ...input })).rejects.toThrow(
    'no such paid source',
  );
});
