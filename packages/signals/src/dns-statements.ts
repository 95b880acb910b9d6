import { statement } from '@penstock/store/statement';

/** Accounts that somebody cares about (an owner, an open deal) and whose domain nobody looks at yet. */
export const addDnsStates = statement(
  'add_dns_states',
  `insert into dns_state (workspace_id, account_id, domain, due_at, interval_seconds)
   select a.workspace_id, a.id, a.domain, $2::timestamptz, $3 from account a
   where a.workspace_id = $1 and a.state = 'active' and a.domain is not null and not a.is_test and a.owner_id is not null
     and not exists (select 1 from dns_state s where s.workspace_id = a.workspace_id and s.account_id = a.id)
   limit $4 on conflict do nothing`,
);
export type DnsStateRow = {
  accountId: string;
  accountName: string;
  domain: string;
  standing: string[];
  lastLook: string[];
  baselineAt: Date | null;
  failures: number;
  intervalSeconds: number;
};
/** Longest due first; accounts with open deals before the others. */
export const dueDnsStates = statement<DnsStateRow>(
  'due_dns_states',
  `select s.account_id as "accountId", a.name as "accountName", s.domain, s.standing, s.last_look as "lastLook", s.baseline_at as "baselineAt", s.failures,
     s.interval_seconds as "intervalSeconds"
   from dns_state s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id and a.state = 'active'
   where s.workspace_id = $1 and s.due_at <= $2::timestamptz
   order by exists (select 1 from deal d where d.workspace_id = s.workspace_id and d.account_id = s.account_id and d.stage_type = 'open') desc, s.due_at limit $3`,
);
export const lockDnsState = statement<
  Pick<DnsStateRow, 'standing' | 'lastLook' | 'baselineAt'> & { wasSeen: boolean }
>(
  'lock_dns_state',
  `select standing, last_look as "lastLook", baseline_at as "baselineAt", looked_at is not null as "wasSeen" from dns_state where workspace_id = $1 and account_id = $2 for update`,
);
export const dnsLooked = statement(
  'dns_looked',
  `update dns_state set standing = $3::text[], last_look = $4::text[], baseline_at = case when $8 then null else coalesce(baseline_at, $5::timestamptz) end, looked_at = $5::timestamptz,
     failures = 0, interval_seconds = $6, due_at = $7::timestamptz where workspace_id = $1 and account_id = $2`,
);
export const dnsFailed = statement(
  'dns_failed',
  'update dns_state set failures = failures + 1, due_at = $3::timestamptz where workspace_id = $1 and account_id = $2',
);
export const dnsWatchDone = statement(
  'dns_watch_done',
  `update source_watch set baseline_at = coalesce(baseline_at, $3::timestamptz), due_at = $4::timestamptz,
     health = case when $5 = '' then 'healthy' else 'failing' end, last_success_at = case when $5 = '' then $3::timestamptz else last_success_at end,
     last_fault = $5, last_fault_at = case when $5 = '' then last_fault_at else $3::timestamptz end, failures = case when $5 = '' then 0 else failures + 1 end, looks = looks + $6
   where workspace_id = $1 and id = $2`,
);
export const dnsLag = statement<{ due: number }>(
  'count_due_dns_states',
  'select count(*)::int as due from (select 1 from dns_state where workspace_id = $1 and due_at <= $2::timestamptz limit 1) one',
);
