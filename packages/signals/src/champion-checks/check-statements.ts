import { statement } from '@penstock/store/statement';

import type { ChampionTier } from '../model/departure.ts';

export const readTiers = statement<{ tier: ChampionTier; everyDays: number; budgetMicros: number }>(
  'read_champion_tiers',
  `select tier, every_days as "everyDays", budget_micros as "budgetMicros" from champion_tier where workspace_id = $1`,
);
export const saveTier = statement(
  'save_champion_tier',
  `insert into champion_tier (workspace_id, tier, every_days, budget_micros, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (workspace_id, tier) do update set every_days = excluded.every_days, budget_micros = excluded.budget_micros,
     changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
);
/** A new cadence holds from the last answer on; what was held may fit the new budget. */
export const dueByCadence = statement(
  'champion_checks_by_cadence',
  `update champion_check k set due_at = case when k.state in ('held', 'waiting') then least(k.due_at, $4::timestamptz)
     else greatest(k.asked_at + make_interval(days => $3), $4::timestamptz) end
   from champion c where k.workspace_id = $1 and c.workspace_id = $1 and c.person_id = k.person_id and c.tier = $2 and k.due_at is not null
     and k.state not in ('failed', 'unknown')`,
);

/** Champions whom some vendor has never been asked about. */
export const addChecks = statement(
  'add_champion_checks',
  `insert into champion_check (workspace_id, person_id, provider, due_at)
   select c.workspace_id, c.person_id, v.provider, $2::timestamptz from champion c cross join unnest($3::text[]) as v (provider)
   where c.workspace_id = $1 and c.state = 'watched'
     and not exists (select 1 from champion_check k where k.workspace_id = $1 and k.person_id = c.person_id and k.provider = v.provider)
   limit $4 on conflict do nothing`,
);

export type DueCheck = {
  personId: string;
  provider: string;
  tier: ChampionTier;
  mark: string | null;
  failures: number;
};
/**
 * Takes what is due until $3, so that nobody else asks the same meanwhile: upper tiers first, of each those with open deals, the longest
 * due before others.
 */
export const takeDueChecks = statement<DueCheck>(
  'take_due_champion_checks',
  `update champion_check k set due_at = $3::timestamptz from (
     select k.person_id, k.provider, c.tier from champion_check k
     join champion c on c.workspace_id = k.workspace_id and c.person_id = k.person_id and c.state = 'watched'
     where k.workspace_id = $1 and k.due_at <= $2::timestamptz and k.provider = any($4::text[])
     order by array_position(array['key', 'standard', 'light'], c.tier),
       exists (select 1 from deal d where d.workspace_id = $1 and d.account_id = c.account_id and d.stage_type = 'open') desc, k.due_at, k.person_id
     limit $5 for update of k skip locked) due
   where k.workspace_id = $1 and k.person_id = due.person_id and k.provider = due.provider
   returning k.person_id as "personId", k.provider, due.tier, k.mark, k.failures`,
);
export const anyDueCheck = statement<{ due: boolean }>(
  'any_due_champion_check',
  `select exists (select 1 from champion_check k join champion c on c.workspace_id = k.workspace_id and c.person_id = k.person_id and c.state = 'watched'
     where k.workspace_id = $1 and k.due_at <= $2::timestamptz and k.provider = any($3::text[])) as due`,
);

export const checkDone = statement(
  'champion_check_done',
  `update champion_check set state = $4, because = $5, mark = coalesce($6, mark), asked_at = case when $7 then $8::timestamptz else asked_at end,
     cost_micros = case when $7 then $9::bigint else cost_micros end, spent_micros = spent_micros + $9::bigint,
     asked = asked + case when $7 then 1 else 0 end, failures = $10, due_at = $11::timestamptz
   where workspace_id = $1 and person_id = $2 and provider = $3`,
);
/** Who objects leaves nothing behind by which a vendor could be asked. */
export const dropChecks = statement(
  'drop_champion_checks',
  'delete from champion_check where workspace_id = $1 and person_id = $2',
);

export type CheckRow = {
  personId: string;
  personName: string;
  accountId: string;
  accountName: string;
  tier: ChampionTier;
  provider: string;
  state: string;
  because: string;
  askedAt: Date | null;
  costMicros: number;
  spentMicros: number;
  dueAt: Date | null;
};
/** Newest question first, those who were never asked last. */
export const readChecks = statement<CheckRow>(
  'read_champion_checks',
  `select k.person_id as "personId", coalesce(nullif(trim(p.given_name || ' ' || p.family_name), ''), 'Unknown name') as "personName",
     a.id as "accountId", a.name as "accountName", c.tier, k.provider, k.state, k.because, k.asked_at as "askedAt", k.cost_micros as "costMicros",
     k.spent_micros as "spentMicros", k.due_at as "dueAt"
   from champion_check k join champion c on c.workspace_id = k.workspace_id and c.person_id = k.person_id and c.state = 'watched'
   join person p on p.workspace_id = k.workspace_id and p.id = k.person_id join account a on a.workspace_id = k.workspace_id and a.id = c.account_id
   where k.workspace_id = $1 order by k.asked_at desc nulls last, k.person_id, k.provider limit $2`,
);
export const readTierFigures = statement<{
  tier: ChampionTier;
  watched: number;
  overdue: number;
  held: number;
  usedMicros: number;
}>(
  'read_champion_tier_figures',
  `select t.tier, (select count(*)::int from champion c where c.workspace_id = $1 and c.tier = t.tier and c.state = 'watched') as watched,
     coalesce(k.overdue, 0) as overdue, coalesce(k.held, 0) as held, coalesce(b.charged_micros + b.reserved_micros, 0)::bigint as "usedMicros"
   from unnest($2::text[], $3::text[]) as t (tier, period)
   left join (select c.tier, (count(*) filter (where k.due_at < $4::timestamptz))::int as overdue, (count(*) filter (where k.state = 'held'))::int as held
     from champion_check k join champion c on c.workspace_id = k.workspace_id and c.person_id = k.person_id and c.state = 'watched'
     where k.workspace_id = $1 group by c.tier) k on k.tier = t.tier
   left join budget b on b.workspace_id = $1 and b.scope = 'checks' and b.period = t.period`,
);
export const readKeyed = statement<{ provider: string }>(
  'read_providers_with_key',
  'select distinct provider from provider_credential where workspace_id = $1 and active',
);

export const championWatchDone = statement(
  'champion_watch_done',
  `update source_watch set baseline_at = coalesce(baseline_at, $3::timestamptz), due_at = $4::timestamptz,
     health = case when $5 = '' then 'healthy' else 'failing' end, last_success_at = case when $5 = '' then $3::timestamptz else last_success_at end,
     last_fault = $5, last_fault_at = case when $5 = '' then last_fault_at else $3::timestamptz end, failures = case when $5 = '' then 0 else failures + 1 end, looks = looks + $6
   where workspace_id = $1 and id = $2`,
);
