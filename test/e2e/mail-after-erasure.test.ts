import { sendWelcome } from '@penstock/engagement/send-welcome';
import { storeSubmission } from '@penstock/engagement/store-submission';
import { workLead } from '@penstock/engagement/work-lead';
import type { MailOutcome } from '@penstock/engagement/mail-port';
import { newId } from '@penstock/kernel/ids';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { gatewayFixture, type GatewayFixture, type TestWorkspace } from './gateway-fixture.ts';

let gateway: GatewayFixture;
let home: TestWorkspace;

beforeAll(async () => {
  gateway = await gatewayFixture();
  home = await gateway.workspace('home');
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function workedLead(email: string) {
  const { store, clock } = gateway.deps;
  const form = await gateway.deps.store.dueWork.formByKey(home.formKey);
  const lead = { workspaceId: home.id, leadId: newId(clock.now()) };
  const posted = { email, first_name: 'Ines', last_name: 'Vale' };
  const submission = { ...lead, formId: form?.formId ?? '', posted, isTest: false, receivedAt: clock.now() };
  await storeSubmission(store, submission);
  return { ...lead, personId: (await workLead(store, lead, clock.now()))?.personId ?? '' };
}

function sending(outcome: MailOutcome) {
  const sent: string[] = [];
  const transport = {
    send(mail: { to: { address: string } }) {
      sent.push(mail.to.address);
      return Promise.resolve(outcome);
    },
  };
  return { sent, deps: { ...gateway.deps, transport } };
}

const traceOf = async (leadId: string) => {
  const reply = await gateway.trpc(
    'leads.get',
    'query',
    { id: leadId },
    { cookie: home.members.admin.cookie },
  );
  const { data } = ((await reply.json()) as { result: { data: Trace } }).result;
  return { mail: data.mail?.state, told: data.events.filter((event) => event.kind.startsWith('welcome')) };
};
type Trace = { mail: { state: string } | null; events: { kind: string; text: string }[] };

it('nobody is written to who was erased while their mail waited for a server', async () => {
  const lead = await workedLead('ines.vale@erased-company.example');
  expect(await sendWelcome(sending({ outcome: 'not_accepted', code: 'down' }).deps, lead)).toBe('try_again');
  const erased = await gateway.trpc(
    'people.erase',
    'mutation',
    { id: lead.personId, confirmName: 'Ines Vale' },
    { cookie: home.members.admin.cookie },
  );
  expect(erased.status).toBe(200);
  const { sent, deps } = sending({ outcome: 'accepted', response: '250' });
  expect(await sendWelcome(deps, lead)).toBe('refused');
  expect(sent).toEqual([]);
  expect(await traceOf(lead.leadId)).toMatchObject({
    mail: 'refused',
    told: [{ text: 'Welcome mail not sent: the person is not to be written to' }],
  });
});

it('a lead whose work never started is found behind any number that are at work', async () => {
  const { store, clock } = gateway.deps;
  await workedLead('first@waiting-company.example');
  await workedLead('second@waiting-company.example');
  const form = await store.dueWork.formByKey(home.formKey);
  const leadId = newId(clock.now());
  const posted = { email: 'third@waiting-company.example' };
  const submission = { workspaceId: home.id, formId: form?.formId ?? '', posted, isTest: false, leadId };
  await storeSubmission(store, { ...submission, receivedAt: clock.now() });
  const due = await store.dueWork.unsettledLeads(new Date(clock.now().getTime() + 1_000), 1);
  expect(due.find((lead) => !lead.started)).toMatchObject({ leadId, started: false });
});
