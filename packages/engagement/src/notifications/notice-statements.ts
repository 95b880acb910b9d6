import { statement } from '@penstock/store/statement';

/** Held to the end of the transaction: one worker at a time tells the members of a workspace. */
export const takeCursor = statement<{ position: number; levelsAt: Date | null }>(
  'take_notification_cursor',
  `select position, levels_at as "levelsAt" from notification_cursor where workspace_id = $1 for update skip locked`,
);
export const moveCursor = statement(
  'move_notification_cursor',
  'update notification_cursor set position = greatest(position, $2::bigint) where workspace_id = $1',
);
export const levelsToldUntil = statement(
  'levels_told_until',
  'update notification_cursor set levels_at = $2::timestamptz where workspace_id = $1',
);
/** A workspace begins with what happens from then on. */
export const insertCursor = statement(
  'insert_notification_cursor',
  `insert into notification_cursor (workspace_id, position) values ($1, 0) on conflict (workspace_id) do nothing`,
);
export type EventToTell = { position: number; kind: string; payload: Record<string, unknown> };
export const eventsToTell = statement<EventToTell>(
  'events_to_tell',
  `select position, kind, payload from outbox_event
   where workspace_id = $1 and position > $2 and position <= $3 and kind = any($4::text[]) order by position limit $5`,
);

export type Recipient = { subjectId: string; memberId: string; strength: number };
/** Whoever owns an account `a`, sells to it or has taken up its item. */
const WORKS_ON = `cross join lateral (
     select a.owner_id as member_id where a.owner_id is not null
     union select d.owner_id from deal d where d.workspace_id = a.workspace_id and d.account_id = a.id and d.stage_type = 'open' and d.merged_into_id is null
     union select q.claimed_by from queue_item q where q.workspace_id = a.workspace_id and q.account_id = a.id and q.state = 'open' and q.claimed_by is not null
   ) w`;
/** Whoever has muted the account is told neither of its signals nor of who left it. */
const notMuted = (now: string): string =>
  `not exists (select 1 from notification_mute u where u.workspace_id = a.workspace_id and u.member_id = w.member_id and u.account_id = a.id
       and (u.until is null or u.until > ${now}::timestamptz))`;
/**
 * Signals that are news; $3 since when. What a departure says is told as a departure; a request from a form waits in the queue of
 * whoever it was routed to.
 */
export const membersForSignals = statement<Recipient>(
  'members_to_tell_of_signals',
  `select s.id as "subjectId", w.member_id as "memberId", s.strength from signal s
   join account a on a.workspace_id = s.workspace_id and a.id = s.account_id ${WORKS_ON}
   where s.workspace_id = $1 and s.id = any($2::uuid[]) and s.occurred_at > $3::timestamptz and not s.is_test and s.merged_into_id is null
     and s.kind <> 'inbound_request' and not (s.kind = 'champion_departure' and s.source = 'champions') and ${notMuted('$4')}`,
);
/** Departures that were told and taken back: told once more, as such. Those that are believed again, as at first. */
export const turnDepartures = statement<{ memberId: string }>(
  'turn_notifications_of_departures',
  `update notification n set over_at = case when d.state = 'confirmed' then null else $3::timestamptz end, read_at = null
   from departure d where n.workspace_id = $1 and n.kind = 'departure' and n.subject_id = any($2::uuid[]) and d.workspace_id = n.workspace_id and d.id = n.subject_id
     and (d.state = 'confirmed') = (n.over_at is not null) returning n.member_id as "memberId"`,
);
/** Departures that are certain. */
export const membersForDepartures = statement<Recipient>(
  'members_to_tell_of_departures',
  `select d.id as "subjectId", w.member_id as "memberId", 1::float8 as strength from departure d
   join account a on a.workspace_id = d.workspace_id and a.id = d.account_id ${WORKS_ON}
   where d.workspace_id = $1 and d.id = any($2::uuid[]) and d.state = 'confirmed' and ${notMuted('$3')}`,
);
/** Of somebody’s missed item: them, and who leads their team; of nobody’s: all managers. $2 owners, `''` for none. */
export const membersForOwners = statement<{ ownerId: string; memberId: string }>(
  'members_to_tell_of_owners',
  `select o.id as "ownerId", m.id as "memberId" from unnest($2::text[]) as o (id) join member m on m.workspace_id = $1
     and case when o.id = '' then m.role = 'manager'
       else m.id = o.id or m.id = (select t.manager_id from member h join team t on t.workspace_id = h.workspace_id and t.id = h.team_id where h.workspace_id = $1 and h.id = o.id) end`,
);

export type Reader = {
  memberId: string;
  role: 'rep' | 'manager' | 'revops' | 'admin';
  timeZone: string;
  preferences: unknown;
  slackIsThere: boolean;
  /** A channel of their own. */
  hookIsThere: boolean;
};
const READER = `m.id as "memberId", m.role, m.time_zone as "timeZone", p.body as preferences,
     exists (select 1 from slack_connection c where c.workspace_id = m.workspace_id) as "slackIsThere",
     exists (select 1 from slack_hook h where h.workspace_id = m.workspace_id and h.member_id = m.id) as "hookIsThere"
   from member m left join notification_preference p on p.workspace_id = m.workspace_id and p.member_id = m.id
   where m.workspace_id = $1 and m.active`;
/** Members who can be told; whoever was deactivated is not. */
export const readReaders = statement<Reader>(
  'read_notification_readers',
  `select ${READER} and m.id = any($2::text[])`,
);
export const readEveryReader = statement<Reader>('read_every_notification_reader', `select ${READER}`);

export const insertNotifications = statement<{ id: string; memberId: string; cause: string }>(
  'insert_notifications',
  `insert into notification (workspace_id, id, member_id, kind, cause, subject_id, facts, strength, in_console, created_at)
   select $1::uuid, n.id, n.member_id, n.kind, n.cause, n.subject_id, n.facts::jsonb, n.strength, n.in_console, $10::timestamptz
   from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::float8[], $9::boolean[])
     as n (id, member_id, kind, cause, subject_id, facts, strength, in_console)
   on conflict (workspace_id, member_id, cause) do nothing returning id, member_id as "memberId", cause`,
);
/** What was told is over; whoever has not been told outside needs not be any more. */
export const endNotifications = statement<{ memberId: string }>(
  'end_notifications',
  'update notification set over_at = $3::timestamptz where workspace_id = $1 and cause = any($2::text[]) and over_at is null returning member_id as "memberId"',
);
export const forgetNotifications = statement(
  'forget_notifications',
  `with gone as (delete from notification where workspace_id = $1 and id < $2 returning 1)
   delete from notification_message m where m.workspace_id = $1 and m.id < $2 and m.state <> 'waiting'
     and not exists (select 1 from notification n where n.workspace_id = $1 and (n.mail_id = m.id or n.slack_id = m.id) and n.id >= $2)`,
);
