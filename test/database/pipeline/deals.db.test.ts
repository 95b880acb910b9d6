import { recordConversion } from '@penstock/engagement/first-touch';
import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { addDealEvidence } from '@penstock/pipeline/operations/add-deal-evidence';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { getDeal } from '@penstock/pipeline/operations/get-deal';
import { listDeals } from '@penstock/pipeline/operations/list-deals';
import { moveDeal } from '@penstock/pipeline/operations/move-deal';
import { pipelineWorth } from '@penstock/pipeline/model/pipeline-worth';
import { TEMPLATE_A } from '@penstock/pipeline/model/stage';
import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { getQueueItem } from '@penstock/scoring/operations/get-queue-item';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { readServiceLevels } from '@penstock/scoring/operations/read-service-levels';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import type { SignalKind } from '@penstock/signals/source-port';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const createDeal = createDealOperation({ onLeadConverted: recordConversion });

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
let lead: { leadId: string; accountId: string; personId: string };
let dealId: string;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  steps = leadSteps(fixture);
});
beforeEach(() => another());
afterAll(() => fixture[Symbol.asyncDispose]());

async function another(): Promise<void> {
  const leadId = await steps.ask();
  const worked = await steps.work(leadId);
  invariant(worked, 'the lead was worked on');
  lead = { leadId, ...worked };
  dealId = (await create()).id;
}
const create = () => {
  const { accountId, leadId } = lead;
  return fixture.run(fixture.reps[0], createDeal, {
    accountId,
    leadId,
    name: 'Deal',
    valueMinor: 500_000,
    source: 'inbound',
  });
};
type Move = { toStage: string; override?: boolean; reason?: string; lostReason?: string };
const move = (to: Move, who = fixture.reps[0]) => fixture.run(who, moveDeal, { id: dealId, ...to });
const read = () => fixture.run(fixture.admin, getDeal, { id: dealId });
const unmet = async () =>
  (await read()).criteria.filter((criterion) => !criterion.met).map((criterion) => criterion.key);

/** What has to be done or confirmed for each criterion. */
async function meet(criterion: string): Promise<void> {
  const { run, reps, clock, store, workspaceId } = fixture;
  const activity = { accountId: lead.accountId, dealId, subject: 'Spoke' };
  const due = new Date(clock.now().getTime() + 86_400_000).toISOString();
  switch (criterion) {
    case 'first_message_sent':
      return void (await run(reps[0], recordActivity, { ...activity, kind: 'mail' }));
    case 'contact_email_verified':
      return void (await store.withRecords(workspaceId, ({ db }) =>
        db.visibleValue.create({
          data: {
            workspaceId,
            subjectId: lead.personId,
            field: 'work_email',
            subjectKind: 'person',
            value: 'a@b.example',
            observationId: newId(clock.now()),
            provider: 'zerobounce',
            verification: 'valid',
            usable: true,
            chosenBecause: '',
            observedAt: clock.now(),
            updatedAt: clock.now(),
          },
        }),
      ));
    case 'positive_reply':
      return void (await run(reps[0], recordActivity, {
        ...activity,
        kind: 'mail',
        direction: 'in',
        outcome: 'positive',
      }));
    case 'call_booked':
      return void (await run(reps[0], recordActivity, { ...activity, kind: 'meeting', dueAt: due }));
    case 'demo_to_decision_maker':
      return void (await run(reps[0], recordActivity, { ...activity, kind: 'meeting', outcome: 'demo' }));
    default: {
      const value =
        criterion === 'timeline_within_90_days'
          ? new Date(clock.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10)
          : '';
      await run(reps[0], addDealEvidence, {
        dealId,
        criterion,
        kind: 'call_note',
        quote: 'They said so',
        value,
      });
    }
  }
}

/** Something happens at the lead's account now. */
function signal(kind: SignalKind, summary: string, link?: { url: string; quote: string }): Promise<unknown> {
  const { store, workspaceId, clock } = fixture;
  const now = clock.now();
  const event = {
    accountId: lead.accountId,
    kind,
    eventKey: `${kind} ${newId(now)}`,
    strength: 1,
    summary,
    facts: {},
    source: 'test',
    isTest: false,
    occurredAt: now,
    evidence: link ? { ...link, quoteStart: 0, contentHash: 'hash', fetchedAt: now } : null,
  };
  return store.inWorkspace(workspaceId, (tx) => recordSignals(tx, [event], now, scoringPort));
}

it('leaves no stage without evidence, and every stage with all of it', async () => {
  const open = TEMPLATE_A.stages.filter((stage) => stage.type === 'open');
  for (const [at, stage] of open.entries()) {
    const next = TEMPLATE_A.stages[at + 1]?.key ?? '';
    for (const criterion of stage.exit) {
      await expect(move({ toStage: next })).rejects.toMatchObject({ code: 'criteria_unmet' });
      expect(await unmet()).toContain(criterion);
      await meet(criterion);
    }
    expect([stage.key, await unmet()]).toEqual([stage.key, []]);
    await move({ toStage: next });
    expect((await read()).stage).toBe(next);
  }
  expect(await read()).toMatchObject({ stageType: 'won', state: 'closed' });
});

it('cannot skip stages without the evidence of all of them', async () => {
  await meet('first_message_sent');
  await meet('contact_email_verified');
  const error: unknown = await move({ toStage: 'proposal' }).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'criteria_unmet' });
  await expect(move({ toStage: 'won' })).rejects.toMatchObject({ code: 'criteria_unmet' });
  expect((await read()).stage).toBe('prospecting');
});

it('is moved past unmet criteria by a manager with a reason, and by nobody else', async () => {
  await expect(move({ toStage: 'qualified', override: true, reason: 'Trust me' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(move({ toStage: 'qualified', override: true }, fixture.manager)).rejects.toMatchObject({
    code: 'invalid',
  });
  await move({ toStage: 'qualified', override: true, reason: 'They called us' }, fixture.manager);
  expect((await read()).changes[0]).toMatchObject({
    kind: 'overridden',
    fromStage: 'prospecting',
    toStage: 'qualified',
    reason: 'They called us',
  });
});

it('asks why it goes back or is lost', async () => {
  await expect(move({ toStage: 'lost' })).rejects.toMatchObject({ code: 'invalid' });
  await move({ toStage: 'lost', lostReason: 'No budget' });
  expect(await read()).toMatchObject({ stageType: 'lost', state: 'closed', lostReason: 'No budget' });
  await expect(move({ toStage: 'prospecting' })).rejects.toMatchObject({ code: 'invalid' });
  await move({ toStage: 'prospecting', reason: 'They came back' });
  expect(await read()).toMatchObject({ stageType: 'open', state: 'active', lostReason: null });
});

it.each(['nowhere', 'prospecting'])('does not move to %s', async (toStage) => {
  await expect(move({ toStage })).rejects.toMatchObject({ code: 'invalid' });
});

it('is moved once by eight who move it at once, with one line of history', async () => {
  await meet('first_message_sent');
  await meet('contact_email_verified');
  const moves = await Promise.allSettled(Array.from({ length: 8 }, () => move({ toStage: 'contacted' })));
  expect(moves.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect((await read()).changes.filter((change) => change.kind === 'moved')).toHaveLength(1);
});

it('is made once of a lead, whoever presses at once', async () => {
  await expect(create()).rejects.toMatchObject({ code: 'conflict' });
  const leadId = await steps.ask();
  const worked = await steps.work(leadId);
  lead = { leadId, accountId: worked?.accountId ?? '', personId: worked?.personId ?? '' };
  const made = await Promise.allSettled([create(), create(), create()]);
  expect(made.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect(await steps.rows('select from deal where lead_id = $1', leadId)).toHaveLength(1);
  expect(await steps.rows(`select from lead where id = $1 and state = 'converted'`, leadId)).toHaveLength(1);
});

it('keeps its history: no role of the product can change or delete a line of it', async () => {
  const { store, workspaceId } = fixture;
  const tamper = (text: string) =>
    store.inWorkspace(workspaceId, (tx) => tx.rows({ name: `tamper_${text.slice(0, 6)}`, text }));
  await expect(tamper(`update deal_change set to_stage = 'won' where workspace_id = $1`)).rejects.toThrow(
    /permission denied/,
  );
  await expect(tamper('delete from deal_change where workspace_id = $1')).rejects.toThrow(
    /permission denied/,
  );
});

it('is marked where it stands still, and as reactivating once its account shows new intent', async () => {
  const days = (count: number) => fixture.clock.advanceMs(count * 86_400_000);
  const listed = async (input: { reactivating?: boolean; order?: 'risk' } = {}) =>
    (await fixture.run(fixture.admin, listDeals, { committee: true, ...input })).items;
  const shown = async () => (await listed()).find(({ id }) => id === dealId);
  const reactivating = async () => (await listed({ reactivating: true })).map(({ id }) => id);
  await meet('positive_reply');
  days(8);
  await signal('category_search', 'too early');
  expect(await shown()).toMatchObject({ stalled: null, reactivating: null });
  days(7);
  expect(await shown()).toMatchObject({
    stalled: { usualDays: 14, usualFrom: 'default' },
    reactivating: null,
    missing: expect.arrayContaining(['Finance']),
  });
  await signal('budget_cut', 'only a risk');
  expect(await reactivating()).toEqual([]);
  await signal('category_search', 'they look again', { url: 'https://news.example/1', quote: 'looking' });
  const play = 'Bring discovery and the demo forward: they are choosing now.';
  expect(await shown()).toMatchObject({
    reactivating: { parts: [{ kind: 'category_search' }] },
    advice: play,
  });
  expect((await read()).revivedBy).toMatchObject([
    { summary: 'they look again', url: 'https://news.example/1', quote: 'looking' },
  ]);
  expect(await reactivating()).toEqual([dealId]);
  expect(await fixture.run(fixture.admin, listDeals, { reactivating: true })).toMatchObject({ count: 1 });
  const risks = (await listed({ order: 'risk' })).map(({ risk }) => risk ?? 0);
  expect(risks).toEqual(risks.toSorted((one, other) => other - one));
  const queue = { queue: 'stalled-with-intent' };
  const because = expect.stringMatching(/^Intent is back: .*Category search.*, since “Deal” stalled on 20/);
  const inQueue = async () => (await fixture.run(fixture.admin, listQueue, queue)).items;
  const held = await inQueue();
  expect(held).toMatchObject([{ account: { id: lead.accountId }, reason: because }]);
  const item = { id: held[0]?.id ?? '' };
  expect(await fixture.run(fixture.admin, getQueueItem, item)).toMatchObject({ reason: because });
  const levels = async () => (await fixture.run(fixture.admin, readServiceLevels, {})).items;
  expect(await levels()).toContainEqual(expect.objectContaining({ key: 'stalled-with-intent', count: 1 }));
  await fixture.run(fixture.reps[0], recordActivity, {
    accountId: lead.accountId,
    dealId,
    subject: 'Spoke',
    kind: 'call',
  });
  expect(await shown()).toMatchObject({ stalled: null, reactivating: null });
  expect(await reactivating()).toEqual([]);
  // What happened at the account is as new as before, but its deal has moved.
  expect(await inQueue()).toEqual([]);
  expect((await fixture.run(fixture.admin, getQueueItem, item)).reason).not.toMatch(/^Intent is back/);
});

it('has the usual time in a stage from the deals that were won', async () => {
  const own = dealId;
  for (const _ of Array.from({ length: 5 })) {
    await another();
    fixture.clock.advanceMs(20 * 86_400_000);
    await move({ toStage: 'won', override: true, reason: 'They signed' }, fixture.manager);
  }
  dealId = own;
  expect(await read()).toMatchObject({ stalled: { usualDays: 20, usualFrom: 'won_deals' } });
});

it('is listed by the signal score of its account at that moment', async () => {
  const { clock } = fixture;
  await signal('funding', 'Round');
  clock.advanceMs(10 * 86_400_000);
  const { items } = await fixture.run(fixture.admin, listDeals, {});
  const scores = items.map((deal) => deal.signalScore);
  expect(items[0]?.id).toBe(dealId);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(items[0]?.signalScore).toBe(
    (await fixture.run(fixture.admin, explainScore, { accountId: lead.accountId })).signalScore,
  );
});

it('is sorted the other way round exactly, page by page, and weighed with all others', async () => {
  const { run, admin, clock } = fixture;
  await steps.rows(
    `update deal set value_minor = 100000 * (n % 3 + 1), next_step = case n % 2 when 0 then '' else 'Call' end,
       next_step_due_at = $1::timestamptz + (n - 4) * 7 * interval '1 day', expected_close_on = ($1::timestamptz + (n - 5) * interval '1 day')::date,
       stage_entered_at = $1::timestamptz - n * 8 * interval '1 day'
     from (select id as numbered, (row_number() over (order by id))::int as n from deal) d where id = numbered`,
    clock.now(),
  );
  const all = async (how: { order: 'signal' | 'value' | 'stage' | 'age'; direction: 'asc' | 'desc' }) => {
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Awaited<ReturnType<typeof listed>> = await listed({
        ...how,
        limit: 3,
        ...(cursor && { cursor }),
      });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    return found;
  };
  const listed = (input: object) => run(admin, listDeals, input);
  for (const order of ['signal', 'value', 'stage', 'age'] as const) {
    const highestFirst = await all({ order, direction: 'desc' });
    expect(highestFirst.length).toBeGreaterThan(6);
    expect(await all({ order, direction: 'asc' }), order).toEqual(highestFirst.toReversed());
  }
  const { items, worth } = await listed({ limit: 500 });
  const deals = items.map((deal) => ({
    ...deal,
    stageEnteredAt: new Date(deal.stageEnteredAt),
    nextStepDueAt: deal.nextStepDueAt === null ? null : new Date(deal.nextStepDueAt),
  }));
  const [weighed, expected] = [worth?.[0], pipelineWorth(deals, clock.now())[0]];
  expect(weighed).toMatchObject({ count: expected?.count, closable: expected?.closable });
  expect(weighed?.valueMinor).toBe(expected?.valueMinor);
  expect(weighed?.expectedMinor).toBeCloseTo(expected?.expectedMinor ?? -1, 3);
});

it('is not seen by a rep who sees their own only', async () => {
  const other = { ...fixture.reps[1], visibleOwnerIds: ['bo-rep'] };
  await expect(
    fixture.run(other, moveDeal, { id: dealId, toStage: 'lost', lostReason: 'x' }),
  ).rejects.toMatchObject({ code: 'not_found' });
  await expect(
    fixture.run(other, addDealEvidence, {
      dealId,
      criterion: 'budget_confirmed',
      kind: 'call_note',
      quote: 'Said so',
    }),
  ).rejects.toMatchObject({ code: 'not_found' });
});
