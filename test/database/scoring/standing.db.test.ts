import { recordConversion } from '@penstock/engagement/first-touch';
import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { withdrawActivity } from '@penstock/engagement/operations/settle-activity';
import { invariant } from '@penstock/kernel/invariant';
import { addDealEvidence } from '@penstock/pipeline/operations/add-deal-evidence';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { listDeals } from '@penstock/pipeline/operations/list-deals';
import { moveDeal } from '@penstock/pipeline/operations/move-deal';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { saveModelDraft } from '@penstock/scoring/operations/manage-model';
import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const createDeal = createDealOperation({ onLeadConverted: recordConversion });

let fixture: WorkspaceFixture;
let lead: { accountId: string; personId: string };
let dealId: string;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  const steps = leadSteps(fixture);
  const worked = await steps.work(await steps.ask());
  invariant(worked, 'the lead was worked on');
  lead = worked;
});
beforeEach(async () => {
  const { accountId } = lead;
  dealId = (
    await fixture.run(fixture.reps[0], createDeal, {
      accountId,
      name: 'Deal',
      valueMinor: 5_000_000,
      source: 'inbound',
    })
  ).id;
});
afterAll(() => fixture[Symbol.asyncDispose]());

const terms = async () => {
  const { priority, priorityParts } = await fixture.run(fixture.admin, explainScore, lead);
  expect(priorityParts.reduce((sum, part) => sum + part.points, 0)).toBeCloseTo(priority, 9);
  return Object.fromEntries(priorityParts.map(({ term, value }) => [term, value]));
};

it('counts the deal, its stage and what buyers have said, and tells it where the queue ranks by it', async () => {
  expect(await terms()).toMatchObject({ value: 50, stage: 7.5, budget: 0, urgency: 0 });
  const say = (criterion: string, value = '') =>
    fixture.run(fixture.reps[0], addDealEvidence, {
      dealId,
      criterion,
      kind: 'call_note' as const,
      quote: 'They said so',
      value,
    });
  await say('budget_confirmed');
  await say(
    'timeline_within_90_days',
    new Date(fixture.clock.now().getTime() + 864e5 * 20).toISOString().slice(0, 10),
  );
  expect(await terms()).toMatchObject({ budget: 100, urgency: 100 });
  const { items } = await fixture.run(fixture.admin, listQueue, {});
  const { priority } = await fixture.run(fixture.admin, explainScore, lead);
  for (const item of items.filter(({ account }) => account.id === lead.accountId))
    expect(item.priority).toBeCloseTo(priority, 9);
});

it('forgets a deal that is lost, and what was said about it', async () => {
  const { worth } = await fixture.run(fixture.admin, listDeals, {});
  expect(worth).toMatchObject([{ currency: 'USD', valueMinor: 10_000_000, closable: 2 }]);
  const { items } = await fixture.run(fixture.admin, listDeals, {});
  for (const { id } of items)
    await fixture.run(fixture.reps[0], moveDeal, { id, toStage: 'lost', lostReason: 'No money' });
  expect(await terms()).toMatchObject({ value: 0, stage: 0, budget: 0, urgency: 0 });
});

it('sees that several people respond, until what was recorded is taken back', async () => {
  const { accountId, personId } = lead;
  const other = await fixture.store.withRecords(fixture.workspaceId, async ({ db }) => {
    const person = await db.person.findFirstOrThrow({ where: { id: personId } });
    const { id } = await db.person.create({
      data: { ...person, id: crypto.randomUUID(), emailKey: 'second@example.com' },
    });
    return id;
  });
  const answer = (whose: string) =>
    fixture.run(fixture.reps[0], recordActivity, {
      kind: 'mail' as const,
      direction: 'in' as const,
      accountId,
      personId: whose,
      subject: 'Re: hello',
    });
  await answer(personId);
  const { id } = await answer(other);
  expect(await terms()).toMatchObject({ responding: 100 });
  await fixture.run(fixture.reps[0], withdrawActivity, { id });
  expect(await terms()).toMatchObject({ responding: 0 });
});

it.each([
  ['weights that cancel', { signal: 1.5, fit: -0.5 }, /fit/],
  ['weights that do not add up', { signal: 0.9 }, /add up/],
  ['a field that does not exist', { loudness: 0 }, /loudness/],
  ['a half-life of nothing', { freshnessHalfLifeDays: 0 }, /freshnessHalfLifeDays/],
  ['an absurd half-life', { freshnessHalfLifeDays: 4_000 }, /freshnessHalfLifeDays/],
  ['no currency', { halfValueMinor: { dollars: 100 } }, /halfValueMinor/],
])('refuses a formula with %s, naming it', async (_, change, named) => {
  const priority = { ...DEFAULT_INTENT_MODEL.priority, ...change };
  const refused = await fixture
    .run(fixture.admin, saveModelDraft, { body: { ...DEFAULT_INTENT_MODEL, priority }, note: '' })
    .catch((error: unknown) => error);
  expect(
    JSON.stringify(refused, ['message', 'issues', 'field', 'problem', 'path', 'keys', 'options', 'cause']),
  ).toMatch(named);
});
