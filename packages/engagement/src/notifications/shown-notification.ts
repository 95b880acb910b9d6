import { Instant, Named } from '@penstock/kernel/contract';
import { z } from 'zod';

import { KINDS_TOLD } from '../model/notification-preferences.ts';
import type { NotificationKind } from '../model/notification-kinds.ts';
import { labelOf, wordsOf, type Told } from '../model/notification-words.ts';

export type NotificationRow = Omit<Told, 'facts'> & {
  id: string;
  facts: Record<string, string | number>;
  kind: NotificationKind;
  accountId: string | null;
  strength: number;
  createdAt: Date;
  readAt: Date | null;
  overAt: Date | null;
};

/** A notification `n` with what its subject says now; one whose subject was erased is not there any more. */
export const SHOWN = `n.id, n.kind, n.subject_id as "subjectId", n.facts, n.strength, n.created_at as "createdAt", n.read_at as "readAt", n.over_at as "overAt", n.over_at is not null as "isOver",
  a.id as "accountId", a.name as "accountName", s.kind as "signalKind", s.summary, d.signal_id as "departureSignalId",
  nullif(trim(p.given_name || ' ' || p.family_name), '') as "personName",
  case when al.id is not null then jsonb_build_object('kind', al.kind, 'about', al.about, 'figures', al.figures, 'name', coalesce(at.name, ac.name, ar.name, ak.label)) end as alert`;
/**
 * The account by a `case`: Postgres trusts no `coalesce` ahead of row-level security, and would read all accounts.
 * @param which what stands for the table: the notifications themselves, or some of them
 */
export const shownFrom = (which = 'notification'): string => `from ${which} n
   left join departure d on n.kind = 'departure' and d.workspace_id = n.workspace_id and d.id = n.subject_id
   left join person p on p.workspace_id = d.workspace_id and p.id = d.person_id
   left join queue_item q on n.kind = 'service_level' and q.workspace_id = n.workspace_id and q.id = n.subject_id
   left join alert al on n.kind = 'alert' and al.workspace_id = n.workspace_id and al.id = n.subject_id
   left join team at on at.workspace_id = al.workspace_id and at.id = (al.about ->> 'teamId')::uuid
   left join campaign ac on ac.workspace_id = al.workspace_id and ac.id = (al.about ->> 'campaignId')::uuid
   left join list_run ar on ar.workspace_id = al.workspace_id and ar.id = (al.about ->> 'runId')::uuid
   left join provider_credential ak on ak.workspace_id = al.workspace_id and ak.id = (al.about ->> 'credentialId')::uuid
   left join signal s on s.workspace_id = n.workspace_id and s.id = case n.kind when 'signal' then n.subject_id when 'departure' then d.signal_id end
   left join account a on a.workspace_id = n.workspace_id and a.id = case when s.id is not null then s.account_id when d.id is not null then d.account_id else q.account_id end`;

export const NotificationView = z.object({
  id: z.string(),
  kind: z.enum(KINDS_TOLD as [NotificationKind, ...NotificationKind[]]),
  /** Kind of the signal, or of the notification. */
  label: z.string(),
  /** What happened, in one line. */
  title: z.string(),
  detail: z.string(),
  account: Named.nullable(),
  strength: z.number(),
  /** Where it is worked, as a path of the console. */
  path: z.string(),
  createdAt: Instant,
  readAt: Instant.nullable(),
  /** When what was told ceased to be so. */
  overAt: Instant.nullable(),
});

export function viewOf(row: NotificationRow): z.input<typeof NotificationView> {
  const { id, kind, strength, createdAt, readAt, overAt } = row;
  const account = row.accountId === null ? null : { id: row.accountId, name: row.accountName ?? '' };
  return { id, kind, label: labelOf(row), ...wordsOf(row), account, strength, createdAt, readAt, overAt };
}
