import { statement } from '@penstock/store/statement';

/** The newest month that has a budget, up to $2: a month begins with the limit of the one before. */
export const readMonthLimit = statement<{
  period: string;
  limitMicros: number;
  reservedMicros: number;
  chargedMicros: number;
}>(
  'read_newest_month_budget',
  `select period, limit_micros as "limitMicros", reserved_micros as "reservedMicros", charged_micros as "chargedMicros" from budget
   where workspace_id = $1 and scope = 'month' and period <= $2 order by period desc limit 1`,
);

export const readSwitch = statement<{ stopped: boolean }>(
  'read_paid_calls_switch',
  'select paid_calls_stopped as stopped from workspace where workspace_id = $1',
);
export const turnSwitch = statement<{ stopped: boolean }>(
  'turn_paid_calls_switch',
  'update workspace set paid_calls_stopped = $2 where workspace_id = $1 returning paid_calls_stopped as stopped',
);
/** Who turned the switch last, here or in the settings. */
export const readSwitchTurn = statement<{ name: string; at: Date; reason: string }>(
  'read_paid_calls_switch_turn',
  `select coalesce(m.name, a.actor_id) as name, a.occurred_at as at, coalesce(a.detail ->> 'reason', '') as reason
   from audit a left join member m on m.workspace_id = a.workspace_id and m.id = a.actor_id
   where a.workspace_id = $1 and a.subject_id = $1::uuid::text
     and (a.action in ('paid_calls.stopped', 'paid_calls.allowed') or (a.action = 'workspace.updated' and a.detail -> 'fields' ? 'paidCallsStopped'))
   order by a.id desc limit 1`,
);

export type UnknownCall = {
  id: string;
  provider: string;
  capability: string;
  personId: string;
  person: string;
  company: string | null;
  reservedMicros: number;
  outcome: string;
  /** Why it has not been settled by itself. */
  note: string;
  reservedAt: Date;
  latencyMs: number | null;
};
export const readUnknown = statement<UnknownCall>(
  'read_unknown_calls',
  `select l.id, l.provider, l.capability, l.person_id as "personId", trim(p.given_name || ' ' || p.family_name) as person, a.name as company,
     l.reserved_micros as "reservedMicros", l.outcome, l.note, l.reserved_at as "reservedAt", l.latency_ms as "latencyMs"
   from spend_ledger l join person p on p.workspace_id = $1 and p.id = l.person_id left join account a on a.workspace_id = $1 and a.id = p.account_id
   where l.workspace_id = $1 and l.state = 'unknown' and ($2::uuid is null or l.id > $2) order by l.id limit $3`,
);
export const sumUnknown = statement<{ provider: string; calls: number; reservedMicros: number }>(
  'sum_unknown_calls',
  `select provider, count(*)::int as calls, coalesce(sum(reserved_micros), 0)::bigint as "reservedMicros" from spend_ledger
   where workspace_id = $1 and state = 'unknown' group by provider order by provider`,
);

/** Those that were settled by somebody ($2: since this id), newest first. */
export const readSettled = statement<{
  id: string;
  provider: string;
  capability: string;
  by: 'person' | 'balance' | 'look_up';
  chargedMicros: number;
  outcome: string;
  settledAt: Date;
}>(
  'read_settled_charges',
  `select id, provider, capability, settled_by as by, charged_micros as "chargedMicros", outcome, settled_at as "settledAt" from spend_ledger
   where workspace_id = $1 and settled_by <> '' and id >= $2::uuid and settled_at is not null order by id desc limit $3`,
);

/**
 * Settles calls of unknown charge by somebody's word ($3 charged): what was charged stays `reconciled` at its reserved price; what was
 * not is `released`, like any call that is known to have cost nothing, and may be made again. Others' decisions are left alone.
 */
export const reconcile = statement<{
  id: string;
  reservedMicros: number;
  chargedMicros: number;
  budgetIds: string[];
  callKey: string;
}>(
  'reconcile_calls',
  `update spend_ledger l set state = case when $3::boolean then 'reconciled' else 'released' end,
     charged_micros = case when $3 then l.reserved_micros else 0 end, outcome = left(l.outcome || '; ' || $4::text, 300), settled_at = $5, settled_by = $6, note = ''
   from (select id from spend_ledger where workspace_id = $1 and id = any($2::uuid[]) and state = 'unknown' order by id for update) u
   where l.workspace_id = $1 and l.id = u.id
   returning l.id, l.call_key as "callKey", l.reserved_micros as "reservedMicros", l.charged_micros as "chargedMicros", l.budget_ids as "budgetIds"`,
);
