import type { Clock } from '@penstock/kernel/clock';
import { isSuppressed } from '@penstock/accounts/suppression';
import { scoringPort } from '@penstock/scoring/rescore';
import { championByPerson } from '@penstock/signals/champion-statements';
import { saysMailboxGone } from '@penstock/signals/model/departure';
import { NOWHERE_KNOWN, reportDeparture } from '@penstock/signals/report-departure';
import { faultPoint } from '@penstock/kernel/fault-point';
import { emitEvents } from '@penstock/store/outbox';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';
import { maybeOne, type Tx } from '@penstock/store/tx';

import type { MailState } from './contracts.ts';
import type { MailTransport, OutgoingMail } from './mail-port.ts';
import { note } from './work-lead.ts';

type MailRow = {
  id: string;
  leadId: string;
  personId: string | null;
  /** A welcome mail can't be taken back. */
  state: Exclude<MailState, 'withdrawn'>;
  fromName: string;
  fromAddress: string;
  toName: string;
  toAddress: string;
  subject: string;
  bodyText: string;
  messageId: string;
};

const lockMail = statement<MailRow>(
  'lock_welcome_mail',
  `select id, lead_id as "leadId", person_id as "personId", state, from_name as "fromName", from_address as "fromAddress", to_name as "toName", to_address as "toAddress",
     subject, body_text as "bodyText", message_id as "messageId"
   from outgoing_mail where workspace_id = $1 and lead_id = $2 and purpose = 'welcome' for update`,
);
const markSending = statement(
  'mark_mail_sending',
  `update outgoing_mail set state = 'sending', sending_at = $3, attempts = attempts + 1 where workspace_id = $1 and id = $2`,
);
/** What the sender knows for sure also replaces the guess of somebody who took it for lost meanwhile. */
export const settleMail = statement<{ id: string }>(
  'settle_mail',
  `update outgoing_mail set state = $3, last_code = $4, settled_at = $5, due_at = null
   where workspace_id = $1 and id = $2 and (state in ('queued', 'sending') or (state = 'unknown' and $3 in ('accepted', 'refused'))) returning id`,
);
const strandMail = statement<{ id: string; leadId: string | null; purpose: string }>(
  'strand_mail',
  `update outgoing_mail set state = 'unknown', last_code = 'interrupted', settled_at = $3
   where workspace_id = $1 and id = $2 and state = 'sending' and sending_at < $4 returning id, lead_id as "leadId", purpose`,
);

export type SendDeps = { store: Store; clock: Clock; transport: MailTransport };
export type SendResult = 'accepted' | 'refused' | 'unknown' | 'none' | 'try_again';

/** What erasing a person leaves of an address (personal-columns.ts). */
export const ERASED = 'erased';

const STATE_EVENT = {
  accepted: 'welcome_accepted',
  refused: 'welcome_refused',
  unknown: 'welcome_unknown',
} as const;

/**
 * Sends the welcome mail of a lead at most once. `sending` is committed before the hand-over; whoever finds a mail in it knows only
 * that nobody knows, so it becomes `unknown`, is shown, and is never sent again by itself.
 * @returns `try_again` if the server certainly did not take it
 */
export async function sendWelcome(
  deps: SendDeps,
  lead: { workspaceId: string; leadId: string },
): Promise<SendResult> {
  const { store, clock } = deps;
  const taken = await store.inWorkspace(lead.workspaceId, async (tx) => {
    const mail = await maybeOne(tx, lockMail, lead.leadId);
    if (!mail) return null;
    if (mail.state === 'sending')
      return { mail, result: await settle(tx, mail, 'unknown', 'interrupted', clock.now()) };
    if (mail.state !== 'queued') return { mail, result: mail.state };
    // Mails wait up to a day for a server; who was erased or asked not to be written to meanwhile gets none.
    if (mail.toAddress === ERASED || (await isSuppressed(tx, mail.toAddress)))
      return { mail, result: await settle(tx, mail, 'refused', 'suppressed', clock.now()) };
    await tx.rows(markSending, mail.id, clock.now());
    return { mail, result: null };
  });
  if (taken === null) return 'none';
  if (taken.result !== null) return taken.result;
  faultPoint('mail.sending');
  const outcome = await deps.transport.send(toMail(taken.mail));
  faultPoint('mail.accepted');
  return store.inWorkspace(lead.workspaceId, async (tx) => {
    const now = clock.now();
    if (outcome.outcome === 'not_accepted') {
      await tx.rows(requeueMail, taken.mail.id, outcome.code);
      return 'try_again' as const;
    }
    const code = outcome.outcome === 'accepted' ? outcome.response : outcome.code;
    const settled = await settle(tx, taken.mail, outcome.outcome, code.slice(0, 200), now);
    if (settled === 'refused') await noticeBounce(tx, taken.mail, code, now);
    return settled;
  });
}

/** A mailbox that is no more says that its champion has left. */
export async function noticeBounce(
  tx: Tx,
  mail: Pick<MailRow, 'personId' | 'toAddress'>,
  status: string,
  now: Date,
): Promise<void> {
  if (mail.personId === null || !saysMailboxGone(status)) return;
  const champion = await maybeOne(tx, championByPerson, mail.personId);
  if (!champion) return;
  const words = {
    ...NOWHERE_KNOWN,
    origin: 'bounce',
    witness: 'bounce' as const,
    address: mail.toAddress,
    quote: status,
    url: '',
    contentHash: '',
    occurredAt: now,
  };
  await reportDeparture(tx, champion, words, now, scoringPort);
}

const requeueMail = statement(
  'requeue_mail',
  `update outgoing_mail set state = 'queued', last_code = $3 where workspace_id = $1 and id = $2 and state = 'sending'`,
);

async function settle(
  tx: Tx,
  mail: { id: string; leadId: string },
  state: 'accepted' | 'refused' | 'unknown',
  code: string,
  now: Date,
): Promise<'accepted' | 'refused' | 'unknown'> {
  if ((await tx.rows(settleMail, mail.id, state, code, now)).length === 0) return state;
  await note(tx, mail.leadId, STATE_EVENT[state], { code: code.slice(0, 60) }, now);
  await emitEvents(tx, now, [
    { kind: 'mail.changed', payload: { mailId: mail.id, leadId: mail.leadId, state } },
    { kind: 'lead.changed', payload: { leadId: mail.leadId } },
  ]);
  return state;
}

export const toMail = (row: Omit<MailRow, 'leadId' | 'personId' | 'state' | 'id'>): OutgoingMail => ({
  messageId: row.messageId,
  from: { name: row.fromName, address: row.fromAddress },
  to: { name: row.toName, address: row.toAddress },
  replyTo: row.fromAddress,
  subject: row.subject,
  text: row.bodyText,
});

/** Mails found in `sending` long after: their sender is gone. Shown as unknown, never resent by itself. */
export function strandSending(
  deps: { store: Store; clock: Clock },
  mail: { workspaceId: string; mailId: string },
  before: Date,
): Promise<void> {
  return deps.store.inWorkspace(mail.workspaceId, async (tx) => {
    const now = deps.clock.now();
    const stranded = await maybeOne(tx, strandMail, mail.mailId, now, before);
    if (!stranded) return;
    if (stranded.purpose === 'welcome' && stranded.leadId !== null)
      await note(tx, stranded.leadId, 'welcome_unknown', { code: 'interrupted' }, now);
    await emitEvents(tx, now, [
      { kind: 'mail.changed', payload: { mailId: stranded.id, leadId: stranded.leadId, state: 'unknown' } },
    ]);
  });
}
