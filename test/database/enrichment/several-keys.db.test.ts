import { openListWork } from '@penstock/enrichment/list-run/open-list-work';
import { runChunk } from '@penstock/enrichment/list-run/run-chunk';
import { arrangeKeys, removeKey, setKeyLimits } from '@penstock/enrichment/operations/manage-keys';
import { providerOperations } from '@penstock/enrichment/operations/manage-providers';
import { getListRun } from '@penstock/enrichment/operations/read-list-runs';
import { startListRunOperation } from '@penstock/enrichment/operations/start-list-run';
import { refreshBalances } from '@penstock/enrichment/refresh-balances';
import { newId } from '@penstock/kernel/ids';
import { sealText } from '@penstock/kernel/seal';
import { providerCatalogue } from '@penstock/providers/registry';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { SECRET_KEY } from '../workspace-fixture.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const start = startListRunOperation({ start: () => {}, ...providerCatalogue });
const PROVIDER = 'people-data-labs';
const WRONG = sealText(SECRET_KEY, 'a key of nobody');

let fixture: WaterfallFixture;
let first: string;
let second: string;
beforeEach(async () => {
  fixture = await waterfallFixture(10_000);
  fixture.sandbox.control.reset();
  const { store, workspaceId, clock } = fixture.workspace;
  first = (await keyRows())[0]?.id ?? '';
  second = newId(clock.now());
  const data = {
    workspaceId,
    id: second,
    provider: PROVIDER,
    label: 'second',
    secretSealed: sealText(SECRET_KEY, `sandbox_second_${PROVIDER}`),
    lastFour: 'labs',
    limits: [],
    position: 1,
    createdAt: clock.now(),
  };
  await store.withRecords(workspaceId, ({ db }) => db.providerCredential.create({ data }));
});
afterEach(() => fixture[Symbol.asyncDispose]());

const sql = <Row extends object>(text: string) => catalogueRows<Row>(fixture.workspace.database, text, []);
const keyRows = () =>
  sql<{ id: string; sealed: string; active: boolean }>(
    `select id, secret_sealed as sealed, active from provider_credential where provider = '${PROVIDER}' order by position`,
  );
const secretOf = (id: string, sealed: string) =>
  sql(`update provider_credential set secret_sealed = '${sealed}' where id = '${id}'`);
const asAdmin = (use: 'order' | 'share', ids = [first, second]) =>
  fixture.workspace.run(fixture.workspace.admin, arrangeKeys, { provider: PROVIDER, ids, use });
/** Calls of the provider by key and state. */
const callsByKey = async () => {
  const rows = await sql<{ key: string; state: string; calls: number }>(
    `select credential_id as key, state, count(*)::int as calls from spend_ledger where provider = '${PROVIDER}' group by 1, 2`,
  );
  const of = (key: string, states: string[]) =>
    rows.reduce((sum, row) => sum + (row.key === key && states.includes(row.state) ? row.calls : 0), 0);
  return {
    first: of(first, ['charged', 'released', 'unknown']),
    second: of(second, ['charged', 'released', 'unknown']),
    paidOnFirst: of(first, ['charged']),
    paidOnSecond: of(second, ['charged']),
  };
};
async function begin(count: number): Promise<string> {
  const ids: string[] = [];
  for (const person of fixture.sandbox.world.people.slice(0, count)) ids.push(await fixture.meet(person));
  const request = { name: 'List', people: { kind: 'ids' as const, ids } };
  return (await fixture.workspace.run(fixture.workspace.admin, start, request)).id;
}
async function work(runId: string, deps = fixture.deps): Promise<void> {
  const { workspaceId, store, clock } = fixture.workspace;
  for (let round = 0; round < 5; round += 1) {
    const { chunks } = await openListWork(store, { workspaceId, runId }, clock.now());
    for (const chunk of chunks) await runChunk(deps, { workspaceId, runId, chunk });
  }
}
const paidTwice = () => fixture.sandbox.control.charges().byPerson.filter(({ count }) => count > 1);

it('passes over a key that is refused: a list goes on with the next, and pays nobody twice', async () => {
  await secretOf(first, WRONG);
  const runId = await begin(15);
  await work(runId);
  expect(await fixture.workspace.run(fixture.workspace.admin, getListRun, { id: runId })).toMatchObject({
    state: 'finished',
    done: 15,
  });
  const calls = await callsByKey();
  expect(calls.paidOnFirst).toBe(0);
  expect(calls.paidOnSecond).toBeGreaterThan(5);
  // Whoever was asked with the wrong key in the first level was asked again with the other; later levels knew.
  expect(calls.first).toBeLessThanOrEqual(15);
  expect(paidTwice()).toEqual([]);
}, 60_000);

it('goes on with the next key for one record too, within the same run', async () => {
  await secretOf(first, WRONG);
  const [person] = fixture.sandbox.world.people;
  await fixture.run(await fixture.meet(person!));
  const calls = await callsByKey();
  expect([calls.first > 0, calls.second > 0, calls.paidOnFirst]).toEqual([true, true, 0]);
});

it('asks the provider’s other steps once where all its keys are refused, and never for ever', async () => {
  await secretOf(first, WRONG);
  await secretOf(second, WRONG);
  const runId = await begin(5);
  await work(runId);
  expect(await fixture.workspace.run(fixture.workspace.admin, getListRun, { id: runId })).toMatchObject({
    done: 5,
  });
  const calls = await callsByKey();
  expect([calls.paidOnFirst, calls.paidOnSecond]).toEqual([0, 0]);
}, 60_000);

it('shares calls between keys where RevOps says so', async () => {
  await asAdmin('share');
  const runId = await begin(30);
  await work(runId);
  const calls = await callsByKey();
  expect(Math.min(calls.first, calls.second)).toBeGreaterThan(5);
  expect(paidTwice()).toEqual([]);
}, 60_000);

it('removes a key while calls are under way with it: they end as they would, and its secret is forgotten afterwards', async () => {
  const runId = await begin(15);
  let removed = false;
  const send: typeof fixture.deps.send = async (call, request) => {
    if (!removed) {
      removed = true;
      await fixture.workspace.run(fixture.workspace.admin, removeKey, { id: first });
      // Calls are under way: their key is still needed.
      await refreshBalances(fixture.deps, fixture.workspace.workspaceId);
      const kept = (await keyRows()).find(({ id }) => id === first);
      expect([kept?.active, kept?.sealed === '']).toEqual([false, false]);
    }
    return fixture.deps.send(call, request);
  };
  await work(runId, { ...fixture.deps, send });
  const calls = await callsByKey();
  expect(calls.first).toBeGreaterThan(0);
  expect(await sql(`select from spend_ledger where state in ('reserved', 'unknown')`)).toEqual([]);
  expect(paidTwice()).toEqual([]);
  await refreshBalances(fixture.deps, fixture.workspace.workspaceId);
  expect((await keyRows()).map(({ active, sealed }) => [active, sealed === ''])).toEqual([
    [false, true],
    [true, false],
  ]);
  await expect(fixture.workspace.run(fixture.workspace.admin, removeKey, { id: first })).rejects.toThrow(
    'no such key',
  );
}, 60_000);

it('keeps order, use and limits of keys, and refuses what doesn’t name them all', async () => {
  await asAdmin('order', [second, first]);
  await fixture.workspace.run(fixture.workspace.admin, setKeyLimits, {
    id: second,
    limits: [{ requests: 10, windowSeconds: 60 }],
  });
  const { list } = providerOperations({
    ...providerCatalogue,
    seal: (text) => text,
    send: fixture.deps.send,
  });
  const { items } = await fixture.workspace.run(fixture.workspace.admin, list, {});
  const provider = items.find(({ id }) => id === PROVIDER);
  expect(provider).toMatchObject({
    keyUse: 'order',
    keys: [
      { id: second, limits: [{ requests: 10, windowSeconds: 60 }] },
      { id: first, limits: [] },
    ],
  });
  expect(provider?.publishedLimits.length).toBeGreaterThan(0);
  await expect(asAdmin('order', [first])).rejects.toThrow('name each key');
  await expect(asAdmin('order', [first, first])).rejects.toThrow('name each key');
  await expect(fixture.workspace.run(fixture.workspace.reps[0], removeKey, { id: first })).rejects.toThrow(
    'providers.manage',
  );
});
