import { erasePerson, exportPerson } from '@penstock/accounts/operations/manage-personal-data';
import { recordConversion } from '@penstock/engagement/first-touch';
import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { storeSubmission } from '@penstock/engagement/store-submission';
import { workLead } from '@penstock/engagement/work-lead';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { newId } from '@penstock/kernel/ids';
import { addDealEvidence } from '@penstock/pipeline/operations/add-deal-evidence';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { moveDeal } from '@penstock/pipeline/operations/move-deal';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { PERSONAL_TABLES } from '@penstock/store/personal-columns';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { catalogueRows, tablesOf } from './store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from './workspace-fixture.ts';

const NAME = 'Zyxwina Quartermain';
const ADDRESS = 'zyxwina.quartermain@gmail.com';
const PHONE = '+4915112345678';
const NEEDLES = ['Zyxwina', 'Quartermain', PHONE.slice(3)];

const createDeal = createDealOperation({ onLeadConverted: recordConversion });

let fixture: WorkspaceFixture;
beforeEach(async () => {
  fixture = await workspaceFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

/** The person asks for a demo with a private address and no company: everything known of them is their own. */
async function ask(
  company = '',
): Promise<{ leadId: string; personId: string; accountId: string; mayMail: boolean; mayEnrich: boolean }> {
  const { store, workspaceId, formId, clock } = fixture;
  const leadId = newId(clock.now());
  const posted = {
    name: NAME,
    email: ADDRESS,
    phone: PHONE,
    company,
    message: `Call me, ${NAME}, at ${PHONE}`,
  };
  await storeSubmission(store, {
    workspaceId,
    formId,
    posted,
    isTest: false,
    leadId,
    receivedAt: clock.now(),
  });
  const worked = await workLead(store, { workspaceId, leadId }, clock.now());
  if (!worked) throw new TypeError('the lead was not worked on');
  return { leadId, ...worked };
}

/** Everything that people and the product write about a person on the way to a deal. */
async function becomeDeal(lead: Awaited<ReturnType<typeof ask>>): Promise<void> {
  const { run, reps, manager } = fixture;
  const [rep] = reps;
  const { items } = await run(rep, listQueue, {});
  await run(rep, claimQueueItem, { id: items[0]?.id ?? '' }, 'claim once');
  const deal = {
    accountId: lead.accountId,
    leadId: lead.leadId,
    name: `${NAME} deal`,
    valueMinor: 1,
    nextStep: `Call ${NAME}`,
    source: 'inbound' as const,
  };
  const { id: dealId } = await run(rep, createDeal, deal);
  const activity = {
    kind: 'call' as const,
    accountId: lead.accountId,
    subject: `Spoke to ${NAME}`,
    body: `Reached at ${PHONE}`,
  };
  await run(rep, recordActivity, { ...activity, leadId: lead.leadId });
  await run(rep, recordActivity, { ...activity, personId: lead.personId });
  await run(rep, recordActivity, { ...activity, dealId });
  await run(rep, addDealEvidence, {
    dealId,
    criterion: 'budget_confirmed',
    kind: 'call_note',
    quote: `${NAME}: we have it`,
    value: NAME,
  });
  await run(manager, moveDeal, {
    id: dealId,
    toStage: 'contacted',
    override: true,
    reason: `${NAME} is in a hurry`,
  });
  await run(manager, moveDeal, { id: dealId, toStage: 'lost', lostReason: `${NAME} has left` });
}

/** Puts the person's name into every registered column, whatever the product writes there today. */
async function plantRegistered(personId: string, accountId: string): Promise<void> {
  const { database, workspaceId, clock } = fixture;
  await withConnection(database.urls.admin, async (client) => {
    const insert = (table: string, columns: string, values: string) =>
      client.query(`insert into ${table} (workspace_id, ${columns}) values ('${workspaceId}', ${values})`);
    const at = `'${clock.now().toISOString()}'`;
    await insert(
      'external_id',
      'system, kind, value, subject_kind, subject_id, recorded_at',
      `'crm', 'contact', '${NAME}', 'person', '${personId}', ${at}`,
    );
    await insert(
      'observation',
      'id, person_id, field, value, provider, lawful_basis, occurred_at, recorded_at',
      `'${newId(clock.now())}', '${personId}', 'mobile', '${PHONE}', 'p', 'l', ${at}, ${at}`,
    );
    await insert(
      'visible_value',
      'subject_id, field, subject_kind, value, observation_id, provider, usable, chosen_because, observed_at, updated_at',
      `'${personId}', 'mobile', 'person', '${PHONE}', '${personId}', 'p', true, '', ${at}, ${at}`,
    );
    await insert(
      'idempotency_key',
      'operation, key, request_hash, response, created_at',
      `'some.command', 'key', 'hash', '{"person":"${personId}","name":"${NAME}"}', ${at}`,
    );
    const ticketId = newId(clock.now());
    await insert(
      'provider_ticket',
      'id, credential_id, provider, capability, state, give_up_at, created_at',
      `'${ticketId}', '${ticketId}', 'p', 'c', 'waiting', ${at}, ${at}`,
    );
    await insert(
      'provider_ticket_record',
      'ledger_id, ticket_id, person_id, known',
      `'${newId(clock.now())}', '${ticketId}', '${personId}', '{"givenName":"${NAME}"}'`,
    );
    await insert(
      'unmatched_mail',
      'id, message_id, address, name, member_id, direction, subject, sent_at, state, person_id, expires_at',
      `'${newId(clock.now())}', '<m@x>', '', '', 'm', 'in', '', ${at}, 'matched', '${personId}', ${at}`,
    );
    await insert(
      'champion',
      'person_id, account_id, tier, origin, state, marked_by, marked_at',
      `'${personId}', '${accountId}', 'key', 'hand', 'departed', 'm', ${at}`,
    );
    await insert('champion_check', 'person_id, provider, mark', `'${personId}', 'people-data-labs', 'm'`);
    const [departureId, talkId] = [newId(clock.now()), newId(clock.now())];
    await insert(
      'departure',
      'id, person_id, account_id, state, created_at, expires_at',
      `'${departureId}', '${personId}', '${accountId}', 'confirmed', ${at}, ${at}`,
    );
    await insert(
      'notification',
      'id, member_id, kind, cause, subject_id, strength, in_console, created_at',
      `'${newId(clock.now())}', '${fixture.reps[0].id}', 'departure', 'departure/x', '${departureId}', 1, true, ${at}`,
    );
    await insert(
      'departure_report',
      'id, departure_id, person_id, origin, witness, enough_alone, occurred_at, recorded_at',
      `'${newId(clock.now())}', '${departureId}', '${personId}', 'bounce', 'bounce', true, ${at}, ${at}`,
    );
    await insert(
      'conversation',
      'id, external_id, account_id, person_id, title, url, occurred_at, recorded_at',
      `'${talkId}', 'talk', '${accountId}', '${personId}', '', '', ${at}, ${at}`,
    );
    await insert(
      'conversation_point',
      'id, conversation_id, kind, side, person_id, quote',
      `'${newId(clock.now())}', '${talkId}', 'question', 'them', '${personId}', ''`,
    );
    await insert(
      'record_merge',
      'id, kind, kept_id, other_id, reasons, before, moved, merged_by, merged_at',
      `'${newId(clock.now())}', 'person', '${personId}', '${newId(clock.now())}', '{}', '{"kept":{"givenName":"${NAME}"}}', '[{"keys":[["${NAME}"]]}]', 'm', ${at}`,
    );
    await client.query(`update deal set person_id = $1 where account_id = $2`, [personId, accountId]);
    for (const { table, columns } of PERSONAL_TABLES) {
      const texts = columns.filter(
        (column) => !['answers', 'response', 'known', 'email_key', 'before', 'moved'].includes(column),
      );
      const { rowCount } = await client.query(
        texts.length === 0
          ? `select from ${table}`
          : `update ${table} set ${texts.map((column) => `${column} = '${NAME} ${PHONE}'`).join(', ')}`,
      );
      expect([table, (rowCount ?? 0) > 0]).toEqual([table, true]);
    }
  });
}

/** Tables in which a text is found, anywhere in a row. */
async function tablesWith(needles: readonly string[]): Promise<string[]> {
  const { database } = fixture;
  const found: string[] = [];
  for (const table of await tablesOf(database)) {
    const [row] = await catalogueRows<{ count: number }>(
      database,
      `select count(*)::int as count from ${table} t where ${needles.map((_, at) => `t::text ilike '%' || $${at + 1} || '%'`).join(' or ')}`,
      [...needles],
    );
    if ((row?.count ?? 0) > 0) found.push(table);
  }
  return found;
}

const erase = (id: string, confirmName = NAME) =>
  fixture.run(fixture.admin, erasePerson, { id, confirmName });

it('leaves nothing of a person where people and the product have written of them', async () => {
  const lead = await ask();
  await becomeDeal(lead);
  expect((await tablesWith(NEEDLES)).length).toBeGreaterThan(7);
  await fixture.run(fixture.admin, exportPerson, { id: lead.personId }, 'export once');
  await erase(lead.personId);
  expect(await tablesWith(NEEDLES)).toEqual([]);
});

it('reaches every registered column, and the export shows each of them before', async () => {
  const lead = await ask('Quiet Harbor');
  await becomeDeal(lead);
  await plantRegistered(lead.personId, lead.accountId);
  const { document } = await fixture.run(fixture.admin, exportPerson, { id: lead.personId });
  expect(Object.keys(document).toSorted()).toEqual(PERSONAL_TABLES.map((table) => table.table).toSorted());
  for (const { table, columns } of PERSONAL_TABLES) {
    for (const column of columns)
      expect([table, column, JSON.stringify(document[table]).includes(`"${column}"`)]).toEqual([
        table,
        column,
        true,
      ]);
  }
  await erase(lead.personId, `${NAME} ${PHONE} ${NAME} ${PHONE}`);
  expect(await tablesWith(NEEDLES)).toEqual([]);
});

it('asks for the name, and tells who was erased already', async () => {
  const lead = await ask();
  await expect(erase(lead.personId, 'Somebody Else')).rejects.toMatchObject({ code: 'invalid' });
  await erase(lead.personId);
  await expect(erase(lead.personId)).rejects.toMatchObject({ code: 'not_found' });
});

it('neither mails nor looks up who was erased and asks again', async () => {
  const lead = await ask();
  await erase(lead.personId);
  const again = await ask('Quiet Harbor');
  expect(again).toMatchObject({ mayMail: false, mayEnrich: false });
  const mails = await catalogueRows(fixture.database, 'select from outgoing_mail where lead_id = $1', [
    again.leadId,
  ]);
  expect(mails).toEqual([]);
  const marked = await catalogueRows<{ marks: string[] }>(
    fixture.database,
    'select marks from lead where id = $1',
    [again.leadId],
  );
  expect(marked[0]?.marks).toContain('suppressed');
});

it('touches nobody else', async () => {
  const { store, workspaceId, formId, clock } = fixture;
  const other = {
    workspaceId,
    formId,
    posted: { name: 'Bo Bystander', email: 'bo@bystander.example' },
    isTest: false,
    leadId: newId(clock.now()),
    receivedAt: clock.now(),
  };
  await storeSubmission(store, other);
  await workLead(store, other, clock.now());
  const before = await tablesWith(['bystander']);
  const lead = await ask();
  await erase(lead.personId);
  expect(await tablesWith(['bystander'])).toEqual(before);
});
