import { statement } from '@penstock/store/statement';

export type PaidSourceRow = {
  source: string;
  active: boolean;
  everyDays: number;
  budgetMicros: number;
};
export const readPaidSources = statement<PaidSourceRow>(
  'read_paid_sources',
  `select source, active, every_days as "everyDays", budget_micros as "budgetMicros" from paid_source where workspace_id = $1 order by source`,
);
export const savePaidSource = statement(
  'save_paid_source',
  `insert into paid_source (workspace_id, source, active, every_days, budget_micros, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (workspace_id, source) do update set active = excluded.active, every_days = excluded.every_days, budget_micros = excluded.budget_micros,
     changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
);
/** A new cadence holds from the last answer on; what was held may fit the new budget. */
export const dueByNewCadence = statement(
  'company_watches_by_cadence',
  `update company_watch set due_at = case when state in ('held', 'waiting') then least(due_at, $4::timestamptz) else greatest(asked_at + make_interval(days => $3), $4::timestamptz) end
   where workspace_id = $1 and source = $2 and state in ('held', 'waiting', 'asked') and page = 0`,
);
/** While a source was off nothing was asked: what happened meanwhile is not news when it is on again. */
export const beginAnew = statement(
  'begin_company_watches_anew',
  `update company_watch set since = $3::timestamptz, page = 0, began_at = null, state = 'waiting', because = '', due_at = $4::timestamptz
   where workspace_id = $1 and source = $2 and state <> 'unknown'`,
);

/** Accounts that somebody cares about and that a source does not watch yet: the watching begins now, and is asked about after its cadence. */
export const addCompanyWatches = statement(
  'add_company_watches',
  `insert into company_watch (workspace_id, account_id, source, since, due_at)
   select a.workspace_id, a.id, v.source, $2::timestamptz, $2::timestamptz + make_interval(days => v.days)
   from account a cross join unnest($3::text[], $4::int[]) as v (source, days)
   where a.workspace_id = $1 and a.state = 'active' and a.domain is not null and not a.is_test and a.merged_into_id is null
     and (a.owner_id is not null or exists (select 1 from deal d where d.workspace_id = $1 and d.account_id = a.id and d.stage_type = 'open'))
     and not exists (select 1 from company_watch w where w.workspace_id = $1 and w.account_id = a.id and w.source = v.source)
   limit $5 on conflict do nothing`,
);

export type DueLook = {
  accountId: string;
  accountName: string;
  domain: string;
  city: string | null;
  source: string;
  since: Date;
  page: number;
  beganAt: Date | null;
  failures: number;
};
/**
 * Takes what is due until $3, so that nobody else asks the same meanwhile: what has begun first, then accounts with open deals, then those
 * that score most, the longest due before others.
 */
export const takeDueLooks = statement<DueLook>(
  'take_due_company_looks',
  `update company_watch w set due_at = $3::timestamptz from (
     select c.account_id, c.source, a.name, a.domain, a.city from company_watch c
     join account a on a.workspace_id = c.workspace_id and a.id = c.account_id and a.state = 'active' and a.merged_into_id is null and a.domain is not null
     where c.workspace_id = $1 and c.due_at <= $2::timestamptz and c.source = any($4::text[])
     order by c.page desc, exists (select 1 from deal d where d.workspace_id = $1 and d.account_id = c.account_id and d.stage_type = 'open') desc,
       (select s.signal_bound from account_score s where s.workspace_id = $1 and s.account_id = c.account_id
         and s.intent_version_id = coalesce((select b.version_id from score_base b where b.workspace_id = $1),
           (select published_version_id from document where workspace_id = $1 and kind = 'intent_model' and name = 'main'))) desc nulls last, c.due_at, c.account_id
     limit $5 for update of c skip locked) due
   where w.workspace_id = $1 and w.account_id = due.account_id and w.source = due.source
   returning w.account_id as "accountId", due.name as "accountName", due.domain, due.city, w.source, w.since, w.page, w.began_at as "beganAt", w.failures`,
);
export const anyDueLook = statement<{ due: boolean }>(
  'any_due_company_look',
  `select exists (select 1 from company_watch where workspace_id = $1 and due_at <= $2::timestamptz and source = any($3::text[])) as due`,
);
export const lookDone = statement(
  'company_look_done',
  `update company_watch set state = $4, because = $5, since = $6::timestamptz, page = $7, began_at = $8::timestamptz,
     asked_at = case when $9 then $10::timestamptz else asked_at end, spent_micros = spent_micros + $11::bigint, asked = asked + case when $9 then 1 else 0 end,
     signals = signals + $12, failures = $13, due_at = $14::timestamptz
   where workspace_id = $1 and account_id = $2 and source = $3`,
);

export const readPaidFigures = statement<{
  source: string;
  watched: number;
  overdue: number;
  held: number;
  failing: number;
  asked: number;
  signals: number;
  oldestDueAt: Date | null;
  heldBecause: string | null;
  usedMicros: number;
}>(
  'read_paid_source_figures',
  `select p.source, coalesce(w.watched, 0) as watched, coalesce(w.overdue, 0) as overdue, coalesce(w.held, 0) as held, coalesce(w.failing, 0) as failing,
     coalesce(w.asked, 0) as asked, coalesce(w.signals, 0) as signals, w.oldest as "oldestDueAt", w.because as "heldBecause",
     coalesce(b.charged_micros + b.reserved_micros, 0)::bigint as "usedMicros"
   from unnest($2::text[], $3::text[]) as p (source, period)
   left join (select source, count(*)::int as watched, (count(*) filter (where due_at < $4::timestamptz))::int as overdue,
       (count(*) filter (where state = 'held'))::int as held, (count(*) filter (where state in ('failed', 'unknown')))::int as failing,
       sum(asked)::int as asked, sum(signals)::int as signals, min(due_at) filter (where due_at < $4::timestamptz) as oldest,
       mode() within group (order by because) filter (where state = 'held') as because
     from company_watch where workspace_id = $1 group by source) w on w.source = p.source
   left join budget b on b.workspace_id = $1 and b.scope = 'checks' and b.period = p.period`,
);
