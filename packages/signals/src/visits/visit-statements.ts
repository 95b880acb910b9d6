import { statement } from '@penstock/store/statement';

export type SettingsRow = {
  publicKey: string;
  active: boolean;
  allowedOrigins: string[];
  pricingPaths: string[];
  ignoredPaths: string[];
  proposes: boolean;
  ipTokenSealed: string | null;
  dailyLookups: number;
};
export const readSettings = statement<SettingsRow>(
  'read_visit_settings',
  `select public_key as "publicKey", active, allowed_origins as "allowedOrigins", pricing_paths as "pricingPaths", ignored_paths as "ignoredPaths", proposes,
     ip_token_sealed as "ipTokenSealed", daily_lookups as "dailyLookups" from visit_settings where workspace_id = $1`,
);
/** The key stays; $8 the token: null leaves the one that is there, '' takes it away. */
export const saveSettings = statement<{ publicKey: string }>(
  'save_visit_settings',
  `insert into visit_settings (workspace_id, public_key, active, allowed_origins, pricing_paths, ignored_paths, proposes, ip_token_sealed, daily_lookups, saved_by, saved_at)
   values ($1, $2, $3, $4::text[], $5::text[], $6::text[], $7, nullif($8::text, ''), $9, $10, $11)
   on conflict (workspace_id) do update set active = excluded.active, allowed_origins = excluded.allowed_origins, pricing_paths = excluded.pricing_paths,
     ignored_paths = excluded.ignored_paths, proposes = excluded.proposes, daily_lookups = excluded.daily_lookups, saved_by = excluded.saved_by, saved_at = excluded.saved_at,
     ip_token_sealed = case when $8::text is null then visit_settings.ip_token_sealed else nullif($8::text, '') end
   returning public_key as "publicKey"`,
);

export const insertVisit = statement(
  'insert_site_visit',
  `insert into site_visit (workspace_id, id, visitor, origin, path, referrer, network, address_sealed, due_at, state, how, is_test, occurred_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
);
/** Whoever takes consent back takes their visits back. */
export const forgetVisitor = statement<{ id: string }>(
  'forget_visitor',
  'delete from site_visit where workspace_id = $1 and visitor = $2 returning id',
);
/** Visits of one network, leased to one worker. */
export const takeVisits = statement<{ id: string; addressSealed: string | null; attempts: number }>(
  'take_site_visits',
  `update site_visit v set due_at = $4::timestamptz, attempts = v.attempts + 1
   from (select id from site_visit where workspace_id = $1 and network = $2 and due_at <= $3::timestamptz order by id limit 500 for update skip locked) d
   where v.workspace_id = $1 and v.id = d.id returning v.id, v.address_sealed as "addressSealed", v.attempts`,
);
export type NetworkRow = {
  state: 'matched' | 'unmatched' | 'excluded' | 'unknown';
  how: string;
  accountId: string | null;
};
export const readNetwork = statement<NetworkRow>(
  'read_visit_network',
  `select state, how, account_id as "accountId" from visit_network where workspace_id = $1 and network = $2`,
);
export const keepNetwork = statement(
  'keep_visit_network',
  `insert into visit_network (workspace_id, network, state, how, account_id, asked, looked_up_at) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (workspace_id, network) do nothing`,
);
export const countAsked = statement<{ asked: number }>(
  'count_ip_lookups',
  'select count(*)::int as asked from visit_network where workspace_id = $1 and asked and looked_up_at > $2',
);
/** The address goes with the answer. */
export const settleVisits = statement<{ id: string }>(
  'settle_site_visits',
  `update site_visit set state = $3, how = $4, account_id = $5, address_sealed = null, due_at = null
   where workspace_id = $1 and id = any($2::uuid[]) and state = 'waiting' returning id`,
);
export const postponeVisits = statement(
  'postpone_site_visits',
  `update site_visit set due_at = $3::timestamptz where workspace_id = $1 and id = any($2::uuid[]) and state = 'waiting'`,
);

export type VisitCounts = {
  path: string;
  origin: string;
  today: number;
  visitors: number;
  days: number;
  paths: string[];
  at: Date;
};
/** Visits of an account in 30 days; $3 since then, $4 since a week ago, $5 since the day began; ids begin with the moment. */
export const countVisits = statement<VisitCounts>(
  'count_site_visits',
  `select (array_agg(v.path order by v.id desc))[1] as path, (array_agg(v.origin order by v.id desc))[1] as origin,
     (count(*) filter (where v.id >= $5::uuid))::int as today, (count(distinct v.visitor) filter (where v.id >= $4::uuid))::int as visitors,
     count(distinct (v.occurred_at at time zone 'UTC')::date)::int as days, coalesce(array_agg(distinct v.path) filter (where v.id >= $5::uuid), '{}') as paths, max(v.occurred_at) as at
   from site_visit v where v.workspace_id = $1 and v.account_id = $2 and v.id >= $3::uuid and not v.is_test having count(*) > 0`,
);
export const nameOfAccount = statement<{ name: string }>(
  'read_name_of_visiting_account',
  'select name from account where workspace_id = $1 and id = $2',
);
export const forgetVisits = statement(
  'forget_site_visits',
  `with networks as (delete from visit_network where workspace_id = $1 and looked_up_at < $3::timestamptz)
   delete from site_visit where workspace_id = $1 and id < $2::uuid`,
);
export const accountByDomain = statement<{ id: string }>(
  'find_visiting_account',
  `select coalesce(a.merged_into_id, a.id) as id from account a where a.workspace_id = $1 and a.domain = $2 and a.state <> 'dismissed' order by a.merged_into_id is not null limit 1`,
);
