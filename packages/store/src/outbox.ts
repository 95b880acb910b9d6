import { newId } from '@penstock/kernel/ids';

import { statement } from './statement.ts';
import type { Tx } from './tx.ts';

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
    | 'departure.changed'
    | 'settings.changed';
  payload: Record<string, string | number | boolean | null | string[]>;
};

const insertEvents = statement(
  'insert_events',
  `insert into outbox_event (workspace_id, id, kind, payload, recorded_at)
   select $1::uuid, e.id, e.kind, e.payload::jsonb, $5::timestamptz
   from unnest($2::uuid[], $3::text[], $4::text[]) as e (id, kind, payload)`,
);

/** Writes events in the caller's transaction; the relay delivers them after its commit. */
export async function emitEvents(tx: Tx, now: Date, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.rows(
    insertEvents,
    events.map(() => newId(now)),
    events.map((event) => event.kind),
    events.map((event) => JSON.stringify(event.payload)),
    now,
  );
}
