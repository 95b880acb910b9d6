import { statement } from '@penstock/store/statement';

import type { NotificationRow } from './shown-notification.ts';
import { SHOWN, shownFrom } from './shown-notification.ts';

export type MessageState = 'waiting' | 'sending' | 'sent' | 'failed' | 'unknown' | 'dropped';

/** The message that waits for each member and way, made where there is none. It leaves at the earlier of both times. */
export const waitingMessages = statement<{ id: string; memberId: string; channel: 'mail' | 'slack' }>(
  'waiting_notification_messages',
  `insert into notification_message (workspace_id, id, member_id, channel, state, due_at, attempts, last_code, created_at)
   select $1::uuid, m.id, m.member_id, m.channel, 'waiting', m.due_at, $6, $7, $8::timestamptz
   from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as m (id, member_id, channel, due_at)
   on conflict (workspace_id, member_id, channel) where state = 'waiting'
   do update set due_at = least(notification_message.due_at, excluded.due_at), created_at = least(notification_message.created_at, excluded.created_at)
   returning id, member_id as "memberId", channel`,
);
export const putIntoMessages = statement(
  'put_notifications_into_messages',
  `update notification n set mail_id = coalesce(m.mail_id, n.mail_id), slack_id = coalesce(m.slack_id, n.slack_id)
   from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as m (id, mail_id, slack_id) where n.workspace_id = $1 and n.id = m.id`,
);

export type MessageRow = {
  id: string;
  memberId: string;
  channel: 'mail' | 'slack';
  attempts: number;
  createdAt: Date;
  memberName: string;
  email: string;
  active: boolean;
  timeZone: string;
  preferences: unknown;
  slackSecret: string | null;
  /** Of a channel of the member's own, which goes before. */
  hookSecret: string | null;
  /** The same member has one for Slack that is due, too. */
  slackIsDue: boolean;
};
/** One that is due, with whom it is for; a member's messages are handed over one at a time, so that none tells what the other does. */
export const lockMessage = statement<MessageRow>(
  'lock_notification_message',
  `select n.id, n.member_id as "memberId", n.channel, n.attempts, n.created_at as "createdAt", m.name as "memberName", m.email, m.active, m.time_zone as "timeZone",
     (select p.body from notification_preference p where p.workspace_id = n.workspace_id and p.member_id = n.member_id) as preferences,
     (select c.secret_sealed from slack_connection c where c.workspace_id = n.workspace_id) as "slackSecret",
     (select h.secret_sealed from slack_hook h where h.workspace_id = n.workspace_id and h.member_id = n.member_id) as "hookSecret",
     exists (select 1 from notification_message o where o.workspace_id = n.workspace_id and o.member_id = n.member_id and o.channel = 'slack' and o.id <> n.id
       and o.state = 'waiting' and o.due_at <= $3::timestamptz) as "slackIsDue"
   from notification_message n join member m on m.workspace_id = n.workspace_id and m.id = n.member_id
   where n.workspace_id = $1 and n.id = $2 and n.state = 'waiting' and n.due_at <= $3::timestamptz for no key update of n, m skip locked`,
);
/** What a message is to say: nothing that was read, is over, or went out by the other way. */
export const partsOfMessage = statement<NotificationRow>(
  'read_parts_of_message',
  `select ${SHOWN} ${shownFrom()} where n.workspace_id = $1 and n.read_at is null and n.over_at is null
     and (n.slack_id = $2 or n.mail_id = $2) and not exists (select 1 from notification_message o
       where o.workspace_id = n.workspace_id and o.id in (n.mail_id, n.slack_id) and o.id <> $2 and o.state in ('sending', 'sent', 'unknown'))
     and not (n.kind in ('signal', 'departure') and exists (select 1 from notification_mute u where u.workspace_id = n.workspace_id and u.member_id = n.member_id
       and u.account_id = a.id and (u.until is null or u.until > $3::timestamptz)))
   order by n.id desc limit 200`,
);
export const takeMessage = statement(
  'take_notification_message',
  `update notification_message set state = 'sending', sending_at = $3::timestamptz, attempts = attempts + 1, due_at = null where workspace_id = $1 and id = $2`,
);
export const postponeMessage = statement(
  'postpone_notification_message',
  'update notification_message set due_at = $3::timestamptz where workspace_id = $1 and id = $2',
);
export const settleMessage = statement<{ memberId: string }>(
  'settle_notification_message',
  `update notification_message set state = $3, last_code = $4, settled_at = $5::timestamptz, due_at = null
   where workspace_id = $1 and id = $2 and (state in ('waiting', 'sending') or (state = 'unknown' and $3 in ('sent', 'failed'))) returning member_id as "memberId"`,
);
/** What certainly did not arrive waits in another message. */
export const moveParts = statement(
  'move_parts_of_message',
  `update notification set mail_id = case when mail_id = $2 then $3::uuid else mail_id end, slack_id = case when slack_id = $2 then $3::uuid else slack_id end
   where workspace_id = $1 and (mail_id = $2 or slack_id = $2)`,
);
export const strandMessage = statement<{ memberId: string }>(
  'strand_notification_message',
  `update notification_message set state = 'unknown', last_code = 'interrupted', settled_at = $3::timestamptz
   where workspace_id = $1 and id = $2 and state = 'sending' and sending_at < $4::timestamptz returning member_id as "memberId"`,
);
/** Slack asked for a pause: it holds for all that the workspace has to say there. */
export const pauseSlack = statement(
  'pause_slack_messages',
  `update notification_message set due_at = greatest(due_at, $2::timestamptz) where workspace_id = $1 and channel = 'slack' and state = 'waiting'`,
);
export const noteHookFault = statement(
  'note_slack_hook_fault',
  'update slack_hook set fault = $3 where workspace_id = $1 and member_id = $2 and fault <> $3',
);
export const noteSlackFault = statement(
  'note_slack_fault',
  'update slack_connection set fault = $2 where workspace_id = $1 and fault <> $2',
);
