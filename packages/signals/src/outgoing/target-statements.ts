import { statement } from '@penstock/store/statement';

export type TakenTarget = {
  id: string;
  url: string;
  events: string[];
  secretSealed: string;
  position: number;
  failures: number;
};
/** One sender has it at a time: the due time is the lease. */
export const takeTarget = statement<TakenTarget>(
  'take_webhook_target',
  `update webhook_target set due_at = $4::timestamptz where workspace_id = $1 and id = $2 and state = 'active' and due_at <= $3::timestamptz
   returning id, url, events, secret_sealed as "secretSealed", position, failures`,
);
export type EventToSend = {
  position: number;
  kind: string;
  payload: Record<string, unknown>;
  recordedAt: Date;
};
export const eventsToSend = statement<EventToSend>(
  'events_to_send',
  `select position, kind, payload, recorded_at as "recordedAt" from outbox_event
   where workspace_id = $1 and position > $2 and position <= $3 and kind = any($4::text[]) order by position limit $5`,
);
export const targetDelivered = statement(
  'webhook_target_delivered',
  `update webhook_target set position = $3, due_at = $4::timestamptz, failures = 0, last_fault = '', delivered = delivered + $5,
     last_delivered_at = case when $5 > 0 then $4::timestamptz else last_delivered_at end where workspace_id = $1 and id = $2`,
);
export const targetFailed = statement(
  'webhook_target_failed',
  `update webhook_target set position = $3, due_at = $4::timestamptz, failures = failures + 1, last_fault = $5, delivered = delivered + $6,
     state = case when $7 then 'given_up' else state end where workspace_id = $1 and id = $2`,
);
export type TargetRow = {
  id: string;
  name: string;
  url: string;
  events: string[];
  state: 'active' | 'paused' | 'given_up';
  failures: number;
  lastFault: string;
  lastDeliveredAt: Date | null;
  delivered: number;
  createdAt: Date;
};
export const readTargets = statement<TargetRow>(
  'read_webhook_targets',
  `select id, name, url, events, state, failures, last_fault as "lastFault", last_delivered_at as "lastDeliveredAt", delivered, created_at as "createdAt"
   from webhook_target where workspace_id = $1 order by created_at`,
);
/** It begins with what happens from now on. */
export const insertTarget = statement<{ id: string }>(
  'insert_webhook_target',
  `insert into webhook_target (workspace_id, id, name, url, events, secret_sealed, state, position, due_at, created_at)
   select $1, $2, $3, $4, $5::text[], $6, 'active', coalesce(max(position), 0), $7::timestamptz, $7::timestamptz from outbox_event where workspace_id = $1 and position is not null
   on conflict (workspace_id, name) do nothing returning id`,
);
export const setTargetState = statement<{ id: string }>(
  'set_webhook_target_state',
  `update webhook_target set state = $3, failures = 0, due_at = $4::timestamptz where workspace_id = $1 and id = $2 returning id`,
);
export const deleteTarget = statement<{ id: string }>(
  'delete_webhook_target',
  'delete from webhook_target where workspace_id = $1 and id = $2 returning id',
);
