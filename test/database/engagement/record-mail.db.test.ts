import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { getLead } from '@penstock/engagement/operations/get-lead';
import { recordMail } from '@penstock/engagement/operations/record-mail';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { leadSteps } from './lead-steps.ts';

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
let told = 0;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  steps = leadSteps(fixture);
});
afterAll(() => fixture[Symbol.asyncDispose]());

/** Somebody known, with a deal, and a mail to them from the rep who owns it. */
async function known() {
  const leadId = await steps.ask();
  await steps.work(leadId);
  const [row] = await steps.rows<{ personId: string; accountId: string; email: string; ownerId: string }>(
    'select person_id as "personId", account_id as "accountId", email, owner_id as "ownerId" from lead where id = $1',
    leadId,
  );
  const owner = fixture.reps.find(({ id }) => id === row?.ownerId) ?? fixture.reps[0];
  const [member] = await steps.rows<{ email: string }>('select email from member where id = $1', owner.id);
  told += 1;
  const mail = {
    messageId: `<${told}@mail.example>`,
    from: member?.email ?? '',
    to: [row?.email ?? ''],
    subject: 'The offer',
    sentAt: fixture.clock.now().toISOString(),
  };
  return { leadId, personId: row?.personId ?? '', accountId: row?.accountId ?? '', owner, mail };
}
const tell = (by: WorkspaceFixture['admin'], mail: Awaited<ReturnType<typeof known>>['mail']) =>
  fixture.run(by, recordMail, mail, `key ${(told += 1)}`);
const kept = (personId: string) =>
  steps.rows(
    'select direction, subject, body, member_id as "memberId", deal_id as "dealId" from activity where person_id = $1',
    personId,
  );

it('is recorded once with whom it went to, on their open deal, as a human touch', async () => {
  const { leadId, personId, accountId, owner, mail } = await known();
  const deal = await fixture.run(owner, createDealOperation({ onLeadConverted: async () => {} }), {
    accountId,
    personId,
    name: 'Deal',
    source: 'outbound',
    valueMinor: 1,
  });
  const program = { ...fixture.admin, kind: 'api_key' as const };
  expect(await tell(program, { ...mail, to: [...mail.to, 'stranger@nowhere.example'] })).toMatchObject({
    recorded: [{ personId, dealId: deal.id }],
    unknown: [{ address: 'stranger@nowhere.example', because: 'nobody' }],
  });
  expect(await tell(program, mail)).toMatchObject({ recorded: [], repeated: [personId] });
  expect(await kept(personId)).toEqual([
    { direction: 'out', subject: 'The offer', body: '', memberId: owner.id, dealId: deal.id },
  ]);
  const { events } = await fixture.run(fixture.admin, getLead, { id: leadId });
  expect(events.map(({ kind }) => kind)).toContain('first_human_touch');
});

it('is an answer when it comes from the person, and no touch of ours', async () => {
  const { leadId, personId, owner, mail } = await known();
  const answer = { ...mail, from: mail.to[0]?.toUpperCase() ?? '', to: [mail.from] };
  expect(await tell(owner, answer)).toMatchObject({ recorded: [{ personId, dealId: null }] });
  expect(await kept(personId)).toMatchObject([{ direction: 'in', memberId: owner.id }]);
  const { events } = await fixture.run(fixture.admin, getLead, { id: leadId });
  expect(events.map(({ kind }) => kind)).not.toContain('first_human_touch');
});

it('is refused with the reason: strangers, somebody else’s mail, nobody known, several known, the future', async () => {
  const { personId, owner, mail } = await known();
  const other = fixture.reps.find(({ id }) => id !== owner.id) ?? fixture.admin;
  await expect(tell(other, mail)).rejects.toThrow(/no mail between you/);
  const program = { ...fixture.admin, kind: 'api_key' as const };
  await expect(tell(program, { ...mail, from: 'x@nowhere.example' })).rejects.toThrow(/active member/);
  await expect(tell(owner, { ...mail, to: ['x@nowhere.example'] })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(tell(owner, { ...mail, sentAt: '2100-01-01T00:00:00Z' })).rejects.toThrow(/future/);
  await expect(tell(owner, { ...mail, messageId: 'no brackets' })).rejects.toMatchObject({ code: 'invalid' });
  const twin = await known();
  await fixture.store.withRecords(fixture.workspaceId, ({ db }) =>
    db.visibleValue.create({
      data: {
        workspaceId: fixture.workspaceId,
        subjectId: twin.personId,
        subjectKind: 'person',
        field: 'work_email',
        value: mail.to[0] ?? '',
        observationId: twin.personId,
        provider: 'leadmagic',
        verification: 'valid',
        usable: true,
        chosenBecause: 'the only value',
        observedAt: fixture.clock.now(),
        updatedAt: fixture.clock.now(),
      },
    }),
  );
  await expect(tell(owner, mail)).rejects.toThrow(/more than one person/);
  expect(await kept(personId)).toEqual([]);
});
