import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

/** Every paid call is a row here before it is made: `reserved → charged | released | unknown → reconciled`. */
export type LedgerState = 'reserved' | 'charged' | 'released' | 'unknown' | 'reconciled';

/** With what its step says came of it, and its lock where it cost nothing: it may be asked again, after a fault or once more is known. */
const settleLedger = statement<{ reservedMicros: number; budgetIds: string[] }>(
  'settle_ledger',
  `with settled as (
     update spend_ledger set state = $3, charged_micros = $4, vendor_credits = $5, outcome = $6, latency_ms = $7, settled_at = $8, answered = $9, gave = $10::text[], verdict = $11
     where workspace_id = $1 and id = $2 and state in ('reserved', 'unknown') returning id, call_key, run_id, reserved_micros, budget_ids),
   told as (update waterfall_step s set outcome = $6 from settled where s.workspace_id = $1 and s.run_id = settled.run_id and s.ledger_id = settled.id),
   lock as materialized (select id, regexp_replace(call_key, '/[^/]*$', '') as key from settled where $3 = 'released'),
   freed as (delete from spend_call_key k using lock where k.workspace_id = $1 and k.call_key = lock.key and k.ledger_id = lock.id)
   select reserved_micros as "reservedMicros", budget_ids as "budgetIds" from settled`,
);
const changeBudgets = statement(
  'apply_settled_to_budgets',
  `with locked as materialized (select id from budget where workspace_id = $1 and id = any($2::uuid[]) order by scope <> 'record', id for update)
   update budget b set reserved_micros = b.reserved_micros + c.reserved, charged_micros = b.charged_micros + c.charged
   from locked l join unnest($2::uuid[], $3::bigint[], $4::bigint[]) as c (id, reserved, charged) on c.id = l.id
   where b.workspace_id = $1 and b.id = l.id`,
);
/** With their locks: a call's own key begins with that of its lock. */
const releaseHeld = statement<{ id: string; reservedMicros: number; budgetIds: string[] }>(
  'release_held_calls',
  `with released as (
     update spend_ledger set state = 'released', outcome = 'not_sent: not charged', settled_at = $3
     where workspace_id = $1 and id = any($2::uuid[]) and state = 'reserved' and held returning id, call_key, reserved_micros, budget_ids),
   lock as materialized (select id, regexp_replace(call_key, '/[^/]*$', '') as key from released),
   freed as (delete from spend_call_key k using lock where k.workspace_id = $1 and k.call_key = lock.key and k.ledger_id = lock.id)
   select id, reserved_micros as "reservedMicros", budget_ids as "budgetIds" from released`,
);
const markUnknown = statement<{ id: string }>(
  'mark_calls_unknown',
  `update spend_ledger set state = 'unknown', outcome = 'interrupted', settled_at = $3
   where workspace_id = $1 and id = any($2::uuid[]) and state = 'reserved' and not parked returning id`,
);

/** How budgets change by what was settled: by id, what is reserved beside, and what is charged, in micro-dollars. */
export type SettledBudgets = ReadonlyMap<string, { reserved: number; charged: number }>;

export type Settlement = {
  ledgerId: string;
  state: 'charged' | 'released' | 'unknown';
  chargedMicros: number;
  vendorCredits: number | null;
  outcome: string;
  latencyMs: number | null;
  /** True if the provider answered, be it with a miss. */
  answered: boolean;
  /** Fields that came back; of a verifier its verdict instead. */
  gave: readonly string[];
  verdict: string;
  now: Date;
};

/**
 * Settles calls in the ledger. An `unknown` call keeps its reservation until it is reconciled; settling twice changes nothing.
 * @returns how the budgets change by it, which the caller applies as its last statement; without calls that were settled before
 */
export async function settleInLedger(
  tx: Tx,
  settlements: readonly Settlement[],
): Promise<{ settled: SettledBudgets; isNew: boolean }> {
  const settled = new Map<string, { reserved: number; charged: number }>();
  const before = await Promise.all(settlements.map((settlement) => settleOne(tx, settlement)));
  for (const [at, row] of before.entries()) {
    const settlement = settlements[at];
    if (!row || !settlement || settlement.state === 'unknown') continue;
    for (const id of row.budgetIds) {
      const { reserved, charged } = settled.get(id) ?? { reserved: 0, charged: 0 };
      settled.set(id, {
        reserved: reserved - row.reservedMicros,
        charged: charged + settlement.chargedMicros,
      });
    }
  }
  return { settled, isNew: before.some((row) => row !== undefined) };
}

async function settleOne(tx: Tx, settlement: Settlement) {
  const [before] = await tx.rows(
    settleLedger,
    settlement.ledgerId,
    settlement.state,
    settlement.chargedMicros,
    settlement.vendorCredits,
    settlement.outcome.slice(0, 300),
    settlement.latencyMs,
    settlement.now,
    settlement.answered,
    settlement.gave,
    settlement.verdict,
  );
  return before;
}

/** Applies what was settled, as the last statement of a transaction that reserves nothing. */
export function applySettled(tx: Tx, settled: SettledBudgets): void {
  const ids = [...settled.keys()];
  if (ids.length === 0) return;
  tx.byCommit(
    changeBudgets,
    ids,
    ids.map((id) => settled.get(id)?.reserved ?? 0),
    ids.map((id) => settled.get(id)?.charged ?? 0),
  );
}

/** Settles a call and its budgets, as the last step of a transaction. Settling twice changes nothing. */
export async function settleCall(tx: Tx, settlement: Settlement): Promise<boolean> {
  const { settled, isNew } = await settleInLedger(tx, [settlement]);
  applySettled(tx, settled);
  return isNew;
}

/** Calls whose maker is gone before they were let go: nothing left, so nothing was charged. A transaction of its own: budgets come last. */
export async function releaseUnsent(tx: Tx, ledgerIds: readonly string[], now: Date): Promise<string[]> {
  const released = await tx.rows(releaseHeld, ledgerIds, now);
  const settled = new Map<string, { reserved: number; charged: number }>();
  for (const { budgetIds, reservedMicros } of released)
    for (const id of budgetIds)
      settled.set(id, { reserved: (settled.get(id)?.reserved ?? 0) - reservedMicros, charged: 0 });
  applySettled(tx, settled);
  return released.map(({ id }) => id);
}

/** Calls whose maker is gone: whether they were charged is unknown, and they are not made again. Parked ones are their ticket's. */
export async function markInterrupted(tx: Tx, ledgerIds: readonly string[], now: Date): Promise<number> {
  return (await tx.rows(markUnknown, ledgerIds, now)).length;
}
