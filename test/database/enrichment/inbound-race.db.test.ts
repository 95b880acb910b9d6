import { erasePerson } from '@penstock/accounts/operations/manage-personal-data';
import { DEFAULT_WATERFALL } from '@penstock/enrichment/model/presets';
import type { Waterfall } from '@penstock/enrichment/model/waterfall';
import { runWaterfall } from '@penstock/enrichment/run-waterfall';
import { newId } from '@penstock/kernel/ids';
import { publishDocument, saveDraft } from '@penstock/workspace/documents';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { peopleKnownTo, waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

let fixture: WaterfallFixture;
let known: ReturnType<typeof peopleKnownTo>;
beforeAll(async () => {
  fixture = await waterfallFixture(10_000);
  known = peopleKnownTo(fixture.sandbox, ['people-data-labs', 'leadmagic']);
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(() => fixture.sandbox.control.reset());

const WORK_EMAIL: Waterfall = { ...DEFAULT_WATERFALL, wanted: ['work_email'] };

async function publish(waterfall: Waterfall) {
  const { store, clock, workspaceId } = fixture.workspace;
  const now = clock.now();
  await store.inWorkspace(workspaceId, async (tx) => {
    const draft = { kind: 'waterfall', body: waterfall, note: 'race', authorId: 'test', now } as const;
    await publishDocument(tx, { ...(await saveDraft(tx, draft)), note: 'race', now });
  });
}
async function meetNext() {
  const person = known.shift();
  if (!person) throw new TypeError('the world has too few people');
  return { person, personId: await fixture.meet(person) };
}
/** Answers a lead; the deadline is told by the fixture's clock, which stands still but for `msPerTick` every 20 ms. */
async function answer(personId: string, msPerTick = 0, deps = fixture.deps) {
  await fixture.forgetFaults();
  const { workspaceId, clock, database } = fixture.workspace;
  const [lead] = await catalogueRows<{ id: string }>(
    database,
    `insert into lead (workspace_id, id, form_id, state, intent, email, received_at, recorded_at)
     select workspace_id, gen_random_uuid(), id, 'routed', 'demo_request', 'x@y.example', now(), now() from form where workspace_id = $1 limit 1 returning id`,
    [workspaceId],
  );
  const ids = { leadId: lead?.id ?? '', runId: newId(clock.now()) };
  const ticking = setInterval(() => clock.advanceMs(msPerTick), 20);
  return runWaterfall(deps, { workspaceId, personId, ...ids }).finally(() => clearInterval(ticking));
}
const slow = (vendor: string, delayMs: number) => fixture.sandbox.control.script({ vendor, delayMs });
const paid = async (personId: string) =>
  (await fixture.ledger(personId)).map(({ provider, state }) => `${provider} ${state}`).toSorted();

it('asks the next provider while the first is slow, and keeps what the first says later', async () => {
  await publish({ ...WORK_EMAIL, race: { atOnce: 2, afterSeconds: 0.1 } });
  const { person, personId } = await meetNext();
  slow('people-data-labs', 3_000);
  expect(await answer(personId, 20)).toMatchObject({ complete: true });
  expect(await fixture.values(personId)).toMatchObject({
    work_email: { value: person.email, verification: 'valid', usable: true },
  });
  expect(await paid(personId)).toEqual([
    'leadmagic charged',
    'people-data-labs reserved',
    'zerobounce charged',
  ]);
  await fixture.deps.late.settled(5_000);
  expect(await paid(personId)).toContain('people-data-labs charged');
  expect(await fixture.values(personId)).toMatchObject({
    work_email: { value: person.email, usable: true },
    title: { value: person.title },
  });
  expect(fixture.sandbox.control.charges().byPerson.filter(({ count }) => count > 1)).toEqual([]);
});

it('asks nobody else if the first answers while it is looked where the run stands', async () => {
  await publish({ ...WORK_EMAIL, race: { atOnce: 2, afterSeconds: 0 } });
  const { personId } = await meetNext();
  const { deps } = fixture;
  const answered = Promise.withResolvers<void>();
  let turns = 0;
  /** The turn that would ask the second waits until the first has answered. */
  const together: typeof deps.store.together = (id, work) =>
    deps.store.inWorkspace(id, (tx) =>
      work({
        ...tx,
        async rows(statement, ...parameters) {
          const rows = await tx.rows(statement, ...parameters);
          if (statement.name === 'read_calls_of_person' && (turns += 1) === 3) await answered.promise;
          return rows;
        },
      }),
    );
  const send: typeof deps.send = (...call) =>
    deps.send(...call).finally(() => setImmediate(() => answered.resolve()));
  await answer(personId, 0, { ...deps, store: { ...deps.store, together }, send });
  expect(await paid(personId)).toEqual(['people-data-labs charged', 'zerobounce charged']);
});

it('asks nobody else while the first answers in time', async () => {
  await publish({ ...WORK_EMAIL, race: { atOnce: 3, afterSeconds: 5 } });
  const { personId } = await meetNext();
  expect(await answer(personId)).toMatchObject({ complete: true, calls: 2 });
  expect(await paid(personId)).toEqual(['people-data-labs charged', 'zerobounce charged']);
});

it('never spends more on a record than its ceiling, however many are asked at once', async () => {
  await publish({ ...WORK_EMAIL, ceilingMicros: 300_000, race: { atOnce: 6, afterSeconds: 0 } });
  const { personId } = await meetNext();
  slow('people-data-labs', 300);
  await answer(personId);
  await fixture.deps.late.settled(5_000);
  const lines = await fixture.ledger(personId);
  expect(lines.reduce((sum, { charged }) => sum + charged, 0)).toBeLessThanOrEqual(300_000);
  expect(lines.map(({ provider }) => provider)).not.toContain('leadmagic');
});

it('ends at the deadline, says who is still to answer, and goes on from the late answer', async () => {
  await publish({ ...WORK_EMAIL, deadlineSeconds: 1, steps: DEFAULT_WATERFALL.steps.slice(0, 3) });
  const { person, personId } = await meetNext();
  slow('people-data-labs', 3_000);
  const first = await answer(personId, 40);
  expect(first).toMatchObject({
    complete: false,
    stopReason: 'the deadline of 1 s has passed; still to answer: people-data-labs/person-enrich',
    late: true,
  });
  expect(first.retryAfterMs).toBeGreaterThan(0);
  expect(await paid(personId)).toEqual(['people-data-labs reserved']);
  await fixture.deps.late.settled(5_000);
  expect(await answer(personId)).toMatchObject({ complete: true, calls: 1 });
  expect(await fixture.values(personId)).toMatchObject({
    work_email: { value: person.email, usable: true },
  });
});

it('writes nothing of a late answer about somebody who was erased meanwhile', async () => {
  await publish({ ...WORK_EMAIL, deadlineSeconds: 1 });
  const { person, personId } = await meetNext();
  slow('people-data-labs', 3_000);
  await answer(personId, 40);
  expect(await paid(personId)).toContain('people-data-labs reserved');
  const { workspace } = fixture;
  await workspace.run(workspace.admin, erasePerson, {
    id: personId,
    confirmName: `${person.givenName} ${person.familyName}`,
  });
  await fixture.deps.late.settled(5_000);
  expect(await fixture.values(personId)).toEqual({});
  expect(await paid(personId)).toEqual(['people-data-labs charged']);
});
