import { personByEmail } from '@penstock/accounts/identity-statements';
import { createAccount, findOrCreateAccount } from '@penstock/accounts/identify-company';
import { companyDomainOf, emailKey } from '@penstock/accounts/model/email-address';
import { recordPerson } from '@penstock/accounts/record-person';
import { isSuppressed } from '@penstock/accounts/suppression';
import { newId } from '@penstock/kernel/ids';
import { lockAccounts, scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import * as sql from './lead-statements.ts';
import { renderMail, singleLine } from './model/mail-template.ts';
import { route, type RoutingDecision } from './model/routing.ts';
import { RoutingBody, WelcomeBody } from './engagement-documents.ts';

/** How much an inbound request says, by what was asked for (R053: a download is a lead, not an opportunity). */
const STRENGTH: Record<sql.LeadToWork['intent'], number> = {
  demo_request: 1,
  contact_sales: 1,
  webinar: 0.4,
  download: 0.25,
};
const INTENT_LABEL: Record<sql.LeadToWork['intent'], string> = {
  demo_request: 'asked for a demo',
  contact_sales: 'wants to talk to sales',
  webinar: 'signed up for a webinar',
  download: 'downloaded a paper',
};

export type WorkedLead = { personId: string; accountId: string; mayMail: boolean; mayEnrich: boolean } | null;

/**
 * Everything that follows at once from a stored lead, in one transaction: matched to person and account, routed with its reason,
 * scored, in the queue, and the welcome mail written. Running it again changes nothing.
 */
export function workLead(
  store: Store,
  lead: { workspaceId: string; leadId: string },
  now: Date,
): Promise<WorkedLead> {
  return store.inWorkspace(lead.workspaceId, async (tx) => {
    const row = await maybeOne(tx, sql.lockLead, lead.leadId);
    if (!row) return null;
    await tx.rows(sql.leadStarted, row.id, now);
    const suppressed = await isSuppressed(tx, row.email);
    const answer = { mayMail: !suppressed, mayEnrich: !suppressed };
    if (row.state !== 'received' && row.personId !== null && row.accountId !== null) {
      return { personId: row.personId, accountId: row.accountId, ...answer };
    }
    const matched = await matchLead(tx, row, now);
    const decision = await routeIt(tx, row, matched.ownerId, now);
    await tx.rows(
      sql.routeLead,
      row.id,
      matched.personId,
      matched.accountId,
      decision.ownerId,
      suppressed ? [...row.marks, 'suppressed'] : row.marks,
    );
    await signalAndQueue(tx, row, matched.accountId, decision, now);
    if (!suppressed) await writeWelcome(tx, row, matched.personId, decision, now);
    await emitEvents(tx, now, [
      { kind: 'lead.changed', payload: { leadId: row.id, ownerId: decision.ownerId } },
    ]);
    return { personId: matched.personId, accountId: matched.accountId, ...answer };
  });
}

async function matchLead(tx: Tx, lead: sql.LeadToWork, now: Date) {
  const account = await accountOf(tx, lead, now);
  const person = await recordPerson(
    tx,
    { ...lead, country: lead.country || null, accountId: account.accountId, origin: 'form' },
    now,
  );
  const accountId = person.accountId ?? account.accountId;
  await note(tx, lead.id, 'matched', { because: account.because, created: account.created }, now);
  return { personId: person.id, accountId, ownerId: account.ownerId };
}

const NO_COMPANY = 'No company given';

/** Who names no company and has a private address gets an account of their own, which does not bear their name. */
async function accountOf(
  tx: Tx,
  lead: sql.LeadToWork,
  now: Date,
): Promise<{ accountId: string; ownerId: string | null; created: boolean; because: string }> {
  const domain = companyDomainOf(lead.email);
  const mention = {
    name: lead.company || domain || NO_COMPANY,
    formerNames: [],
    domain,
    ids: [],
    country: lead.country || null,
    region: null,
    city: null,
  };
  const as = { state: 'active', origin: 'form', isTest: lead.isTest, ownerId: null, now } as const;
  if (lead.company || domain) return findOrCreateAccount(tx, mention, as);
  await tx.rows(sql.lockAddress, lead.email);
  const known = await maybeOne(tx, personByEmail, emailKey(lead.email));
  if (known?.accountId)
    return {
      accountId: known.accountId,
      ownerId: known.ownerId,
      created: false,
      because: 'the person is known',
    };
  return {
    accountId: await createAccount(tx, mention, as),
    ownerId: null,
    created: true,
    because: 'new: a private address, and no company was named',
  };
}

async function routeIt(
  tx: Tx,
  lead: sql.LeadToWork,
  accountOwnerId: string | null,
  now: Date,
): Promise<RoutingDecision & { fromAddress: string }> {
  await tx.rows(sql.lockRoundRobin);
  const routing = RoutingBody.parse((await publishedDocument(tx, 'routing')).body);
  const candidates = await tx.rows(sql.routingCandidates);
  const decision = route(routing, { intent: lead.intent, country: lead.country, accountOwnerId }, candidates);
  // A test shows who would get it and takes nobody's turn.
  if (decision.ownerId !== null && !lead.isTest) await tx.rows(sql.countTurn, decision.ownerId, now);
  const { rule, because, passedOver, ownerId } = decision;
  await note(tx, lead.id, 'routed', { rule, because, passedOver, ownerId }, now);
  const owner = candidates.find((candidate) => candidate.memberId === decision.ownerId);
  return { ...decision, fromAddress: owner?.email ?? '' };
}

async function signalAndQueue(
  tx: Tx,
  lead: sql.LeadToWork,
  accountId: string,
  decision: RoutingDecision,
  now: Date,
) {
  const summary = `Somebody ${INTENT_LABEL[lead.intent]} (${lead.formName})`;
  await lockAccounts(tx, [accountId]);
  // First in the queue, so that the score written next finds the item and moves it.
  const item = await one(
    tx,
    sql.enterInbound,
    newId(now),
    accountId,
    lead.id,
    decision.ownerId,
    summary,
    lead.isTest,
    now,
    0,
  );
  await recordSignals(
    tx,
    [
      {
        accountId,
        kind: 'inbound_request',
        eventKey: `lead:${lead.id}`,
        strength: STRENGTH[lead.intent],
        summary,
        facts: { intent: lead.intent, form: lead.formName, leadId: lead.id },
        source: 'form',
        isTest: lead.isTest,
        occurredAt: lead.receivedAt,
        evidence: null,
      },
    ],
    now,
    scoringPort,
  );
  await note(tx, lead.id, 'scored', {}, now);
  await emitEvents(tx, now, [
    { kind: 'queue.item.entered', payload: { itemId: item.id, accountId, leadId: lead.id } },
  ]);
}

async function writeWelcome(
  tx: Tx,
  lead: sql.LeadToWork,
  personId: string,
  decision: RoutingDecision & { fromAddress: string },
  now: Date,
): Promise<void> {
  if (decision.ownerId === null) return;
  const template = WelcomeBody.parse((await publishedDocument(tx, 'mail_template')).body);
  const mail = renderMail(template, {
    givenName: lead.givenName,
    repName: decision.ownerName,
    company: lead.company,
    workspaceName: lead.workspaceName,
  });
  const id = newId(now);
  await tx.rows(
    sql.insertWelcome,
    id,
    lead.id,
    personId,
    decision.ownerId,
    singleLine(decision.ownerName),
    decision.fromAddress,
    singleLine(`${lead.givenName} ${lead.familyName}`),
    lead.email,
    mail.subject,
    mail.text,
    `<${id}@${decision.fromAddress.split('@')[1] ?? 'penstock.invalid'}>`,
    now,
  );
}

/** A line of the lead's trace; kinds that can happen only once are kept once. */
export async function note(
  tx: Tx,
  leadId: string,
  kind: string,
  detail: Record<string, unknown>,
  at: Date,
): Promise<boolean> {
  return (await tx.rows(sql.insertLeadEvent, newId(at), leadId, kind, JSON.stringify(detail), at)).length > 0;
}
