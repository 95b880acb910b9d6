import { statement } from '@penstock/store/statement';

export const insertActivity = statement(
  'insert_activity',
  `insert into activity (workspace_id, id, kind, account_id, person_id, lead_id, deal_id, member_id, direction, subject, body, outcome, due_at, occurred_at, recorded_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
);

/** The person of a call (by themselves, or of the lead), if they asked not to be called. */
export const whoMayNotBeCalled = statement<{ id: string; name: string }>(
  'who_may_not_be_called',
  `select p.id, coalesce(nullif(trim(p.given_name || ' ' || p.family_name), ''), 'This person') as name from person p
   where p.workspace_id = $1 and p.do_not_call
     and p.id = coalesce($2::uuid, (select l.person_id from lead l where l.workspace_id = $1 and l.id = $3::uuid))`,
);

export type ActivityRow = {
  id: string;
  kind: string;
  accountId: string;
  leadId: string | null;
  dealId: string | null;
  memberId: string | null;
  recordedAt: Date;
  doneAt: Date | null;
};
export const lockActivity = statement<ActivityRow>(
  'lock_activity',
  `select id, kind, account_id as "accountId", lead_id as "leadId", deal_id as "dealId", member_id as "memberId", recorded_at as "recordedAt", done_at as "doneAt"
   from activity where workspace_id = $1 and id = $2 for update`,
);
export const setActivityDone = statement(
  'set_activity_done',
  'update activity set done_at = $3::timestamptz where workspace_id = $1 and id = $2',
);
export const setActivityDue = statement(
  'set_activity_due',
  'update activity set due_at = $3::timestamptz where workspace_id = $1 and id = $2',
);
export const deleteActivity = statement(
  'delete_activity',
  'delete from activity where workspace_id = $1 and id = $2',
);
