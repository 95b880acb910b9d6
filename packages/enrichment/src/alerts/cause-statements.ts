import { statement } from '@penstock/store/statement';

import { lowestIdOf } from '../id-range.ts';

/** Budgets that are in use and of which three quarters at least are used; month $2. */
export const readUsedBudgets = statement<{
  scope: 'month' | 'team' | 'campaign' | 'run';
  period: string;
  limitMicros: number;
  usedMicros: number;
}>(
  'read_used_budgets',
  `select b.scope, b.period, b.limit_micros as "limitMicros", b.reserved_micros + b.charged_micros as "usedMicros" from budget b
   where b.workspace_id = $1 and b.scope in ('month', 'team', 'campaign', 'run') and b.limit_micros > 0
     and (b.reserved_micros + b.charged_micros)::float8 >= b.limit_micros::float8 * $3::float8
     and case b.scope when 'campaign' then true
       when 'run' then exists (select 1 from list_run r where r.workspace_id = $1 and r.id = b.period::uuid and r.state in ('running', 'paused'))
       else right(b.period, 7) = $2 end`,
);

/** Capabilities that are left alone because they failed so often ($2) in a row. */
export const readFailing = statement<{
  credentialId: string;
  provider: string;
  capability: string;
  faults: number;
}>(
  'read_failing_capabilities',
  `select b.credential_id as "credentialId", c.provider, b.capability, b.faults from provider_block b
   join provider_credential c on c.workspace_id = $1 and c.id = b.credential_id and c.active
   where b.workspace_id = $1 and b.faults >= $2`,
);

/** Keys that their vendor refused, and through which nothing was answered since. Ids of the ledger begin with their time. */
export const readRefusedKeys = statement<{ credentialId: string; provider: string }>(
  'read_refused_keys',
  `select b.credential_id as "credentialId", c.provider from provider_block b
   join provider_credential c on c.workspace_id = $1 and c.id = b.credential_id and c.active
   where b.workspace_id = $1 and b.capability = '*' and b.reason = 'unauthorized' and not exists (
     select 1 from spend_ledger l where l.workspace_id = $1 and l.credential_id = b.credential_id and l.answered and l.reserved_at > b.updated_at
       and l.id >= ${lowestIdOf('b.updated_at')})`,
);

/** Calls of unknown charge that nobody has settled since $2. */
export const readWaitingUnknown = statement<{ provider: string; calls: number; reservedMicros: number }>(
  'read_waiting_unknown_calls',
  `select provider, count(*)::int as calls, sum(reserved_micros)::bigint as "reservedMicros" from spend_ledger
   where workspace_id = $1 and state = 'unknown' and reserved_at < $2 group by provider`,
);

/** Credits of keys whose vendor tells them, with what they were used for since $2 (id $3), and since when. */
export const readBalances = statement<{
  credentialId: string;
  provider: string;
  credits: number;
  usedCredits: number;
  firstAt: Date | null;
}>(
  'read_balances_and_use',
  `select c.id as "credentialId", c.provider, c.balance_credits as credits, coalesce(u.used, 0)::float8 as "usedCredits", u.first_at as "firstAt"
   from provider_credential c left join (
     select credential_id, sum(vendor_credits) as used, min(reserved_at) as first_at from spend_ledger
     where workspace_id = $1 and id >= $3::uuid and state in ('charged', 'reconciled') and reserved_at >= $2 group by credential_id) u on u.credential_id = c.id
   where c.workspace_id = $1 and c.active and c.balance_credits is not null`,
);

/** Calls since id $2 by capability, and those that the vendor failed to answer: not our limits, keys or interruptions. */
export const readErrors = statement<{ provider: string; capability: string; calls: number; failed: number }>(
  'read_errors_of_capabilities',
  `select provider, capability, count(*)::int as calls, (count(*) filter (where not answered))::int as failed from spend_ledger
   where workspace_id = $1 and id >= $2::uuid and state <> 'reserved' and outcome !~ '^(not_sent|rate_limited|quota_exhausted|unauthorized|interrupted)'
   group by provider, capability`,
);

/** Answers since id $2, before and after id $3, and those with something in them. */
export const readHitRates = statement<{
  provider: string;
  capability: string;
  latelyHits: number;
  latelyOf: number;
  beforeHits: number;
  beforeOf: number;
}>(
  'read_hit_rates_of_capabilities',
  `select provider, capability, (count(*) filter (where id >= $3::uuid and hit))::int as "latelyHits", (count(*) filter (where id >= $3::uuid))::int as "latelyOf",
     (count(*) filter (where id < $3::uuid and hit))::int as "beforeHits", (count(*) filter (where id < $3::uuid))::int as "beforeOf"
   from (select provider, capability, id, (cardinality(gave) > 0 or verdict = 'valid') as hit from spend_ledger where workspace_id = $1 and id >= $2::uuid and answered) l
   group by provider, capability`,
);
