import { statement } from '@penstock/store/statement';

import type { About, AlertKind, Figures, OpenAlert } from '../model/alerts.ts';

export const readOpenAlerts = statement<OpenAlert>(
  'read_open_alerts_of_kinds',
  `select id, kind, subject, figures from alert where workspace_id = $1 and closed_at is null and kind = any($2::text[])`,
);

/** Several workers may look at once: one of them opens it. */
export const openAlerts = statement<{ id: string; kind: AlertKind; about: About; figures: Figures }>(
  'open_alerts',
  `insert into alert (workspace_id, id, kind, subject, about, figures, opened_at, changed_at)
   select $1::uuid, a.id, a.kind, a.subject, a.about::jsonb, a.figures::jsonb, $7::timestamptz, $7::timestamptz
   from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) as a (id, kind, subject, about, figures) order by a.kind, a.subject
   on conflict (workspace_id, kind, subject) where closed_at is null do nothing returning id, kind, about, figures`,
);
export const closeAlerts = statement<{ id: string; kind: AlertKind; about: About; figures: Figures }>(
  'close_alerts',
  `update alert set closed_at = $3, changed_at = $3 where workspace_id = $1 and id = any($2::uuid[]) and closed_at is null returning id, kind, about, figures`,
);
export const changeAlerts = statement(
  'change_alerts',
  `update alert a set figures = c.figures::jsonb, changed_at = $4 from unnest($2::uuid[], $3::text[]) as c (id, figures)
   where a.workspace_id = $1 and a.id = c.id and a.closed_at is null`,
);

export type AlertRow = {
  id: string;
  kind: AlertKind;
  about: About;
  figures: Figures;
  /** Of the team, campaign, run or key that it is about. */
  name: string | null;
  openedAt: Date;
  closedAt: Date | null;
  acknowledgedBy: string | null;
  acknowledgedAt: Date | null;
};
const NAMED = `select a.id, a.kind, a.about, a.figures, coalesce(t.name, c.name, r.name, k.label) as name, a.opened_at as "openedAt", a.closed_at as "closedAt",
     coalesce(m.name, a.acknowledged_by) as "acknowledgedBy", a.acknowledged_at as "acknowledgedAt"
   from alert a left join member m on m.workspace_id = $1 and m.id = a.acknowledged_by
   left join team t on t.workspace_id = $1 and t.id = (a.about ->> 'teamId')::uuid
   left join campaign c on c.workspace_id = $1 and c.id = (a.about ->> 'campaignId')::uuid
   left join list_run r on r.workspace_id = $1 and r.id = (a.about ->> 'runId')::uuid
   left join provider_credential k on k.workspace_id = $1 and k.id = (a.about ->> 'credentialId')::uuid
   where a.workspace_id = $1`;

export const listOpenAlerts = statement<AlertRow>(
  'list_open_alerts',
  `${NAMED} and a.closed_at is null order by a.acknowledged_at is not null, a.id desc limit 500`,
);
export const listClosedAlerts = statement<AlertRow>(
  'list_closed_alerts',
  `${NAMED} and a.closed_at is not null and ($2::uuid is null or a.id < $2) order by a.id desc limit $3`,
);

export const acknowledgeAlert = statement<{ id: string }>(
  'acknowledge_alert',
  `update alert set acknowledged_by = $3, acknowledged_at = $4 where workspace_id = $1 and id = $2 and closed_at is null and acknowledged_at is null returning id`,
);
export const findAlert = statement<{ closedAt: Date | null }>(
  'find_alert',
  'select closed_at as "closedAt" from alert where workspace_id = $1 and id = $2',
);
