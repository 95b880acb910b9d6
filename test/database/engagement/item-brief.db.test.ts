import { whoMayNotBeCalled } from '@penstock/accounts/activity-statements';
import { correctPersonOperation } from '@penstock/accounts/operations/correct-person';
import { readCommittee } from '@penstock/accounts/operations/read-committee';
import { briefItemOperation } from '@penstock/engagement/operations/brief-item';
import { getLead } from '@penstock/engagement/operations/get-lead';
import { listDay } from '@penstock/engagement/operations/list-day';
import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { settleTask, withdrawActivity } from '@penstock/engagement/operations/settle-activity';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { planNextStep } from '@penstock/pipeline/operations/plan-next-step';
import { refreshStandings } from '@penstock/scoring/standing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { MONDAY, workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { leadSteps } from './lead-steps.ts';

const correctPerson = correctPersonOperation({ onChanged: refreshStandings });
const MINUTE_MS = 60_000;

const briefItem = briefItemOperation(() => true);

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  steps = leadSteps(fixture);
});
beforeEach(() => fixture.clock.set(MONDAY));
afterAll(() => fixture[Symbol.asyncDispose]());

/** A request that waits in the queue, with its ids. */
async function request() {
  const leadId = await steps.ask({ country: 'DE' });
  const worked = await steps.work(leadId);
  const [item] = await steps.rows<{ id: string; ownerId: string }>(
    'select id, owner_id as "ownerId" from queue_item where lead_id = $1',
    leadId,
  );
  const owner = fixture.reps.find((rep) => rep.id === item?.ownerId) ?? fixture.reps[0];
  return {
    leadId,
    itemId: item?.id ?? '',
    personId: worked?.personId ?? '',
    accountId: worked?.accountId ?? '',
    owner,
  };
}

const knowPhone = (personId: string) =>
  fixture.store.withRecords(fixture.workspaceId, ({ db }) =>
    db.visibleValue.create({
      data: {
        workspaceId: fixture.workspaceId,
        subjectId: personId,
        subjectKind: 'person',
        field: 'mobile',
        value: '+49 30 23125 101',
        observationId: personId,
        provider: 'leadmagic',
        lineType: 'mobile',
        usable: true,
        chosenBecause: 'the only value',
        observedAt: MONDAY,
        updatedAt: MONDAY,
      },
    }),
  );

describe('the brief of an item', () => {
  it('says whom to call in whose working time, why, and drafts an answer', async () => {
    const { itemId, personId, owner } = await request();
    await knowPhone(personId);
    fixture.clock.advanceMs(12 * MINUTE_MS);
    const brief = await fixture.run(owner, briefItem, { id: itemId });
    expect(brief.action).toMatchObject({ action: 'call', personId });
    expect(brief.action.because).toContain('asked 12 minutes ago');
    expect(brief.contacts[0]).toMatchObject({ phone: '+49 30 23125 101', why: 'asked us' });
    expect(brief.contacts[0]?.localTime).toMatchObject({ from: 'Mon 10:12', working: true });
    expect(brief.plays[0]).toMatchObject({ kind: 'inbound_request', play: 'Call now: they asked.' });
    expect(brief.drafts[0]?.key).toBe('answer-request');
    expect(brief.drafts[0]?.text).toContain(owner.name);
  });

  it('has no number of who asked not to be called, and refuses the call on any way', async () => {
    const { itemId, leadId, personId, accountId, owner } = await request();
    await knowPhone(personId);
    await fixture.run(owner, correctPerson, { id: personId, doNotCall: true });
    const brief = await fixture.run(owner, briefItem, { id: itemId });
    expect(brief.contacts[0]).toMatchObject({ doNotCall: true, phone: null });
    expect(brief.action.action).not.toBe('call');
    const call = { kind: 'call' as const, accountId, subject: 'Call' };
    for (const who of [{ personId }, { leadId }])
      await expect(fixture.run(owner, recordActivity, { ...call, ...who })).rejects.toMatchObject({
        code: 'conflict',
      });
    const due = new Date(MONDAY.getTime() + 60 * MINUTE_MS).toISOString();
    await expect(fixture.run(owner, recordActivity, { ...call, personId, dueAt: due })).rejects.toMatchObject(
      { code: 'conflict' },
    );
    const task = { kind: 'task' as const, accountId, personId, dueAt: due };
    await expect(
      fixture.run(owner, recordActivity, { ...task, subject: 'Call them back' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await fixture.run(owner, recordActivity, { ...task, subject: 'Write to them' });
    await fixture.run(owner, recordActivity, { ...call, personId, direction: 'in' });
    const told = await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
      tx.rows(whoMayNotBeCalled, personId, null),
    );
    expect(told).toHaveLength(1);
  });
});

describe('the buying committee', () => {
  it('seats who asked, by a correction where the title is unknown', async () => {
    const { personId, accountId, owner } = await request();
    const before = await fixture.run(owner, readCommittee, { id: accountId });
    expect(before).toMatchObject({ complete: false, engagedPeople: 1 });
    expect(before.others.map((one) => one.personId)).toEqual([personId]);
    await fixture.run(owner, correctPerson, { id: personId, buyingRole: 'finance' });
    const after = await fixture.run(owner, readCommittee, { id: accountId });
    expect(after.seats.find(({ role }) => role === 'finance')).toMatchObject({ state: 'engaged' });
    expect(after.seats.find(({ role }) => role === 'it')).toMatchObject({ state: 'missing', people: [] });
    await expect(fixture.run(owner, correctPerson, { id: personId })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

describe('a record taken back', () => {
  it('lets the human clock run on; later than a quarter of an hour, or by another, it stays', async () => {
    const { leadId, accountId, personId, owner } = await request();
    const call = { kind: 'call' as const, accountId, leadId, personId, subject: 'Call' };
    const { id } = await fixture.run(owner, recordActivity, call);
    const touched = async () => (await fixture.run(owner, getLead, { id: leadId })).firstHumanTouchAt;
    expect(await touched()).not.toBeNull();
    await expect(fixture.run(fixture.admin, withdrawActivity, { id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await fixture.run(owner, withdrawActivity, { id });
    expect(await touched()).toBeNull();
    const kept = await fixture.run(owner, recordActivity, call);
    fixture.clock.advanceMs(16 * MINUTE_MS);
    await expect(fixture.run(owner, withdrawActivity, kept)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a day', () => {
  it('holds who waits, what was promised, and the queue, until it is done', async () => {
    const { itemId, leadId, accountId, owner } = await request();
    const createDeal = createDealOperation({ onLeadConverted: () => Promise.resolve() });
    const deal = await fixture.run(owner, createDeal, {
      accountId,
      name: 'Deal',
      valueMinor: 100,
      source: 'outbound',
    });
    const soon = new Date(MONDAY.getTime() + 30 * MINUTE_MS).toISOString();
    await fixture.run(owner, planNextStep, { id: deal.id, nextStep: 'Send the comparison', dueAt: soon });
    const tomorrow = new Date(MONDAY.getTime() + 24 * 60 * MINUTE_MS).toISOString();
    const task = { kind: 'task' as const, accountId, direction: 'none' as const };
    const sooner = new Date(MONDAY.getTime() + 20 * MINUTE_MS).toISOString();
    const today = await fixture.run(owner, recordActivity, { ...task, subject: 'Prepare', dueAt: sooner });
    await fixture.run(owner, recordActivity, { ...task, subject: 'Later', dueAt: tomorrow });
    fixture.clock.advanceMs(45 * MINUTE_MS);
    const day = async () => (await fixture.run(owner, listDay, {})).items;
    const shown = (await day()).filter((one) => one.accountId === accountId);
    expect(shown.map(({ kind, late }) => [kind, late])).toEqual([
      ['inbound', true],
      ['task', true],
      ['next_step', true],
    ]);
    expect(shown[0]?.id).toBe(itemId);
    await fixture.run(owner, settleTask, { id: today.id, done: true });
    expect((await day()).map(({ id }) => id)).not.toContain(today.id);
    await fixture.run(owner, settleTask, { id: today.id, done: false });
    expect((await day()).map(({ id }) => id)).toContain(today.id);
    await fixture.run(owner, recordActivity, { kind: 'mail', accountId, leadId, subject: 'Answer' });
    expect((await day()).map(({ id }) => id)).not.toContain(itemId);
  });
});
