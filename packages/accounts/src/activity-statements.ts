import { statement } from '@penstock/store/statement';

export const insertActivity = statement(
  'insert_activity',
  `insert into activity (workspace_id, id, kind, account_id, person_id, lead_id, deal_id, member_id, direction, subject, body, outcome, due_at, occurred_at, recorded_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
);
