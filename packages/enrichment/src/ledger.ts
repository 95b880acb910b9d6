import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import { statement } from '@penstock/store/statement';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import { makeBudgets } from './make-budgets.ts';
import { BUDGET_WORDS, recordBudget, sharedBudgets, type BudgetScope } from './model/budgets.ts';

/** Every paid call is a row here before it is made: `reserved → charged | released | unknown → reconciled`. */
export type LedgerState = 'reserved' | 'charged' | 'released' | 'unknown' | 'reconciled';

export type CallToReserve = {
  /** What must not be paid for twice. */
  lockKey: string;
  /** The lock and the facts it is asked with. */
  callKey: string;
  /** A charged call from before this time has outlived its values and may be made again. */
  chargedSince: Date;
  runId: string;
  personId: string;
  /** Whose budget pays besides the workspace's; null for nobody's. */
  teamId: string | null;
  credentialId: string;
  provider: string;
  capability: string;
  /** What it is made for, and after how many others of its kind: 1 for the first. */
  wanted: readonly string[];
  position: number;
  priceMicros: number;
  ceilingMicros: number;
  now: Date;
};

export type Reservation =
  | { kind: 'granted'; ledgerId: string }
  /** The same call was made before, or is being made right now by somebody else. */
  | { kind: 'known'; ledgerId: string; state: LedgerState }
  | { kind: 'stopped' };

export class BudgetExhaustedError extends DomainError {
  constructor(scope: string) {
    super(
      'budget_exhausted',
      `The ${scope} budget has no room for this call. Raise it or wait for the next period.`,
    );
  }
}

const paidCallsStopped = statement<{ stopped: boolean }>(
  'paid_calls_stopped',
  'select paid_calls_stopped as stopped from workspace where workspace_id = $1',
);
const claimLock = statement<{ ledgerId: string }>(
  'claim_call_lock',
  `insert into spend_call_key (workspace_id, call_key, ledger_id) values ($1, $2, $3)
   on conflict (workspace_id, call_key) do update set ledger_id = excluded.ledger_id
     where exists (select 1 from spend_ledger l where l.workspace_id = $1 and l.id = spend_call_key.ledger_id
       and l.state in ('charged', 'reconciled') and l.reserved_at < $4)
   returning ledger_id as "ledgerId"`,
);
const readByKey = statement<{ ledgerId: string; state: LedgerState }>(
  'ledger_by_call_key',
  `select l.id as "ledgerId", l.state from spend_call_key k join spend_ledger l on l.workspace_id = k.workspace_id and l.id = k.ledger_id
   where k.workspace_id = $1 and k.call_key = $2`,
);
const insertLedger = statement(
  'insert_ledger',
  `insert into spend_ledger (workspace_id, id, call_key, run_id, person_id, credential_id, provider, capability, state, reserved_micros, budget_ids, reserved_at, wanted, position)
   values ($1, $2, $3, $4, $5, $6, $7, $8, 'reserved', $9, $10::uuid[], $11, $12::text[], $13)`,
);
/** A statement of its own: only a view taken afterwards shows what somebody else has made at the same time. */
const readBudgets = statement<{ id: string; scope: BudgetScope }>(
  'read_budgets',
  `select b.id, b.scope from budget b join unnest($2::text[], $3::text[]) as w (scope, period) on w.scope = b.scope and w.period = b.period where b.workspace_id = $1`,
);
/** Locks the budgets in the order of their ids as the last step of the reservation, and grants only where all have room. */
const reserveBudgets = statement<{ id: string }>(
  'reserve_budgets',
  `with locked as materialized (select id from budget where workspace_id = $1 and id = any($2::uuid[]) order by id for update)
   update budget b set reserved_micros = reserved_micros + $3 from locked
   where b.workspace_id = $1 and b.id = locked.id and b.limit_micros - b.reserved_micros - b.charged_micros >= $3 returning b.id`,
);
const settleLedger = statement<{ reservedMicros: number; budgetIds: string[]; was: LedgerState }>(
  'settle_ledger',
  `update spend_ledger l set state = $3, charged_micros = $4, vendor_credits = $5, outcome = $6, latency_ms = $7, settled_at = $8, answered = $9, gave = $10::text[], verdict = $11
   from (select id, state from spend_ledger where workspace_id = $1 and id = $2 and state in ('reserved', 'unknown') for update) before
   where l.workspace_id = $1 and l.id = before.id
   returning l.reserved_micros as "reservedMicros", l.budget_ids as "budgetIds", before.state as was`,
);
const settleBudgets = statement(
  'settle_budgets',
  `with locked as materialized (select id from budget where workspace_id = $1 and id = any($2::uuid[]) order by id for update)
   update budget b set reserved_micros = reserved_micros - $3, charged_micros = charged_micros + $4 from locked
   where b.workspace_id = $1 and b.id = locked.id`,
);
const freeLock = statement(
  'free_call_lock',
  'delete from spend_call_key where workspace_id = $1 and ledger_id = $2',
);
const releaseHeld = statement<{ id: string; reservedMicros: number; budgetIds: string[] }>(
  'release_held_calls',
  `update spend_ledger set state = 'released', outcome = 'not_sent: not charged', settled_at = $3
   where workspace_id = $1 and id = any($2::uuid[]) and state = 'reserved' and held
   returning id, reserved_micros as "reservedMicros", budget_ids as "budgetIds"`,
);
const markUnknown = statement<{ id: string }>(
  'mark_calls_unknown',
  `update spend_ledger set state = 'unknown', outcome = 'interrupted', settled_at = $3
   where workspace_id = $1 and id = any($2::uuid[]) and state = 'reserved' and not parked returning id`,
);

/**
 * Reserves money for one call, before it is made. Ledger row first, budgets last, so that two reservations never deadlock.
 * @param alongside what is written with it: before the budgets, since everybody else waits for those until the commit
 * @throws BudgetExhaustedError, which undoes the whole transaction
 */
export async function reserveCall(
  tx: Tx,
  call: CallToReserve,
  alongside: (ledgerId: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<Reservation> {
  if ((await one(tx, paidCallsStopped)).stopped) return { kind: 'stopped' };
  const ledgerId = newId(call.now);
  for (;;) {
    if ((await tx.rows(claimLock, call.lockKey, ledgerId, call.chargedSince)).length > 0) break;
    const known = await maybeOne(tx, readByKey, call.lockKey);
    // Given back between the two statements: claim it again.
    if (known) return { kind: 'known', ...known };
  }
  const spentFor = { teamId: call.teamId, campaignId: null, runId: null };
  const wanted = [...sharedBudgets(spentFor, call.now), recordBudget(call.personId, call.ceilingMicros)];
  await makeBudgets(tx, wanted, call.now);
  const budgets = await tx.rows(
    readBudgets,
    wanted.map(({ scope }) => scope),
    wanted.map(({ period }) => period),
  );
  invariant(budgets.length === wanted.length, 'a call has all its budgets');
  const budgetIds = budgets.map((budget) => budget.id);
  await tx.rows(
    insertLedger,
    ledgerId,
    call.callKey,
    call.runId,
    call.personId,
    call.credentialId,
    call.provider,
    call.capability,
    call.priceMicros,
    budgetIds,
    call.now,
    call.wanted,
    call.position,
  );
  await alongside(ledgerId);
  const granted = await tx.rows(reserveBudgets, budgetIds, call.priceMicros);
  const refused = budgets.find((budget) => !granted.some((row) => row.id === budget.id));
  if (refused) throw new BudgetExhaustedError(BUDGET_WORDS[refused.scope]);
  return { kind: 'granted', ledgerId };
}

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

/** Settles a call and its budgets. An `unknown` call keeps its reservation until it is reconciled. Settling twice changes nothing. */
export async function settleCall(tx: Tx, settlement: Settlement): Promise<boolean> {
  const before = await maybeOne(
    tx,
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
  if (!before) return false;
  // What cost nothing may be asked again: after a fault, or after a miss once more is known.
  if (settlement.state === 'released') await tx.rows(freeLock, settlement.ledgerId);
  // Last: everybody else waits for the budgets until the commit.
  if (settlement.state !== 'unknown')
    await tx.rows(settleBudgets, before.budgetIds, before.reservedMicros, settlement.chargedMicros);
  return true;
}

/** Calls whose maker is gone before they were let go: nothing left, so nothing was charged. A transaction of its own: budgets come last. */
export async function releaseUnsent(tx: Tx, ledgerIds: readonly string[], now: Date): Promise<string[]> {
  const released = await tx.rows(releaseHeld, ledgerIds, now);
  for (const { id } of released) await tx.rows(freeLock, id);
  const backOf = new Map<string, number>();
  for (const { budgetIds, reservedMicros } of released)
    for (const id of budgetIds) backOf.set(id, (backOf.get(id) ?? 0) + reservedMicros);
  for (const [id, micros] of [...backOf].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    await tx.rows(settleBudgets, [id], micros, 0);
  return released.map(({ id }) => id);
}

/** Calls whose maker is gone: whether they were charged is unknown, and they are not made again. Parked ones are their ticket's. */
export async function markInterrupted(tx: Tx, ledgerIds: readonly string[], now: Date): Promise<number> {
  return (await tx.rows(markUnknown, ledgerIds, now)).length;
}
