import { newId } from '@penstock/kernel/ids';

import { statement } from './statement.ts';
import type { Parameter, Tx } from './tx.ts';

/** Everything that happens and that others (or an open console) react to. Payloads hold ids and field names only. */
export type DomainEvent = {
  kind:
    | 'lead.received'
    | 'lead.changed'
    | 'account.changed'
    | 'person.changed'
    | 'signal.recorded'
    | 'score.changed'
    | 'queue.item.entered'
    | 'queue.item.changed'
    | 'deal.changed'
    | 'mail.changed'
    | 'source.changed'
    | 'list_run.changed'
    | 'list.changed'
    | 'people_search.changed'
    | 'import.changed'
    | 'departure.changed'
    | 'alert.opened'
    | 'alert.closed'
    | 'alert.acknowledged'
    | 'notification.changed'
    | 'settings.changed';
  payload: Record<string, string | number | boolean | null | string[]>;
};

export const insertEvents = statement(
  'insert_events',
  `insert into outbox_event (workspace_id, id, kind, payload, recorded_at)
   select $1::uuid, e.id, e.kind, e.payload::jsonb, $5::timestamptz
   from unnest($2::uuid[], $3::text[], $4::text[]) as e (id, kind, payload)`,
);

/** What the statement writes of events. */
export const eventValues = (now: Date, events: readonly DomainEvent[]): Parameter[] => [
  events.map(() => newId(now)),
  events.map((event) => event.kind),
  events.map((event) => JSON.stringify(event.payload)),
  now,
];

/** Writes events in the caller's transaction; the relay delivers them after its commit. */
export async function emitEvents(tx: Tx, now: Date, events: readonly DomainEvent[]): Promise<void> {
  if (events.length > 0) await tx.rows(insertEvents, ...eventValues(now, events));
}
