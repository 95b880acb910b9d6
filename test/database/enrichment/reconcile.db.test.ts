import { listSettledCharges, listUnknownCharges } from '@penstock/enrichment/operations/manage-money';
import { DEFAULT_WATERFALL } from '@penstock/enrichment/model/presets';
import type { Waterfall } from '@penstock/enrichment/model/waterfall';
import { refreshBalances } from '@penstock/enrichment/refresh-balances';
import { runWaterfall } from '@penstock/enrichment/run-waterfall';
import { newId } from '@penstock/kernel/ids';
import { sealText } from '@penstock/kernel/seal';
import { knowledgeOf } from '@penstock/sandbox/world/knowledge';
import type { WorldPerson } from '@penstock/sandbox/world/world';
import { publishDocument, saveDraft } from '@penstock/workspace/documents';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { SECRET_KEY } from '../workspace-fixture.ts';
import { peopleKnownTo, waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

/** Only calls that are to hang last longer. */
const PATIENCE_MS = 1_500;
const BETWEEN_MS = 11 * 60_000;

let fixture: WaterfallFixture;
let people: WorldPerson[];
beforeEach(async () => {
  fixture = await waterfallFixture(PATIENCE_MS);
  fixture.sandbox.control.reset();
  people = peopleKnownTo(fixture.sandbox, ['people-data-labs', 'leadmagic']);
});
afterEach(() => fixture[Symbol.asyncDispose]());

/** Some time passes, and the keys are looked at. */
async function look(): Promise<void> {
  fixture.workspace.clock.advanceMs(BETWEEN_MS);
  await refreshBalances(fixture.deps, fixture.workspace.workspaceId);
  fixture.workspace.clock.advanceMs(BETWEEN_MS);
}
async function enrich(fault?: 'timeout_after_charge' | 'hang', vendor = 'zerobounce'): Promise<string> {
  const person = people.shift();
  if (!person) throw new TypeError('the world has too few people');
  const personId = await fixture.meet(person);
  if (fault) fixture.sandbox.control.script({ vendor, fault, times: 1 });
  await fixture.run(personId);
  return personId;
}
const callsOf = (personId: string, provider = 'zerobounce') =>
  catalogueRows<{ state: string; by: string; note: string; outcome: string }>(
    fixture.workspace.database,
    `select state, settled_by as by, note, outcome from spend_ledger where person_id = $1 and provider = $2 order by id`,
    [personId, provider],
  );
/** Budgets that don't say what the ledger says. */
const wrongBudgets = () =>
  catalogueRows(
    fixture.workspace.database,
    `select b.scope from budget b cross join lateral (
       select coalesce(sum(reserved_micros) filter (where state in ('reserved', 'unknown')), 0) as open,
         coalesce(sum(charged_micros) filter (where state in ('charged', 'reconciled')), 0) as spent
       from spend_ledger l where b.id = any(l.budget_ids)) s where b.reserved_micros <> s.open or b.charged_micros <> s.spent`,
    [],
  );

it('settles by the key’s balance what leaves no doubt, once earlier calls show that it tells', async () => {
  await look();
  await enrich();
  await look();
  const charged = await enrich('timeout_after_charge');
  expect(await callsOf(charged)).toMatchObject([{ state: 'unknown' }]);
  await look();
  expect(await callsOf(charged)).toMatchObject([
    { state: 'reconciled', by: 'balance', outcome: expect.stringContaining('1 credit went beyond') },
  ]);
  const free = await enrich('hang');
  await look();
  expect(await callsOf(free)).toMatchObject([{ state: 'released', by: 'balance' }]);
  expect(await wrongBudgets()).toEqual([]);
  const { items } = await fixture.workspace.run(fixture.workspace.admin, listSettledCharges, {});
  expect(items.map(({ by, provider }) => [by, provider])).toEqual([
    ['balance', 'zerobounce'],
    ['balance', 'zerobounce'],
  ]);
}, 60_000);

it('leaves to a person what the balance does not tell apart, and says why', async () => {
  await look();
  await enrich();
  await look();
  const both = [await enrich('timeout_after_charge'), await enrich('hang')];
  await look();
  for (const id of both)
    expect(await callsOf(id)).toMatchObject([
      { state: 'unknown', note: expect.stringContaining('which of 2 calls was charged it does not say') },
    ]);
  const { items } = await fixture.workspace.run(fixture.workspace.admin, listUnknownCharges, {});
  expect(items.every(({ note }) => note.includes('which of 2 calls'))).toBe(true);
  expect(await wrongBudgets()).toEqual([]);
}, 60_000);

it('believes no balance of which nothing shows yet that it tells', async () => {
  await look();
  const personId = await enrich('timeout_after_charge');
  await look();
  expect(await callsOf(personId)).toMatchObject([
    { state: 'unknown', note: 'no earlier calls show that the balance tells of validate' },
  ]);
}, 60_000);

it('keeps no look while a call is under way, since nobody knows on which side it lies', async () => {
  const { workspaceId, clock } = fixture.workspace;
  const { deps } = fixture;
  const looks = () =>
    catalogueRows<{ provider: string }>(
      fixture.workspace.database,
      'select c.provider from key_balance b join provider_credential c on c.id = b.credential_id order by 1',
      [],
    );
  let during: { provider: string }[] = [];
  const send: typeof deps.send = async (call, request) => {
    if (call.adapter.manifest.id === 'zerobounce') {
      await refreshBalances(deps, workspaceId);
      during = await looks();
    }
    return deps.send(call, request);
  };
  clock.advanceMs(BETWEEN_MS);
  const [person] = people;
  if (!person) throw new TypeError('the world has too few people');
  const personId = await fixture.meet(person);
  await runWaterfall({ ...deps, send }, { workspaceId, personId, leadId: null, runId: newId(clock.now()) });
  expect(during).toEqual([{ provider: 'leadmagic' }]);
  clock.advanceMs(6 * BETWEEN_MS);
  await look();
  expect((await looks()).map(({ provider }) => provider)).toContain('zerobounce');
}, 60_000);

it('asks again for free what may have been paid for: it is paid for once, whatever became of the first', async () => {
  const { store, clock, workspaceId } = fixture.workspace;
  const key = {
    workspaceId,
    id: newId(clock.now()),
    provider: 'prospeo',
    label: 'test',
    secretSealed: sealText(SECRET_KEY, 'sandbox_prospeo'),
    lastFour: 'test',
    limits: [],
    createdAt: clock.now(),
  };
  await store.withRecords(workspaceId, ({ db }) => db.providerCredential.create({ data: key }));
  const step = (provider: string, capability: string) => ({ provider, capability, only: null, when: [] });
  const body = {
    ...DEFAULT_WATERFALL,
    wanted: ['work_email'],
    steps: [step('prospeo', 'enrich-person'), step('zerobounce', 'validate')],
  } as Waterfall;
  await store.inWorkspace(workspaceId, async (tx) => {
    const draft = { kind: 'waterfall', body, note: 'again', authorId: 'test', now: clock.now() } as const;
    await publishDocument(tx, { ...(await saveDraft(tx, draft)), note: 'again', now: clock.now() });
  });
  const { world } = fixture.sandbox;
  const open = world.people.filter(({ mailbox }) => mailbox === 'open');
  const knows = (person: WorldPerson) => knowledgeOf('prospeo', person);
  people = open.filter((person) => knows(person).email && knows(person).trap === null).slice(0, 2);
  people.push(...open.filter((person) => !knows(person).email).slice(0, 1));
  const [paid, unpaid] = [await enrich('timeout_after_charge', 'prospeo'), await enrich('hang', 'prospeo')];
  const absent = await enrich('hang', 'prospeo');
  for (const id of [paid, unpaid, absent])
    expect(await callsOf(id, 'prospeo')).toMatchObject([{ state: 'unknown' }]);
  await fixture.forgetFaults();
  await look();
  expect([
    ...(await callsOf(paid, 'prospeo')),
    ...(await callsOf(unpaid, 'prospeo')),
    ...(await callsOf(absent, 'prospeo')),
  ]).toMatchObject([
    { state: 'charged', by: 'look_up' },
    { state: 'charged', by: 'look_up' },
    { state: 'released', by: 'look_up' },
  ]);
  expect(Object.keys(await fixture.values(paid))).toContain('work_email');
  const { byPerson } = fixture.sandbox.control.charges();
  expect(byPerson.filter(({ count }) => count > 1)).toEqual([]);
  expect(await wrongBudgets()).toEqual([]);
}, 60_000);
