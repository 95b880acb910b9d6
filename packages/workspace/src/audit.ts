import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Parameter, Tx } from '@penstock/store/tx';

import type { Actor } from './model/actor.ts';

/** What was done to what. `detail` names fields and ids; values of persons don't belong here. */
export type AuditNote = {
  action: string;
  subjectKind: string;
  subjectId: string;
  detail?: Record<string, unknown>;
};

export const insertAudit = statement(
  'insert_audit',
  `insert into audit (workspace_id, id, actor_kind, actor_id, action, subject_kind, subject_id, detail, request_id, occurred_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)`,
);

/** Events $11 to $13, told at $14. */
const TOLD = `with told as (
     insert into outbox_event (workspace_id, id, kind, payload, recorded_at)
     select $1::uuid, e.id, e.kind, e.payload::jsonb, $14::timestamptz
     from unnest($11::uuid[], $12::text[], $13::text[]) as e (id, kind, payload))`;

/** The same with the events of the change, in one statement: parameters of the audit, then those of the events. */
export const insertAuditAndEvents = statement(
  'insert_audit_and_events',
  `${TOLD}
   insert into audit (workspace_id, id, actor_kind, actor_id, action, subject_kind, subject_id, detail, request_id, occurred_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)`,
);

/** Several changes of several people: columns of the audit as arrays ($2 to $9, $10 the moment), then those of all events. */
export const insertAuditsAndEvents = statement(
  'insert_audits_and_events',
  `${TOLD}
   insert into audit (workspace_id, id, actor_kind, actor_id, action, subject_kind, subject_id, detail, request_id, occurred_at)
   select $1::uuid, a.id, a.actor_kind, a.actor_id, a.action, a.subject_kind, a.subject_id, a.detail::jsonb, a.request_id, $10::timestamptz
   from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
     as a (id, actor_kind, actor_id, action, subject_kind, subject_id, detail, request_id)`,
);

type Who = { actor: Actor; requestId: string; now: Date };

/** What the statement writes of a change. */
export const auditValues = (who: Who, note: AuditNote): Parameter[] => [
  newId(who.now),
  who.actor.kind,
  who.actor.id,
  note.action,
  note.subjectKind,
  note.subjectId,
  JSON.stringify(note.detail ?? {}),
  who.requestId,
  who.now,
];

/** The same of several at one moment. */
export function auditColumns(
  now: Date,
  notes: readonly { who: Omit<Who, 'now'>; note: AuditNote }[],
): Parameter[] {
  const rows = notes.map(({ who, note }) => auditValues({ ...who, now }, note).slice(0, -1));
  const columns = rows[0]?.map((_, at) => rows.map((row) => row[at] ?? null)) ?? [];
  return [...columns, now];
}

/** Records a change in the transaction that makes it. */
export async function recordAudit(tx: Tx, who: Who, note: AuditNote): Promise<void> {
  await tx.rows(insertAudit, ...auditValues(who, note));
}
