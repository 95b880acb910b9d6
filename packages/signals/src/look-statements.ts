import { statement } from '@penstock/store/statement';

export type SourceOfAccount = {
  source: string;
  /** Which board, domain or name is looked at. */
  what: string;
  /** Null for what is not looked at yet. */
  lookedAt: Date | null;
  dueAt: Date;
  failures: number;
  fault: string;
  /** Openings that are up, or records that are known; null where nothing is counted. */
  known: number | null;
  active: boolean;
  costs: boolean;
  /** The page of the company's own site that led to it; empty where somebody named it. */
  foundOn: string;
};

/** Everything that is looked at for one account alone. */
export const sourcesOfAccount = statement<SourceOfAccount>(
  'sources_of_account',
  `select b.source, b.board as what, b.looked_at as "lookedAt", b.due_at as "dueAt", b.failures, b.last_fault as fault,
     (select count(*)::int from job_opening o where o.workspace_id = b.workspace_id and o.board_id = b.id and o.gone_at is null) as known, b.active, false as costs, b.found_on as "foundOn"
   from job_board b where b.workspace_id = $1 and b.account_id = $2
   union all
   select 'dns', d.domain, d.looked_at, d.due_at, d.failures, '', cardinality(d.standing), w.active, false, ''
   from dns_state d join source_watch w on w.workspace_id = d.workspace_id and w.source = 'dns' where d.workspace_id = $1 and d.account_id = $2
   union all
   select c.source, '', c.asked_at, c.due_at, c.failures, case when c.state in ('failed', 'held') then c.because else '' end, null,
     coalesce(p.active, w.active, false), p.source is not null, ''
   from company_watch c left join paid_source p on p.workspace_id = c.workspace_id and p.source = c.source
     left join source_watch w on w.workspace_id = c.workspace_id and w.source = c.source where c.workspace_id = $1 and c.account_id = $2
   order by 1, 2`,
);

export const signalsOfSources = statement<{ source: string; signals: number }>(
  'signals_of_sources_of_account',
  `select source, count(*)::int as signals from signal where workspace_id = $1 and account_id = $2 group by source`,
);

/** Boards of the account, but those that were looked at after $4 or whose vendor asked to be left alone. */
export const makeBoardsDue = statement<{ source: string }>(
  'make_boards_of_account_due',
  `update job_board set due_at = $3 where workspace_id = $1 and account_id = $2 and active and due_at > $3 and (looked_at is null or looked_at <= $4)
     and last_fault not like 'rate_limited%' and source <> all($5::text[]) returning source`,
);
export const makeDomainDue = statement<{ source: string }>(
  'make_domain_of_account_due',
  `update dns_state set due_at = $3 where workspace_id = $1 and account_id = $2 and due_at > $3 and (looked_at is null or looked_at <= $4)
     and 'dns' <> all($5::text[]) and exists (select 1 from source_watch w where w.workspace_id = $1 and w.source = 'dns' and w.active) returning 'dns' as source`,
);
/** The press, which is free; what is paid for each question keeps its cadence. */
export const makePressDue = statement<{ source: string }>(
  'make_press_of_account_due',
  `update company_watch c set due_at = $3 where workspace_id = $1 and account_id = $2 and source = 'press/gdelt' and due_at > $3 and (asked_at is null or asked_at <= $4)
     and state <> 'unknown' and source <> all($5::text[])
     and exists (select 1 from source_watch w where w.workspace_id = $1 and w.source = c.source and w.active) returning source`,
);
/** The watches that look at accounts one by one; not one that rests because it was asked to. */
export const wakeWatches = statement(
  'wake_source_watches',
  `update source_watch set due_at = least(due_at, $3::timestamptz) where workspace_id = $1 and source = any($2::text[]) and active and last_fault not like 'rate_limited%'`,
);

export const readLook = statement<{
  source: string;
  name: string;
  active: boolean;
  dueAt: Date;
  lastFault: string;
  lookedAt: Date | null;
}>(
  'read_look_at_source',
  `select source, name, active, due_at as "dueAt", last_fault as "lastFault", greatest(last_success_at, last_fault_at) as "lookedAt"
   from source_watch where workspace_id = $1 and id = $2 and removed_at is null for update`,
);
export const lookNow = statement(
  'look_at_source_now',
  'update source_watch set due_at = $3 where workspace_id = $1 and id = $2',
);
