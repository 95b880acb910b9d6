import { invariant } from '@penstock/kernel/invariant';
import type pg from 'pg';

import type { DueWork, Rows } from './due-work.ts';

const CHANNEL = 'penstock_events';

/** Numbering of events, and reading them in that order. */
export function events(
  rows: Rows,
): Pick<DueWork, 'numberEvents' | 'eventsAfter' | 'lastPosition' | 'notifyEvents' | 'dueTargets'> {
  return {
    // Whether it has a position is asked again in the update: the view of a relay that just got the lock can be older than the last relay's
    // commit. Not in the words of the partial index, which would be walked whole for each event.
    numberEvents: async (limit) =>
      (
        await rows<{ numbered: number; lastPosition: number }>(
          'number_events',
          `with leader as materialized (select pg_try_advisory_xact_lock(7316002) as won),
           waiting as materialized (
             select workspace_id, id, nextval('outbox_position') as position from (
               select workspace_id, id from outbox_event where position is null and (select won from leader) order by id limit $1) o),
           numbered as (
             update outbox_event e set position = w.position from waiting w
             where e.workspace_id = w.workspace_id and e.id = w.id and coalesce(e.position, 0) = 0 returning e.position)
           select count(*)::int as numbered, coalesce(max(position), 0) as "lastPosition" from numbered`,
          [limit],
        )
      )[0] ?? { numbered: 0, lastPosition: 0 },
    eventsAfter: (position, limit) =>
      rows(
        'events_after',
        'select position, workspace_id as "workspaceId", kind, payload from outbox_event where position > $1 order by position limit $2',
        [position, limit],
      ),
    dueTargets: (at, position, limit) =>
      rows(
        'targets',
        `select workspace_id as "workspaceId", id as "targetId" from webhook_target where state = 'active' and due_at <= $1 and position < $2 order by due_at limit $3`,
        [at, position, limit],
      ),
    lastPosition: async () =>
      (
        await rows<{ at: number }>(
          'last_position',
          'select coalesce(max(position), 0) as at from outbox_event where position is not null',
          [],
        )
      )[0]?.at ?? 0,
    notifyEvents: async () => {
      await rows('notify', `select pg_notify('${CHANNEL}', '')`, []);
    },
  };
}

/**
 * Told whenever there are events, until it is ended or the connection is lost (then `onLost`, once).
 * Rejects where the connection can't be had or doesn't listen; nothing is held then, and `onLost` is not called.
 */
export async function listenOn(
  pool: pg.Pool,
  onEvents: () => void,
  onLost: () => void,
): Promise<() => Promise<void>> {
  const client = await pool.connect();
  let held = true;
  let listening = false;
  const letGo = (fault: Error | true): void => {
    if (!held) return;
    held = false;
    client.release(fault);
    if (listening) onLost();
  };
  client.on('error', letGo);
  client.on('end', () => letGo(true));
  client.on('notification', onEvents);
  try {
    await client.query(`listen ${CHANNEL}`);
    invariant(held, 'a connection that answered is there');
  } catch (error) {
    letGo(true);
    throw error;
  }
  listening = true;
  return async () => {
    listening = false;
    letGo(true);
    await Promise.resolve();
  };
}
