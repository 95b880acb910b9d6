import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import type { LedgerState, SettledBudgets } from './ledger.ts';
import { makeBudgets } from './make-budgets.ts';
import {
  BUDGET_WORDS,
  recordBudget,
  sharedBudgets,
  type BudgetScope,
  type WantedBudget,
} from './model/budgets.ts';

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
  /** Budgets that it shares besides; left out for none. The last is that of a run or a search. */
  campaignId?: string | null;
  budgetRunId?: string | null;
  credentialId: string;
  provider: string;
  capability: string;
  /** What it is made for, and after how many others of its kind: 1 for the first. */
  wanted: readonly string[];
  position: number;
  priceMicros: number;
  /** What the record may cost; null where it has no budget of its own. */
  ceilingMicros: number | null;
  /** Another budget that pays, such as that of champions of a tier; its limit is in force from now on. */
  checks?: { period: string; limitMicros: number };
  now: Date;
};

export type Reservation =
  | { kind: 'granted'; ledgerId: string }
  /** The same call was made before, or is being made right now by somebody else. */
  | { kind: 'known'; ledgerId: string; state: LedgerState }
  | { kind: 'stopped' };

/** In words: the budget that a call had no room in. */
export const budgetWords = (scope: BudgetScope): string =>
  `The ${BUDGET_WORDS[scope]} budget has no room for this call. Raise it or wait for the next period.`;

export class BudgetExhaustedError extends DomainError {
  readonly scope: BudgetScope;

  constructor(scope: BudgetScope) {
    super('budget_exhausted', budgetWords(scope));
    this.scope = scope;
  }
}

export const readStopped = statement<{ stopped: boolean }>(
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
/** A lock without its call was taken a moment ago by another turn of this very transaction: calls are written last. */
const readByKey = statement<{ ledgerId: string; state: LedgerState }>(
  'ledger_by_call_key',
  `select k.ledger_id as "ledgerId", coalesce(l.state, 'reserved') as state
   from spend_call_key k left join spend_ledger l on l.workspace_id = k.workspace_id and l.id = k.ledger_id
   where k.workspace_id = $1 and k.call_key = $2`,
);
/** Each by its key: there is a budget for every person. */
const readBudgets = statement<BudgetOfCall>(
  'read_budgets',
  `select b.id, w.scope from unnest($2::text[], $3::text[]) as w (scope, period)
   cross join lateral (select id from budget where workspace_id = $1 and scope = w.scope and period = w.period offset 0) b`,
);
/**
 * Budgets come last, in the order of their ids: whoever else wants them waits until the commit, which is on its way behind this statement.
 * What was settled in this transaction is applied; the call's row and its step are written if all its budgets have room for it, or else its
 * lock is given back.
 */
const grantCall = statement<{ refused: BudgetScope | null }>(
  'grant_call',
  `with change as materialized (select * from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::boolean[]) as c (id, reserved, charged, pays)),
   locked as materialized (
     select id, scope, limit_micros - reserved_micros - charged_micros as room from budget where workspace_id = $1 and id = any($2::uuid[]) order by scope <> 'record', id for update),
   refused as materialized (select l.scope from locked l join change c on c.id = l.id where c.pays and l.room - c.reserved - c.charged < $14 order by l.scope limit 1),
   changed as (
     update budget b set charged_micros = b.charged_micros + c.charged,
       reserved_micros = b.reserved_micros + c.reserved + case when c.pays and not exists (select from refused) then $14 else 0 end
     from locked l join change c on c.id = l.id where b.workspace_id = $1 and b.id = l.id),
   granted as (
     insert into spend_ledger (workspace_id, id, call_key, run_id, person_id, credential_id, provider, capability, state, reserved_micros, budget_ids, reserved_at, wanted, position)
     select $1, $6::uuid, $7, $8::uuid, $9::uuid, $10::uuid, $11, $12, 'reserved', $14, array(select id from change where pays), $15::timestamptz, $13::text[], $16 where not exists (select from refused)),
   told as (
     insert into waterfall_step (workspace_id, id, run_id, seq, provider, capability, wanted, decision, reason, outcome, ledger_id, occurred_at)
     select $1, $17::uuid, $8::uuid, (select coalesce(max(seq), 0) + 1 from waterfall_step where workspace_id = $1 and run_id = $8::uuid), $11, $12, $13::text[], 'asked', $18, '', $6::uuid, $15::timestamptz
     where $17::uuid is not null and not exists (select from refused)),
   freed as (delete from spend_call_key where workspace_id = $1 and call_key = regexp_replace($7, '/[^/]*$', '') and ledger_id = $6::uuid and exists (select from refused))
   select (select scope from refused) as refused`,
);
/** A budget that a call is paid from. */
export type BudgetOfCall = { id: string; scope: BudgetScope };
/** What a call is paid from besides its record's own budget. */
type Payer = Pick<
  CallToReserve,
  'personId' | 'teamId' | 'campaignId' | 'budgetRunId' | 'ceilingMicros' | 'checks' | 'now'
>;

const wantedBudgets = ({
  personId,
  teamId,
  campaignId = null,
  budgetRunId = null,
  ceilingMicros,
  checks,
  now,
}: Payer): WantedBudget[] => [
  ...sharedBudgets({ teamId, campaignId, runId: budgetRunId }, now),
  ...(checks ? [{ scope: 'checks' as const, ...checks }] : []),
  ...(ceilingMicros === null ? [] : [recordBudget(personId, ceilingMicros)]),
];

const find = (tx: Tx, wanted: readonly WantedBudget[]): Promise<BudgetOfCall[]> =>
  tx.rows(
    readBudgets,
    wanted.map(({ scope }) => scope),
    wanted.map(({ period }) => period),
  );

/** The budgets that calls for a person are paid from, those that exist. */
export const readBudgetsOf = (tx: Tx, payer: Payer): Promise<BudgetOfCall[]> =>
  find(tx, wantedBudgets(payer));

/** @param known those that were read in this transaction */
async function budgetsFor(
  tx: Tx,
  payer: Payer,
  known: readonly BudgetOfCall[],
): Promise<readonly BudgetOfCall[]> {
  const wanted = wantedBudgets(payer);
  if (known.length === wanted.length) return known;
  const missing = wanted.filter(({ scope }) => !known.some((one) => one.scope === scope));
  // Two statements: only a view taken afterwards shows what somebody else has made at the same time.
  const [, made] = await Promise.all([makeBudgets(tx, missing, payer.now), find(tx, wanted)]);
  invariant(made.length === wanted.length, 'a call has all its budgets');
  return made;
}

export type Claim =
  | { kind: 'claimed'; ledgerId: string; budgets: readonly BudgetOfCall[] }
  /** The same call was made before, or is being made right now by somebody else. */
  | { kind: 'known'; ledgerId: string; state: LedgerState };

/** Takes the lock of a call. What follows it is `grantClaimed`, as the last statement of the transaction. */
export async function claimCall(
  tx: Tx,
  call: CallToReserve,
  knownBudgets: readonly BudgetOfCall[],
): Promise<Claim> {
  const ledgerId = newId(call.now);
  for (;;) {
    if ((await tx.rows(claimLock, call.lockKey, ledgerId, call.chargedSince)).length > 0) break;
    const known = await maybeOne(tx, readByKey, call.lockKey);
    // Given back between the two statements: claim it again.
    if (known) return { kind: 'known', ...known };
  }
  return { kind: 'claimed', ledgerId, budgets: await budgetsFor(tx, call, knownBudgets) };
}

/**
 * Reserves the money of a claimed call together with what was settled before it, and writes its row and its step.
 * @returns once the transaction is committed: the budget that has no room for the call, or null if it was granted
 */
export function grantClaimed(
  tx: Tx,
  call: CallToReserve,
  claim: Extract<Claim, { kind: 'claimed' }>,
  step: { id: string; reason: string } | null,
  settled: SettledBudgets = new Map(),
): { refused: Promise<BudgetScope | null> } {
  const pays = new Set(claim.budgets.map(({ id }) => id));
  const ids = [...new Set([...pays, ...settled.keys()])];
  const { rows } = tx.byCommit(
    grantCall,
    ids,
    ids.map((id) => settled.get(id)?.reserved ?? 0),
    ids.map((id) => settled.get(id)?.charged ?? 0),
    ids.map((id) => pays.has(id)),
    claim.ledgerId,
    call.callKey,
    call.runId,
    call.personId,
    call.credentialId,
    call.provider,
    call.capability,
    call.wanted,
    call.priceMicros,
    call.now,
    call.position,
    step?.id ?? null,
    step?.reason ?? '',
  );
  const refused = rows.then(([row]) => row?.refused ?? null);
  // Whoever waits for the commit hears of its fault.
  refused.catch(() => undefined);
  return { refused };
}

/**
 * Reserves money for one call, before it is made, in a transaction of its own.
 * @throws BudgetExhaustedError; nothing is kept then
 */
export async function reserveCall(
  store: Pick<Store, 'inWorkspace'>,
  workspaceId: string,
  call: CallToReserve,
): Promise<Reservation> {
  const made = await store.inWorkspace(workspaceId, async (tx) => {
    const [{ stopped }, budgets] = await Promise.all([one(tx, readStopped), readBudgetsOf(tx, call)]);
    if (stopped) return { kind: 'stopped' } as const;
    const claim = await claimCall(tx, call, budgets);
    return claim.kind === 'known' ? claim : { ...claim, ...grantClaimed(tx, call, claim, null) };
  });
  if (made.kind !== 'claimed') return made;
  const refused = await made.refused;
  if (refused !== null) throw new BudgetExhaustedError(refused);
  return { kind: 'granted', ledgerId: made.ledgerId };
}
