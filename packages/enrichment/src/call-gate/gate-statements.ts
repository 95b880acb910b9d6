import { statement } from '@penstock/store/statement';

import type { BlockReason } from '../model/blocks.ts';

export const makeLanes = statement(
  'make_rate_lanes',
  `insert into rate_lane (workspace_id, credential_id, lane, next_at)
   select $1::uuid, $2::uuid, lane, to_timestamp(0) from unnest($3::text[]) as lane order by lane on conflict do nothing`,
);

export const lockLanes = statement<{ lane: string; nextMs: number }>(
  'lock_rate_lanes',
  `select lane, extract(epoch from next_at)::float8 * 1000 as "nextMs" from rate_lane
   where workspace_id = $1 and credential_id = $2 and lane = any($3::text[]) order by lane for update`,
);

export const saveLanes = statement(
  'save_rate_lanes',
  `update rate_lane r set next_at = to_timestamp(l.next_ms / 1000.0) from unnest($3::text[], $4::float8[]) as l (lane, next_ms)
   where r.workspace_id = $1 and r.credential_id = $2 and r.lane = l.lane`,
);

export type GateState = {
  nowMs: number;
  stopped: boolean;
  blockedMs: number | null;
  reason: BlockReason | null;
  /** Faults in a row of this capability. */
  faults: number;
};
/** A statement of its own, after the lanes are locked: waiting for a lock takes time. */
export const readGate = statement<GateState>(
  'read_call_gate',
  `with clock as materialized (
     select extract(epoch from clock_timestamp())::float8 * 1000 as now_ms -- lease: replicas agree on one clock
    ),
   worst as (
     select reason, extract(epoch from blocked_until)::float8 * 1000 as until_ms from provider_block
     where workspace_id = $1 and credential_id = $2 and capability in ('*', $3) order by blocked_until desc limit 1)
   select now_ms as "nowMs", w.paid_calls_stopped as stopped,
     case when worst.until_ms > now_ms then worst.until_ms - now_ms end as "blockedMs", worst.reason,
     coalesce((select faults from provider_block where workspace_id = $1 and credential_id = $2 and capability = $3), 0) as faults
   from workspace w cross join clock left join worst on true where w.workspace_id = $1`,
);

/** These calls may leave from now on; those that do not come back are not theirs any more who reserved them. */
export const letGo = statement<{ id: string }>(
  'let_calls_go',
  `update spend_ledger set held = false where workspace_id = $1 and id = any($2::uuid[]) and state = 'reserved' returning id`,
);

/** One caller at a time finds out whether a failing capability works again. */
export const takeProbe = statement<{ faults: number }>(
  'take_provider_probe',
  `update provider_block set
     blocked_until = clock_timestamp() + make_interval(secs => $4::float8 / 1000.0), reason = 'probing' -- lease: replicas agree on one clock
   where workspace_id = $1 and credential_id = $2 and capability = $3
     and blocked_until <= clock_timestamp() -- lease: replicas agree on one clock
     returning faults`,
);

/** Blocks the whole credential; a longer block stays. */
export const blockCredential = statement(
  'block_credential',
  `insert into provider_block (workspace_id, credential_id, capability, blocked_until, reason, updated_at)
   values ($1, $2, '*', clock_timestamp() + make_interval(secs => $3::float8 / 1000.0), $4, $5) -- lease: replicas agree on one clock
   on conflict (workspace_id, credential_id, capability) do update set
     blocked_until = greatest(provider_block.blocked_until, excluded.blocked_until), reason = excluded.reason, updated_at = excluded.updated_at
     where provider_block.blocked_until < excluded.blocked_until`,
);

/** One fault more in a row; while the capability is left alone, late faults of calls under way don't count. A probe's always does. */
export const countFault = statement<{ faults: number }>(
  'count_provider_fault',
  `insert into provider_block (workspace_id, credential_id, capability, blocked_until, reason, faults, updated_at)
   values ($1, $2, $3, clock_timestamp(), 'failing', 1, $5) -- lease: replicas agree on one clock
   on conflict (workspace_id, credential_id, capability) do update set faults = provider_block.faults + 1, updated_at = excluded.updated_at
     where $4::boolean or provider_block.blocked_until <= clock_timestamp() -- lease: replicas agree on one clock
     returning faults`,
);

export const pauseCapability = statement(
  'pause_provider_capability',
  `update provider_block set
     blocked_until = clock_timestamp() + make_interval(secs => $4::float8 / 1000.0), reason = 'failing' -- lease: replicas agree on one clock
   where workspace_id = $1 and credential_id = $2 and capability = $3`,
);

export const clearFaults = statement(
  'clear_provider_faults',
  'delete from provider_block where workspace_id = $1 and credential_id = $2 and capability = $3',
);

export const liftBlocks = statement(
  'lift_provider_blocks',
  'delete from provider_block where workspace_id = $1 and credential_id = $2',
);
