import { statement } from '@penstock/store/statement';

import type { MailState } from './contracts.ts';

export type SentMessage = {
  id: string;
  draftKey: string;
  personId: string;
  memberId: string;
  toName: string;
  toAddress: string;
  subject: string;
  state: MailState;
  lastCode: string;
  createdAt: Date;
  settledAt: Date | null;
};
const SENT = `id, draft_key as "draftKey", person_id as "personId", member_id as "memberId", to_name as "toName", to_address as "toAddress", subject, state,
  last_code as "lastCode", created_at as "createdAt", settled_at as "settledAt"`;

/** First messages of a queue item, newest first. */
export const readFirstMessages = statement<SentMessage>(
  'read_first_messages',
  `select ${SENT} from outgoing_mail where workspace_id = $1 and queue_item_id = $2 and purpose = 'first_message' order by created_at desc, id desc limit 20`,
);

/** The mail that a draft has already become, with its words. */
export const readFirstMessage = statement<SentMessage & { bodyText: string }>(
  'read_first_message',
  `select ${SENT}, body_text as "bodyText" from outgoing_mail
   where workspace_id = $1 and queue_item_id = $2 and person_id = $3 and draft_key = $4 and purpose = 'first_message' and state not in ('refused', 'withdrawn')`,
);

/** From the member's own name and address; $16 when it may leave. */
export const insertFirstMessage = statement<{ id: string }>(
  'insert_first_message',
  `insert into outgoing_mail (workspace_id, id, purpose, lead_id, queue_item_id, draft_key, person_id, member_id, from_name, from_address, to_name, to_address, subject, body_text, message_id, state, created_at, due_at, deal_id)
   values ($1, $2, 'first_message', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'queued', $15, $16, $17)
   on conflict (workspace_id, queue_item_id, person_id, draft_key) where purpose = 'first_message' and state not in ('refused', 'withdrawn') do nothing returning id`,
);

export const readWriter = statement<{ name: string; email: string; kind: 'sandbox' | 'real' }>(
  'read_writer',
  'select m.name, m.email, w.kind from member m join workspace w on w.workspace_id = m.workspace_id where m.workspace_id = $1 and m.id = $2 and m.active',
);

/** A first message of the member $2 to the person $3 about $4, in any case, that left or may have since $5. */
export const readSameMessage = statement<{ state: MailState; createdAt: Date }>(
  'read_same_first_message',
  `select state, created_at as "createdAt" from outgoing_mail
   where workspace_id = $1 and member_id = $2 and person_id = $3 and purpose = 'first_message' and lower(subject) = lower($4) and created_at > $5
     and state in ('queued', 'sending', 'accepted', 'unknown') order by created_at desc limit 1`,
);

export type MessageRow = {
  id: string;
  leadId: string | null;
  personId: string;
  memberId: string;
  state: MailState;
  fromName: string;
  fromAddress: string;
  toName: string;
  toAddress: string;
  subject: string;
  bodyText: string;
  messageId: string;
  createdAt: Date;
  accountId: string;
  /** Neither erased nor known to have left. */
  stillThere: boolean;
  /** The address is the person's, and verified. */
  stillVerified: boolean;
  writerActive: boolean;
};
export const lockFirstMessage = statement<MessageRow>(
  'lock_first_message',
  `select m.id, m.lead_id as "leadId", m.person_id as "personId", m.member_id as "memberId", m.state, m.from_name as "fromName", m.from_address as "fromAddress",
     m.to_name as "toName", m.to_address as "toAddress", m.subject, m.body_text as "bodyText", m.message_id as "messageId", m.created_at as "createdAt",
     coalesce(p.account_id, q.account_id) as "accountId", p.erased_at is null and p.left_at is null as "stillThere",
     exists (select 1 from visible_value v where v.workspace_id = m.workspace_id and v.subject_id = m.person_id and v.field = 'work_email'
       and lower(v.value) = lower(m.to_address) and v.usable and v.verification = 'valid') as "stillVerified",
     exists (select 1 from member w where w.workspace_id = m.workspace_id and w.id = m.member_id and w.active) as "writerActive"
   from outgoing_mail m join queue_item q on q.workspace_id = m.workspace_id and q.id = m.queue_item_id
   join person p on p.workspace_id = m.workspace_id and p.id = m.person_id
   where m.workspace_id = $1 and m.id = $2 and m.purpose = 'first_message' for update of m`,
);
export const takeFirstMessage = statement(
  'take_first_message',
  `update outgoing_mail set state = 'sending', sending_at = $3, attempts = attempts + 1, due_at = null where workspace_id = $1 and id = $2`,
);
export const requeueFirstMessage = statement(
  'requeue_first_message',
  `update outgoing_mail set state = 'queued', last_code = $3, due_at = $4 where workspace_id = $1 and id = $2 and state = 'sending'`,
);
/** What somebody has found out about a mail of unknown fate: $3 is the state that follows, $4 how it is known. */
export const decideFirstMessage = statement<{ id: string }>(
  'decide_first_message',
  `update outgoing_mail set state = $3, last_code = $4, settled_at = $5 where workspace_id = $1 and id = $2 and state = 'unknown' returning id`,
);
export const withdrawFirstMessage = statement(
  'withdraw_first_message',
  `update outgoing_mail set state = 'withdrawn', last_code = '', settled_at = $3, due_at = null where workspace_id = $1 and id = $2 and state = 'queued'`,
);

/** The mail on the timeline, with the words as they are kept now: an erasure meanwhile has taken them away. */
export const insertMailActivity = statement<{ dealId: string | null }>(
  'insert_mail_activity',
  `insert into activity (workspace_id, id, kind, account_id, person_id, lead_id, deal_id, member_id, direction, subject, body, outcome, due_at, occurred_at, recorded_at, self_reported, message_id)
   select m.workspace_id, $3, 'mail', $5, m.person_id, m.lead_id, m.deal_id, m.member_id, 'out', m.subject, m.body_text, '', null, $4::timestamptz, $7::timestamptz, $6::boolean, m.message_id
   from outgoing_mail m where m.workspace_id = $1 and m.id = $2 returning deal_id as "dealId"`,
);
