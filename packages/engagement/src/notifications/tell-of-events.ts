import type { Clock } from '@penstock/kernel/clock';
import { lowestIdAt } from '@penstock/kernel/ids';
import { itemsMissedBetween } from '@penstock/scoring/missed-levels';
import type { Store } from '@penstock/store/store';
import { maybeOne, type Tx } from '@penstock/store/tx';

import { causeOf, EVENTS_OF_NOTIFICATIONS, happenedIn, type Happened } from '../model/notification-causes.ts';
import * as sql from './notice-statements.ts';
import { showOf, tellMembers, type ToTell } from './tell-members.ts';

type Deps = { store: Store; clock: Clock };

const BATCH = 500;
const DAY_MS = 86_400_000;
/** What happened longer ago is no news, whenever it was recorded. */
const NEWS_MS = 30 * DAY_MS;
/** Service levels are looked at so often. */
export const LEVELS_EVERY_MS = 60_000;
const KEPT_MS = 90 * DAY_MS;
const MOST_WORKSPACES = 100;

/** Tells members everywhere of what has been committed and of service levels that were missed; several workers may. */
export async function tellEverywhere({ store, clock }: Deps): Promise<void> {
  const upTo = await store.dueWork.lastPosition();
  const before = new Date(clock.now().getTime() - LEVELS_EVERY_MS);
  for (const { workspaceId } of await store.dueWork.dueNotices(upTo, before, MOST_WORKSPACES))
    await tellOfEvents({ store, clock }, workspaceId, upTo);
}

/**
 * One round for a workspace: events after those that were told, in the transaction that says they were, so that each is told once
 * whatever dies; then the service levels that were missed since the last look.
 * @returns how many notifications it made; null if another worker is at it
 */
export function tellOfEvents(
  { store, clock }: Deps,
  workspaceId: string,
  upTo: number,
): Promise<number | null> {
  return store.inWorkspace(workspaceId, async (tx) => {
    const now = clock.now();
    const cursor = await maybeOne(tx, sql.takeCursor);
    if (!cursor) return null;
    const events = await tx.rows(
      sql.eventsToTell,
      cursor.position,
      upTo,
      [...EVENTS_OF_NOTIFICATIONS],
      BATCH,
    );
    await tx.rows(sql.moveCursor, events.length === BATCH ? (events.at(-1)?.position ?? upTo) : upTo);
    const happened = events.flatMap((event) => happenedIn(event) ?? []);
    await end(
      tx,
      happened.filter(({ ends }) => ends),
      now,
    );
    const news = [
      ...(await newsOf(
        tx,
        happened.filter(({ ends }) => !ends),
        now,
      )),
      ...(await missed(tx, cursor.levelsAt, now)),
    ];
    return tellMembers(tx, news, now);
  });
}

async function end(tx: Tx, over: readonly Happened[], now: Date): Promise<void> {
  if (over.length === 0) return;
  const ended = await tx.rows(sql.endNotifications, over.map(causeOf), now);
  await showOf(
    tx,
    ended.map(({ memberId }) => memberId),
    now,
  );
}

/** Who is told of what; what ended within the same batch is not told at all. */
async function newsOf(tx: Tx, happened: readonly Happened[], now: Date): Promise<ToTell[]> {
  const idsOf = (kind: Happened['kind']) =>
    happened.filter((one) => one.kind === kind).map(({ subjectId }) => subjectId);
  const told = (kind: Happened['kind'], rows: readonly sql.Recipient[]): ToTell[] =>
    rows.map((row) => ({ ...row, kind, facts: {} }));
  const since = new Date(now.getTime() - NEWS_MS);
  const signals = idsOf('signal');
  const departures = idsOf('departure');
  if (departures.length > 0) {
    const turned = await tx.rows(sql.turnDepartures, departures, now);
    await showOf(
      tx,
      turned.map(({ memberId }) => memberId),
      now,
    );
  }
  const alerts = happened.filter(({ kind }) => kind === 'alert');
  const readers = alerts.length === 0 ? [] : await tx.rows(sql.readEveryReader);
  return [
    ...(signals.length === 0
      ? []
      : told('signal', await tx.rows(sql.membersForSignals, signals, since, now))),
    ...(departures.length === 0
      ? []
      : told('departure', await tx.rows(sql.membersForDepartures, departures, now))),
    ...alerts.flatMap(({ subjectId }) =>
      readers.map(({ memberId }) => ({
        memberId,
        kind: 'alert' as const,
        subjectId,
        facts: {},
        strength: 1,
      })),
    ),
  ];
}

async function missed(tx: Tx, since: Date | null, now: Date): Promise<ToTell[]> {
  if (since !== null && now.getTime() - since.getTime() < LEVELS_EVERY_MS) return [];
  await tx.rows(sql.levelsToldUntil, now);
  await tx.rows(sql.forgetNotifications, lowestIdAt(new Date(now.getTime() - KEPT_MS)));
  if (since === null) return [];
  const items = await itemsMissedBetween(tx, since, now);
  if (items.length === 0) return [];
  const owners = [...new Set(items.map(({ ownerId }) => ownerId ?? ''))];
  const members = await tx.rows(sql.membersForOwners, owners);
  return items.flatMap(({ itemId, ownerId, queue, levelMinutes }) =>
    members
      .filter((member) => member.ownerId === (ownerId ?? ''))
      .map(({ memberId }) => ({
        memberId,
        kind: 'service_level' as const,
        subjectId: itemId,
        facts: { queue, minutes: levelMinutes },
        strength: 1,
      })),
  );
}
