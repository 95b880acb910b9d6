import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import type { Tx } from '@penstock/store/tx';
import { roleMay } from '@penstock/workspace/model/role';

import { causeOf } from '../model/notification-causes.ts';
import { NOTIFICATION_KINDS, type NotificationKind } from '../model/notification-kinds.ts';
import { waysOf, type Channel, type Preferences } from '../model/notification-preferences.ts';
import { nextDigest, nextLoud } from '../model/quiet-hours.ts';
import { putIntoMessages, waitingMessages } from './message-statements.ts';
import * as sql from './notice-statements.ts';
import { preferencesOf } from './preferences-contract.ts';

export type ToTell = {
  memberId: string;
  kind: NotificationKind;
  subjectId: string;
  facts: Record<string, string | number>;
  strength: number;
};
type Wanted = ToTell & { id: string; ways: Record<Channel, boolean>; reader: Reader };
type Reader = { timeZone: string; preferences: Preferences };

/**
 * Tells members of what happened, in the caller's transaction: each of a cause once, whichever way it comes, by the ways that they have
 * chosen; what goes outside waits for their digest and the end of their quiet hours. Whoever may not see it, or was deactivated, is not told.
 * @returns how many notifications there are now
 */
export async function tellMembers(tx: Tx, news: readonly ToTell[], now: Date): Promise<number> {
  if (news.length === 0) return 0;
  const wanted = await whatIsWanted(tx, news, now);
  if (wanted.length === 0) return 0;
  const inserted = await tx.rows(
    sql.insertNotifications,
    wanted.map(({ id }) => id),
    wanted.map(({ memberId }) => memberId),
    wanted.map(({ kind }) => kind),
    wanted.map(causeOf),
    wanted.map(({ subjectId }) => subjectId),
    wanted.map(({ facts }) => JSON.stringify(facts)),
    wanted.map(({ strength }) => strength),
    wanted.map(({ ways }) => ways.console),
    now,
  );
  const ids = new Set(inserted.map(({ id }) => id));
  const told = wanted.filter(({ id }) => ids.has(id));
  await putOutside(tx, told, now);
  await showOf(
    tx,
    told.filter(({ ways }) => ways.console).map(({ memberId }) => memberId),
    now,
  );
  return told.length;
}

async function whatIsWanted(tx: Tx, news: readonly ToTell[], now: Date): Promise<Wanted[]> {
  const rows = await tx.rows(sql.readReaders, [...new Set(news.map(({ memberId }) => memberId))]);
  const readers = new Map(
    rows.map((row) => [row.memberId, { ...row, preferences: preferencesOf(row.preferences) }]),
  );
  const seen = new Set<string>();
  return news.flatMap((one) => {
    const reader = readers.get(one.memberId);
    const key = `${one.memberId} ${causeOf(one)}`;
    if (!reader || seen.has(key) || !roleMay(reader.role, NOTIFICATION_KINDS[one.kind].needs)) return [];
    seen.add(key);
    const ways = waysOf(reader.preferences, one, reader);
    const { timeZone, preferences } = reader;
    return ways.console || ways.mail || ways.slack
      ? [{ ...one, id: newId(now), ways, reader: { timeZone, preferences } }]
      : [];
  });
}

/** Into the message that waits for the member, or a new one. */
async function putOutside(tx: Tx, told: readonly Wanted[], now: Date): Promise<void> {
  const outside = (['mail', 'slack'] as const).flatMap((channel) => {
    const readers = new Map(told.flatMap((one) => (one.ways[channel] ? [[one.memberId, one.reader]] : [])));
    return [...readers].map(([memberId, reader]) => ({
      memberId,
      channel,
      dueAt: dueAt(channel, reader, now),
    }));
  });
  if (outside.length === 0) return;
  const messages = await tx.rows(
    waitingMessages,
    outside.map(() => newId(now)),
    outside.map(({ memberId }) => memberId),
    outside.map(({ channel }) => channel),
    outside.map(({ dueAt: at }) => at),
    0,
    '',
    now,
  );
  const idOf = (channel: 'mail' | 'slack', { memberId, ways }: Wanted): string | null =>
    ways[channel]
      ? (messages.find((one) => one.memberId === memberId && one.channel === channel)?.id ?? null)
      : null;
  await tx.rows(
    putIntoMessages,
    told.map(({ id }) => id),
    told.map((one) => idOf('mail', one)),
    told.map((one) => idOf('slack', one)),
  );
}

/** When a message of a way leaves: a digest at its hour, Slack at once, neither in quiet hours. */
export function dueAt(channel: 'mail' | 'slack', { timeZone, preferences }: Reader, now: Date): Date {
  const { mail, mailHour, quiet } = preferences;
  if (channel === 'slack') return nextLoud(quiet, timeZone, now);
  const every = mail === 'daily' ? 'daily' : 'hourly';
  return nextDigest({ every, hour: mailHour, quiet, zone: timeZone }, now);
}

/** Open consoles of these members look again. */
export async function showOf(tx: Tx, memberIds: readonly string[], now: Date): Promise<void> {
  const members = [...new Set(memberIds)];
  await emitEvents(
    tx,
    now,
    members.map((memberId) => ({ kind: 'notification.changed' as const, payload: { memberId } })),
  );
}
