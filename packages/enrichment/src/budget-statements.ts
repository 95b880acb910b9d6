import { statement } from '@penstock/store/statement';

import type { SharedScope } from './model/budgets.ts';

type Amounts = { limitMicros: number | null; reservedMicros: number; chargedMicros: number };

const AMOUNTS = `case when b.limit_micros < 9007199254740991 then b.limit_micros end as "limitMicros",
     coalesce(b.reserved_micros, 0) as "reservedMicros", coalesce(b.charged_micros, 0) as "chargedMicros"`;

/** Of the month $2; one that has not begun yet has the limit of the newest before it, and nothing spent. */
export const readTeamBudgets = statement<Amounts & { id: string; name: string }>(
  'read_team_budgets',
  `select t.id, t.name, case when b.limit_micros < 9007199254740991 then b.limit_micros end as "limitMicros",
     case when b.period = t.id || '/' || $2::text then b.reserved_micros else 0 end as "reservedMicros",
     case when b.period = t.id || '/' || $2::text then b.charged_micros else 0 end as "chargedMicros"
   from team t left join lateral (
     select period, limit_micros, reserved_micros, charged_micros from budget
     where workspace_id = $1 and scope = 'team' and period >= t.id || '/' and period <= t.id || '/' || $2::text order by period desc limit 1) b on true
   where t.workspace_id = $1 order by t.name`,
);

export const readCampaignBudgets = statement<
  Amounts & { id: string; name: string; list: string | null; runs: number; closed: boolean }
>(
  'read_campaign_budgets',
  `select c.id, c.name, c.closed_at is not null as closed, i.name as list, ${AMOUNTS}, (select count(*)::int from list_run r where r.workspace_id = $1 and r.campaign_id = c.id) as runs
   from campaign c left join people_import i on i.workspace_id = $1 and i.id = c.import_id
   left join budget b on b.workspace_id = $1 and b.scope = 'campaign' and b.period = c.id::text
   where c.workspace_id = $1 order by c.closed_at is not null, c.id desc limit 200`,
);

/** The newest runs; those of campaigns among them. */
export const readBudgetsOfRuns = statement<
  Amounts & { id: string; name: string; state: string; team: string | null; campaignId: string | null }
>(
  'read_budgets_of_runs',
  `select r.id, r.name, r.state, t.name as team, r.campaign_id as "campaignId", ${AMOUNTS}
   from (select id, name, state, team_id, campaign_id from list_run where workspace_id = $1 order by id desc limit 100) r
   left join team t on t.workspace_id = $1 and t.id = r.team_id
   left join budget b on b.workspace_id = $1 and b.scope = 'run' and b.period = r.id::text order by r.id desc`,
);

/** The team, campaign or run of this id, by its name. */
export const readBudgetSubject: Record<Exclude<SharedScope, 'month'>, ReturnType<typeof named>> = {
  team: named('read_team_of_budget', 'team'),
  campaign: named('read_campaign_of_budget', 'campaign'),
  run: named('read_run_of_budget', 'list_run'),
};
function named(name: string, table: string) {
  return statement<{ name: string }>(name, `select name from ${table} where workspace_id = $1 and id = $2`);
}

/** Limit in force: of this very period, else of the newest before it where months go on. */
export const readLimit = statement<{ limitMicros: number }>(
  'read_limit_of_budget',
  `select limit_micros as "limitMicros" from budget
   where workspace_id = $1 and scope = $2 and period <= $3 and left(period, $4) = left($3, $4) order by period desc limit 1`,
);
export const setLimit = statement<{ id: string }>(
  'set_limit_of_budget',
  `insert into budget (workspace_id, id, scope, period, limit_micros) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, scope, period) do update set limit_micros = excluded.limit_micros returning id`,
);

/** What is left of budgets: a month that has not begun yet has all of the newest limit before it. Those without a limit are left out. */
export const readRooms = statement<{ scope: SharedScope; leftMicros: number }>(
  'read_rooms_of_budgets',
  `select w.scope, b.limit_micros - case when b.period = w.period then b.reserved_micros + b.charged_micros else 0 end as "leftMicros"
   from unnest($2::text[], $3::text[]) as w (scope, period) cross join lateral (
     select period, limit_micros, reserved_micros, charged_micros from budget
     where workspace_id = $1 and scope = w.scope and period <= w.period and (period = w.period or (w.scope in ('month', 'team') and left(period, -7) = left(w.period, -7)))
     order by period desc limit 1) b
   where b.limit_micros < 9007199254740991`,
);

/** Who changed a budget, newest first. */
export const readBudgetChanges = statement<{
  by: string;
  at: Date;
  fromMicros: number | null;
  toMicros: number | null;
  reason: string;
}>(
  'read_budget_changes',
  `select coalesce(m.name, a.actor_id) as by, a.occurred_at as at, (a.detail ->> 'fromMicros')::bigint as "fromMicros", (a.detail ->> 'toMicros')::bigint as "toMicros",
     coalesce(a.detail ->> 'reason', '') as reason
   from audit a left join member m on m.workspace_id = a.workspace_id and m.id = a.actor_id
   where a.workspace_id = $1 and a.subject_id = $2 and a.action = 'budget.set' order by a.id desc limit 100`,
);

export const insertCampaign = statement<{ id: string }>(
  'insert_campaign',
  `insert into campaign (workspace_id, id, name, import_id, created_by, created_at) values ($1, $2, $3, $4, $5, $6)
   on conflict do nothing returning id`,
);
export const readCampaignOfImport = statement<{ id: string }>(
  'read_campaign_of_import',
  'select id from campaign where workspace_id = $1 and import_id = $2 and closed_at is null',
);
export const findImport = statement<{ id: string }>(
  'find_people_import',
  'select id from people_import where workspace_id = $1 and id = $2',
);

export const lockCampaign = statement<{ name: string; closed: boolean }>(
  'lock_campaign',
  'select name, closed_at is not null as closed from campaign where workspace_id = $1 and id = $2 for update',
);
export const campaignOfName = statement<{ id: string }>(
  'campaign_of_name',
  'select id from campaign where workspace_id = $1 and name = $2',
);
export const changeCampaign = statement(
  'change_campaign',
  'update campaign set name = $3, closed_at = $4 where workspace_id = $1 and id = $2',
);
/** Lists of accounts whose money it holds. */
export const listsOfCampaign = statement<{ name: string }>(
  'account_lists_of_campaign',
  `select name from account_list where workspace_id = $1 and campaign_id = $2 and state = 'active' and (follow_up -> 'enrich' = 'true'::jsonb or follow_up -> 'people' ->> 'provider' is not null)`,
);
