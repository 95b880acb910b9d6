import { Cursor, pageOf } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { decodeCursor, encodeCursor } from '@penstock/kernel/page-cursor';
import { statement } from '@penstock/store/statement';
import { one } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { NotificationKind } from '../model/notification-kinds.ts';
import { KINDS_TOLD } from '../model/notification-preferences.ts';
import {
  NotificationView,
  SHOWN,
  shownFrom,
  viewOf,
  type NotificationRow,
} from '../notifications/shown-notification.ts';

const Kind = z.enum(KINDS_TOLD as [NotificationKind, ...NotificationKind[]]);
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const Position = z.object({ id: z.guid() });

/** $2 the member, $3 before which, $4 kinds, $5 whether unread ones only. Those of the page first: what they are about is read for them alone. */
const readOwn = statement<NotificationRow>(
  'read_notifications',
  `select ${SHOWN} ${shownFrom(`(
     select * from notification n where n.workspace_id = $1 and n.member_id = $2 and n.in_console and n.id < $3 and n.kind = any($4::text[])
       and (not $5 or n.read_at is null)
       and (n.kind <> 'departure' or exists (select 1 from departure d where d.workspace_id = $1 and d.id = n.subject_id))
     order by n.id desc limit $6)`)} where n.workspace_id = $1 order by n.id desc`,
);
const countUnread = statement<{ unread: number }>(
  'count_unread_notifications',
  `select count(*)::int as unread from (select 1 from notification where workspace_id = $1 and member_id = $2 and in_console and read_at is null limit $3) u`,
);
const markSome = statement<{ id: string }>(
  'mark_notifications',
  `update notification set read_at = case when $4 then coalesce(read_at, $5::timestamptz) end
   where workspace_id = $1 and member_id = $2 and id = any($3::uuid[]) returning id`,
);
const markUpTo = statement<{ id: string }>(
  'mark_all_notifications',
  `update notification set read_at = $5::timestamptz
   where workspace_id = $1 and member_id = $2 and in_console and read_at is null and id <= $3 and kind = any($4::text[]) returning id`,
);

/** More are not worth counting: the bell says "99+". */
const MOST_COUNTED = 100;

export const listNotifications = query({
  name: 'notifications.list',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'What the caller was told of, newest first. A program has none of its own.',
  input: z.object({
    kind: Kind.optional(),
    unread: z.stringbool().or(z.boolean()).default(false),
    cursor: Cursor.nullish(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  output: pageOf(NotificationView),
  async run({ tx, actor }, { kind, unread, cursor, limit }) {
    const { id: before } = cursor ? decodeCursor(Position, cursor) : { id: LAST_ID };
    const kinds = kind ? [kind] : [...KINDS_TOLD];
    const rows = await tx.rows(readOwn, actor.id, before, kinds, unread, limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(viewOf),
      nextCursor: rows.length > limit && last ? encodeCursor({ id: last.id }) : null,
    };
  },
});

export const countNotifications = query({
  name: 'notifications.count',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'How many notifications the caller has not read, up to 100.',
  input: z.object({}),
  output: z.object({ unread: z.int() }),
  run: ({ tx, actor }) => one(tx, countUnread, actor.id, MOST_COUNTED),
});

export const markNotifications = command({
  name: 'notifications.mark',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'Mark notifications of one’s own as read, or as unread again.',
  input: z.strictObject({ ids: z.array(z.uuid()).min(1).max(200), read: z.boolean() }),
  output: z.object({ marked: z.int() }),
  async run({ tx, actor, now }, { ids, read }) {
    const memberId = memberOf(actor);
    const marked = await tx.rows(markSome, memberId, ids, read, now);
    if (marked.length === 0)
      throw new DomainError('not_found', 'There is no such notification of yours. Load the list again.');
    return changed(memberId, { marked: marked.length });
  },
});

export const markAllNotifications = command({
  name: 'notifications.markAll',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'Mark everything as read that the caller has seen: up to a notification, of one kind or of all.',
  input: z.strictObject({ upTo: z.uuid(), kind: Kind.optional() }),
  output: z.object({ marked: z.int() }),
  async run({ tx, actor, now }, { upTo, kind }) {
    const memberId = memberOf(actor);
    const marked = await tx.rows(markUpTo, memberId, upTo, kind ? [kind] : [...KINDS_TOLD], now);
    return changed(memberId, { marked: marked.length });
  },
});

export function memberOf(actor: Actor): string {
  if (actor.kind === 'member') return actor.id;
  throw new DomainError('conflict', 'Only a person is told of things. Sign in as a member.');
}

const changed = <Output>(memberId: string, output: Output) => ({
  output,
  // What somebody has read is theirs alone.
  audit: null,
  events: [{ kind: 'notification.changed' as const, payload: { memberId } }],
});
