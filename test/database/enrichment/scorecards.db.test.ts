import { insertActivity } from '@penstock/accounts/activity-statements';
import { openListWork } from '@penstock/enrichment/list-run/open-list-work';
import { runChunk } from '@penstock/enrichment/list-run/run-chunk';
import { waterfallOperations } from '@penstock/enrichment/operations/manage-waterfall';
import { scorecardsOperation } from '@penstock/enrichment/operations/read-scorecards';
import { startListRunOperation } from '@penstock/enrichment/operations/start-list-run';
import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import { providerCatalogue } from '@penstock/providers/registry';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';

import { leadSteps } from '../engagement/lead-steps.ts';
import { catalogueRows } from '../store/catalogue.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const scorecards = scorecardsOperation(providerCatalogue);
const editor = waterfallOperations(providerCatalogue);
const start = startListRunOperation({ start: () => {}, ...providerCatalogue });

let fixture: WaterfallFixture;
let ids: string[];
const admin = () => fixture.workspace.admin;
const read = (input: z.input<typeof scorecards.input> = {}) =>
  fixture.workspace.run(admin(), scorecards, input);

async function run(people: string[], versionId?: string) {
  const input = {
    name: 'List',
    people: { kind: 'ids' as const, ids: people },
    ...(versionId && { versionId }),
  };
  const { id } = await fixture.workspace.run(admin(), start, input);
  const { workspaceId, store, clock } = fixture.workspace;
  for (let round = 0; round < 5; round += 1) {
    const { chunks } = await openListWork(store, { workspaceId, runId: id }, clock.now());
    for (const chunk of chunks) await runChunk(fixture.deps, { workspaceId, runId: id, chunk });
  }
}

beforeAll(async () => {
  fixture = await waterfallFixture();
  fixture.sandbox.control.reset();
  ids = [];
  for (const person of fixture.sandbox.world.people.slice(0, 160)) ids.push(await fixture.meet(person));
  await run(ids.slice(0, 100));
}, 60_000);
afterAll(() => fixture[Symbol.asyncDispose]());

it('counts what the ledger and the values say, and its money adds up to the ledger’s', async () => {
  const { items, verifiers, versions } = await read();
  const [truth] = await catalogueRows<{ charged: number; calls: number }>(
    fixture.workspace.database,
    'select sum(charged_micros)::float8 as charged, count(*)::int as calls from spend_ledger',
    [],
  );
  const sum = [...items, ...verifiers].reduce((all, { chargedMicros }) => all + chargedMicros, 0);
  // Each row is rounded to a micro-dollar.
  expect(Math.abs(sum - (truth?.charged ?? 0))).toBeLessThan(items.length);
  const email = items.filter(({ field }) => field === 'work_email');
  const usable = await catalogueRows<{ provider: string; people: number }>(
    fixture.workspace.database,
    `select o.provider, count(distinct o.person_id)::int as people from visible_value v
     join observation o on o.person_id = v.subject_id and o.field = v.field and o.value = v.value and o.verification is null and o.ledger_id is not null
     where v.field = 'work_email' and v.usable group by o.provider order by 1`,
    [],
  );
  expect(
    email
      .map(({ provider, usable: people }) => ({ provider, people }))
      .toSorted((a, b) => (a.provider < b.provider ? -1 : 1)),
  ).toEqual(usable);
  for (const row of items) {
    expect(row.found).toBeLessThanOrEqual(row.asked);
    expect(row.usable).toBeLessThanOrEqual(row.found);
    expect(row.verified === null || row.verified <= row.found).toBe(true);
  }
  expect(items.find(({ field }) => field === 'mobile')?.verified).toBeNull();
  expect(verifiers[0]).toMatchObject({ providerName: 'ZeroBounce' });
  expect(verifiers[0]?.valid).toBeGreaterThan(0);
  expect(versions).toMatchObject([{ runs: 1, records: 100 }]);
});

it.each(['position', 'country', 'size', 'seniority'] as const)(
  'splits by %s without losing or doubling a call',
  async (by) => {
    const [whole, parts] = [await read(), await read({ by })];
    const asked = (items: typeof whole.items) =>
      Object.fromEntries(
        [...Map.groupBy(items, ({ provider, capability, field }) => `${provider}/${capability}/${field}`)]
          .map(([key, rows]) => [key, rows.reduce((sum, row) => sum + row.asked, 0)] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      );
    expect(asked(parts.items)).toEqual(asked(whole.items));
    expect(new Set(parts.items.map(({ segment }) => segment)).size).toBeGreaterThan(1);
  },
);

it('puts a refused address and a wrong number down to who gave them', async () => {
  const rows = await catalogueRows<{ person: string; account: string; provider: string }>(
    fixture.workspace.database,
    `select o.person_id as person, p.account_id as account, o.provider from observation o join person p on p.id = o.person_id
     where o.field = 'mobile' and o.line_type = 'mobile' order by o.id limit 1`,
    [],
  );
  const [found] = rows;
  invariant(found, 'somebody has a mobile');
  const { store, workspaceId, clock } = fixture.workspace;
  const now = clock.now();
  await store.inWorkspace(workspaceId, (tx) =>
    tx.rows(
      insertActivity,
      newId(now),
      'call',
      found.account,
      found.person,
      null,
      null,
      null,
      'out',
      'Call',
      '',
      'wrong_number',
      null,
      now,
      now,
    ),
  );
  const { items } = await read();
  const wrong = items
    .filter((row) => row.wrong > 0)
    .map(({ provider, field, wrong: count }) => [provider, field, count]);
  expect(wrong).toEqual([[found.provider, 'mobile', 1]]);
});

it('counts an address as wrong when its server refused it, not when we did not write to it', async () => {
  const { store, workspaceId, clock, database } = fixture.workspace;
  const [found] = await catalogueRows<{ value: string; provider: string }>(
    database,
    `select value, provider from observation where field = 'work_email' and verification is null and ledger_id is not null order by id limit 1`,
  );
  invariant(found, 'somebody has an address');
  const settle = async (lastCode: string) => {
    await store.withRecords(workspaceId, async ({ db }) => {
      await db.outgoingMail.updateMany({ where: { workspaceId }, data: { lastCode } });
    });
    const { items } = await read();
    return items
      .filter(({ field, wrong }) => field === 'work_email' && wrong > 0)
      .map(({ provider }) => provider);
  };
  const now = clock.now();
  const leadId = await leadSteps(fixture.workspace).ask();
  await store.withRecords(workspaceId, ({ db }) =>
    db.outgoingMail.create({
      data: {
        workspaceId,
        id: newId(now),
        purpose: 'welcome',
        leadId,
        memberId: admin().id,
        fromName: 'Rae',
        fromAddress: 'rae@fixture.example',
        toName: 'Ada',
        toAddress: found.value,
        subject: 'Hello',
        bodyText: 'Hello',
        messageId: '<refused@fixture.example>',
        state: 'refused',
        createdAt: now,
      },
    }),
  );
  expect(await settle('550 5.1.1')).toContain(found.provider);
  expect(await settle('550')).toContain(found.provider);
  for (const ours of ['suppressed', 'the address is no longer verified', 'invalid_address', '554 5.7.1'])
    expect(await settle(ours)).toEqual([]);
});

it('tells one version from another', async () => {
  const { published } = await fixture.workspace.run(admin(), editor.read, {});
  const [first, second, ...rest] = published.steps;
  invariant(first && second, 'there are steps');
  const { versionId } = await fixture.workspace.run(admin(), editor.saveDraft, {
    body: { ...published, steps: [second, first, ...rest] },
  });
  await run(ids.slice(100), versionId);
  const [mine, all] = [await read({ versionId }), await read()];
  const firstAsked = (answer: typeof mine) =>
    answer.items.find(({ provider, field }) => provider === 'leadmagic' && field === 'work_email')?.asked ??
    0;
  expect(firstAsked(mine)).toBe(60);
  expect(firstAsked(all)).toBeGreaterThan(60);
  expect(all.versions.map(({ records }) => records)).toEqual([60, 100]);
}, 60_000);
