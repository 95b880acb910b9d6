import { erasePerson } from '@penstock/accounts/operations/manage-personal-data';
import { accountTimeline } from '@penstock/accounts/operations/read-accounts';
import { suppress } from '@penstock/accounts/suppression';
import { briefItemOperation } from '@penstock/engagement/operations/brief-item';
import { decideMessage } from '@penstock/engagement/operations/decide-message';
import { getLead } from '@penstock/engagement/operations/get-lead';
import { listMails } from '@penstock/engagement/operations/list-mails';
import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { HELD_MS, sendMessageOperation } from '@penstock/engagement/operations/send-message';
import { withdrawMessage } from '@penstock/engagement/operations/withdraw-message';
import { sendDueMessages, sendFirstMessage } from '@penstock/engagement/send-first-message';
import { strandSending } from '@penstock/engagement/send-welcome';
import { armFaultPoint, disarmFaultPoints } from '@penstock/kernel/fault-point';
import { readFacts } from '@penstock/pipeline/deal-statements';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { MONDAY, workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { leadSteps } from './lead-steps.ts';

const briefItem = briefItemOperation(() => true);
const sendMessage = sendMessageOperation(() => true);

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
});
beforeEach(async () => {
  // What an earlier test left waiting would be due again.
  await steps.rows(`update outgoing_mail set state = 'withdrawn', due_at = null where due_at is not null`);
  fixture.clock.set(MONDAY);
  world.sandbox.control.reset();
});
afterEach(() => disarmFaultPoints());
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

async function know(personId: string, email: string, verification: string) {
  await fixture.store.withRecords(fixture.workspaceId, ({ db }) =>
    db.visibleValue.create({
      data: {
        workspaceId: fixture.workspaceId,
        subjectId: personId,
        subjectKind: 'person',
        field: 'work_email',
        value: email,
        observationId: personId,
        provider: 'leadmagic',
        verification,
        usable: true,
        chosenBecause: 'the only value',
        observedAt: MONDAY,
        updatedAt: MONDAY,
      },
    }),
  );
}

/** A request in the queue whose address is verified, and the message that answers it. */
async function waiting(verification = 'valid') {
  const leadId = await steps.ask();
  const worked = await steps.work(leadId);
  const personId = worked?.personId ?? '';
  const [row] = await steps.rows<{ id: string; ownerId: string; email: string }>(
    'select q.id, q.owner_id as "ownerId", l.email from queue_item q join lead l on l.id = q.lead_id where q.lead_id = $1',
    leadId,
  );
  const email = row?.email ?? '';
  await know(personId, email, verification);
  const owner = fixture.reps.find((rep) => rep.id === row?.ownerId) ?? fixture.reps[0];
  const message = {
    id: row?.id ?? '',
    personId,
    to: email,
    draft: 'answer-request',
    subject: 'Your request',
    text: 'Hello,\nwords that the rep wrote.',
  };
  return { leadId, personId, email, owner, message };
}
type Waiting = Awaited<ReturnType<typeof waiting>>;

const ask = ({ owner, message }: Waiting, other: Partial<Waiting['message']> = {}, key?: string) =>
  fixture.run(owner, sendMessage, { ...message, ...other }, key);
const work = () =>
  sendDueMessages({ store: fixture.store, clock: fixture.clock, mailFor: world.outside.mailFor });
/** The worker after the seconds in which a mail is held. */
const workLater = () => {
  fixture.clock.advanceMs(HELD_MS);
  return work();
};
const sentOf = async ({ owner, message }: Waiting) =>
  (await fixture.run(owner, briefItem, { id: message.id })).sent;
const activities = ({ personId }: Waiting) =>
  steps.rows('select kind, direction, subject, body, member_id from activity where person_id = $1', personId);
const accountOf = async ({ personId }: Waiting) =>
  (await steps.rows<{ id: string }>('select account_id as id from person where id = $1', personId))[0]?.id ??
  '';
const arrived = () => world.sandbox.control.outbox();

describe('a first message', () => {
  it('leaves once from the rep however often it is asked for, and is outreach and the first human touch', async () => {
    const one = await waiting();
    const answers = await Promise.all([ask(one), ask(one), ask(one, {}, 'twice'), ask(one, {}, 'twice')]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    await work();
    expect(await activities(one)).toEqual([]);
    fixture.clock.advanceMs(HELD_MS);
    await Promise.all(Array.from({ length: 5 }, work));
    await work();
    expect(arrived()).toHaveLength(1);
    expect(arrived()[0]).toMatchObject({
      from: expect.stringContaining(one.owner.name),
      subject: 'Your request',
    });
    expect(await sentOf(one)).toMatchObject([{ state: 'accepted', toAddress: one.email }]);
    expect(await activities(one)).toEqual([
      {
        kind: 'mail',
        direction: 'out',
        subject: one.message.subject,
        body: one.message.text,
        member_id: one.owner.id,
      },
    ]);
    const lead = await fixture.run(fixture.admin, getLead, { id: one.leadId });
    expect(lead.events.map(({ kind }) => kind)).toContain('first_human_touch');
    await expect(ask(one, { text: 'Other words' })).rejects.toMatchObject({ code: 'conflict' });
    const { items } = await fixture.run(fixture.admin, listMails, {});
    expect(items.filter(({ leadId }) => leadId === one.leadId).map(({ purpose }) => purpose)).toEqual([
      'first_message',
      'welcome',
    ]);
  });

  it('goes to nobody without a verified address, and to nobody else than was confirmed', async () => {
    const unverified = await waiting('unknown');
    await expect(ask(unverified)).rejects.toThrow(/is not verified\. Enrich/);
    const one = await waiting();
    await expect(ask(one, { to: 'other@elsewhere.example' })).rejects.toThrow(/confirm it again/);
    await expect(ask(one, { personId: unverified.personId })).rejects.toMatchObject({ code: 'not_found' });
    for (const wrong of [
      { subject: 'A\r\nBcc: all@example.com' },
      { subject: ' ' },
      { text: '' },
      { text: 'x'.repeat(10_001) },
    ])
      await expect(ask(one, wrong)).rejects.toMatchObject({ code: 'invalid' });
    const stranger = { ...fixture.reps[0], id: 'nobody-rep', visibleOwnerIds: ['nobody-rep'] };
    await expect(fixture.run(stranger, sendMessage, one.message)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      fixture.run({ ...one.owner, kind: 'api_key' }, sendMessage, one.message),
    ).rejects.toMatchObject({ code: 'conflict' });
    await workLater();
    expect(arrived()).toEqual([]);
  });

  it('reads who may not be written to when it is asked for and when it leaves', async () => {
    const [late, gone] = [await waiting(), await waiting()];
    await ask(late);
    await ask(gone);
    await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
      suppress(tx, [late.email], 'objected', fixture.clock.now()),
    );
    const [{ name }] = await steps
      .rows<{ name: string }>(
        `select trim(given_name || ' ' || family_name) as name from person where id = $1`,
        gone.personId,
      )
      .then((rows) => [rows[0] ?? { name: '' }] as const);
    await fixture.run(fixture.admin, erasePerson, { id: gone.personId, confirmName: name });
    await workLater();
    expect(arrived()).toEqual([]);
    expect(await sentOf(late)).toMatchObject([
      { state: 'refused', lastCode: 'the person asked not to be written to' },
    ]);
    await expect(ask(late)).rejects.toThrow(/asked not to be written to/);
    const kept = await steps.rows(
      `select subject, body_text, state from outgoing_mail where person_id = $1 and purpose = 'first_message'`,
      gone.personId,
    );
    expect(kept).toEqual([{ subject: '', body_text: '', state: 'refused' }]);
  });

  it('is taken back while it is held, by its writer, and may be sent again', async () => {
    const one = await waiting();
    const { id } = await ask(one);
    const other = fixture.reps.find((rep) => rep.id !== one.owner.id) ?? fixture.admin;
    await expect(
      fixture.run({ ...other, visibleOwnerIds: null }, withdrawMessage, { id }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      fixture.run({ ...other, visibleOwnerIds: [other.id] }, withdrawMessage, { id }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await fixture.run(one.owner, withdrawMessage, { id });
    await fixture.run(one.owner, withdrawMessage, { id });
    await workLater();
    expect(arrived()).toEqual([]);
    expect(await sentOf(one)).toMatchObject([{ id, state: 'withdrawn' }]);
    const again = await ask(one, { text: 'Better words' });
    await workLater();
    expect(arrived()).toHaveLength(1);
    await expect(fixture.run(one.owner, withdrawMessage, { id: again.id })).rejects.toThrow(/has left/);
    expect(await sentOf(one)).toMatchObject([{ state: 'accepted' }, { state: 'withdrawn' }]);
  });

  it('is refused when its address or its writer is no longer good as it leaves, and told on the account', async () => {
    const [bounced, fired] = [await waiting(), await waiting()];
    await ask(bounced);
    await steps.rows(
      `update visible_value set verification = 'invalid', usable = false where subject_id = $1 returning 1`,
      bounced.personId,
    );
    await ask(fired);
    await steps.rows('update member set active = false where id = $1 returning 1', fired.owner.id);
    await workLater();
    await steps.rows('update member set active = true where id = $1 returning 1', fired.owner.id);
    expect(arrived()).toEqual([]);
    expect(await sentOf(bounced)).toMatchObject([{ lastCode: 'the address is no longer verified' }]);
    expect(await sentOf(fired)).toMatchObject([{ lastCode: 'the writer’s sign-in was ended' }]);
    const { account } = await fixture.run(fixture.admin, getLead, { id: bounced.leadId });
    const { items } = await fixture.run(fixture.admin, accountTimeline, { id: account?.id ?? '' });
    expect(items.filter(({ kind }) => kind === 'mail').map(({ title }) => title)).toContain('Mail refused');
  });

  it('counts on the open deal, whose exit criterion it meets', async () => {
    const one = await waiting();
    const { account } = await fixture.run(fixture.admin, getLead, { id: one.leadId });
    const deal = await fixture.run(one.owner, createDealOperation({ onLeadConverted: async () => {} }), {
      accountId: account?.id ?? '',
      personId: one.personId,
      name: 'Deal',
      source: 'outbound',
      valueMinor: 100_000,
      currency: 'EUR',
    });
    await ask(one);
    await workLater();
    const [kept] = await steps.rows<{ dealId: string }>(
      'select deal_id as "dealId" from activity where person_id = $1',
      one.personId,
    );
    expect(kept?.dealId).toBe(deal.id);
    const { items } = await fixture.run(fixture.admin, accountTimeline, { id: account?.id ?? '' });
    expect(items.filter(({ kind }) => kind === 'activity')).toHaveLength(1);
    const facts = await fixture.store.inWorkspace(fixture.workspaceId, (tx) => tx.rows(readFacts, deal.id));
    expect(facts[0]?.messageSentAt).toEqual(fixture.clock.now());
  });

  it('waits for a server, and after a refusal for good may be sent again', async () => {
    const one = await waiting();
    const { id: mailId } = await ask(one);
    world.sandbox.control.scriptSmtp({ fault: 'defer_451' });
    await workLater();
    await work();
    expect(await sentOf(one)).toMatchObject([{ state: 'queued' }]);
    world.sandbox.control.scriptSmtp({ fault: 'refuse_550' });
    fixture.clock.advanceMs(31_000);
    await work();
    expect(await sentOf(one)).toMatchObject([{ id: mailId, state: 'refused' }]);
    expect(await activities(one)).toEqual([]);
    expect((await ask(one)).id).not.toBe(mailId);
    await workLater();
    expect(arrived()).toHaveLength(1);
  });

  it.each([
    ['mail.sending', 0],
    ['mail.accepted', 1],
  ] as const)('is of unknown fate after a crash at %s, and never sent again', async (point, left) => {
    const one = await waiting();
    const { id: mailId } = await ask(one);
    const mail = { workspaceId: fixture.workspaceId, mailId };
    armFaultPoint(point, 'throw');
    await expect(workLater()).rejects.toThrow(point);
    await work();
    expect(await sentOf(one)).toMatchObject([{ state: 'sending' }]);
    fixture.clock.advanceMs(1_000);
    await strandSending({ store: fixture.store, clock: fixture.clock }, mail, fixture.clock.now());
    await work();
    const transport = world.outside.mailFor(fixture.workspaceId);
    const { store, clock } = fixture;
    expect(await sendFirstMessage({ store, clock, transport }, mail)).toBe('unknown');
    expect((await ask(one)).id).toBe(mailId);
    expect(await sentOf(one)).toMatchObject([{ state: 'unknown', lastCode: 'interrupted' }]);
    expect(arrived()).toHaveLength(left);
    expect(await activities(one)).toEqual([]);
    await decided(one, mailId, left === 1);
  });

  /** Somebody has looked: what left counts from when it was written, what did not may leave again. */
  async function decided(one: Waiting, mailId: string, sent: boolean) {
    const recording = { kind: 'mail' as const, accountId: await accountOf(one), personId: one.personId };
    await expect(
      fixture.run(one.owner, recordActivity, { ...recording, subject: 'your REQUEST' }),
    ).rejects.toThrow('Nobody knows whether it left');
    const { run } = fixture;
    await run(one.owner, decideMessage, { id: mailId, sent });
    await expect(run(one.owner, decideMessage, { id: mailId, sent })).rejects.toMatchObject({
      code: 'conflict',
    });
    if (sent) {
      expect(await sentOf(one)).toMatchObject([{ state: 'accepted', lastCode: 'sent, as found out' }]);
      expect(await activities(one)).toMatchObject([{ kind: 'mail', subject: 'Your request' }]);
      await expect(run(one.owner, recordActivity, { ...recording, subject: 'Your request' })).rejects.toThrow(
        'recorded when it left',
      );
      expect((await ask(one)).id).toBe(mailId);
    } else {
      const again = await ask(one);
      expect(again.id).not.toBe(mailId);
      await workLater();
      expect(await sentOf(one)).toMatchObject([{ id: again.id, state: 'accepted' }, { state: 'withdrawn' }]);
      expect(arrived()).toHaveLength(1);
    }
    // Another mail to the same person, from elsewhere, is one.
    await run(one.owner, recordActivity, { ...recording, subject: 'Something else' });
    expect(await activities(one)).toHaveLength(2);
  }

  it('is refused at once where no mail server is set up, and offers whom else one may write to', async () => {
    const one = await waiting();
    const { run, store, workspaceId, clock } = fixture;
    await expect(
      run(
        one.owner,
        sendMessageOperation(() => false),
        one.message,
      ),
    ).rejects.toThrow('No mail server is set up');
    expect(await sentOf(one)).toEqual([]);
    const brief = await run(
      one.owner,
      briefItemOperation((kind) => kind === 'real'),
      { id: one.message.id },
    );
    expect(brief.mailServer).toBe(false);
    expect(brief.recipients).toMatchObject([{ personId: one.personId, email: one.email, whyNot: null }]);
    await store.inWorkspace(workspaceId, (tx) => suppress(tx, [one.email], 'objected', clock.now()));
    const later = await run(one.owner, briefItem, { id: one.message.id });
    expect(later.recipients).toMatchObject([{ email: null, whyNot: 'asked not to be written to' }]);
  });
});
