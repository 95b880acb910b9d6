import { statement } from '@penstock/store/statement';

/** Said as the index says it: signals `s` that looks of the product itself gave are counted without reading all others. */
export const OF_LOOKS = `(s.source in ('dns', 'champions', 'visits') or starts_with(s.source, 'board/'))`;

/** What was asked of a source today, and what it may be asked at most. */
export type Usage = {
  source: string;
  requests: number;
  costMicros: number;
  mostRequests: number | null;
  mostMicros: number | null;
};
export const readUsage = statement<Usage>(
  'read_source_usage',
  `select coalesce(d.source, l.source) as source, coalesce(d.requests, 0)::int as requests, coalesce(d.cost_micros, 0)::bigint as "costMicros",
     l.most_requests as "mostRequests", l.most_micros as "mostMicros"
   from (select source, requests, cost_micros from source_day where workspace_id = $1 and day = $2::date) d
   full join (select source, most_requests, most_micros from source_limit where workspace_id = $1) l on l.source = d.source`,
);

/** Boards of each vendor. One that was not looked at for longer than its interval is stale, whatever is planned. */
export const readBoardFigures = statement<{
  source: string;
  watched: number;
  failing: number;
  overdue: number;
  waiting: number;
  oldestLookAt: Date | null;
  lastSuccessAt: Date | null;
  dueAt: Date;
  lastFault: string;
  looks: number;
  signals: number;
  found: number;
}>(
  'read_board_figures',
  `select b.source, count(*)::int as watched, (count(*) filter (where b.health = 'failing'))::int as failing,
     (count(*) filter (where (b.last_success_at is not null or b.health = 'failing') and coalesce(b.last_success_at, b.created_at) + make_interval(secs => b.interval_seconds) < $2::timestamptz))::int as overdue,
     (count(*) filter (where b.last_success_at is null and b.health <> 'failing'))::int as waiting,
     min(b.last_success_at) as "oldestLookAt", max(b.last_success_at) as "lastSuccessAt", min(b.due_at) as "dueAt",
     coalesce(max(b.last_fault) filter (where b.health = 'failing'), '') as "lastFault", sum(b.looks)::int as looks, (count(*) filter (where b.found_on <> ''))::int as found,
     (select count(*)::int from signal s where s.workspace_id = $1 and s.source = b.source and ${OF_LOOKS}) as signals
   from job_board b where b.workspace_id = $1 and b.active group by b.source order by b.source`,
);

/** What is looked at one by one: how many, how many of them are due for longer than a round of the watchers takes, how many wait for their first look. */
export type LookFigures = { watched: number; overdue: number; waiting: number; oldestLookAt: Date | null };

export const readDomainFigures = statement<LookFigures>(
  'read_domain_figures',
  `select count(*)::int as watched, (count(*) filter (where looked_at is not null and due_at < $2::timestamptz - interval '2 minutes'))::int as overdue,
     (count(*) filter (where looked_at is null))::int as waiting, min(looked_at) as "oldestLookAt"
   from dns_state where workspace_id = $1`,
);
