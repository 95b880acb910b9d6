import { newId } from '@penstock/kernel/ids';

import type { Asked } from './ask-provider.ts';
import { setLimit } from './budget-statements.ts';
import type { Caller } from './call-gate/door.ts';
import { priceMicros } from './model/planner.ts';
import { BudgetExhaustedError, reserveCall, type Reservation } from './reserve-call.ts';
import type { WaterfallDeps } from './waterfall-run.ts';

/** Nobody waits for what the product asks by itself: it lets everything else go first, and comes again later. */
export const CHECKER: Caller = {
  patience: { pacedMs: 20_000, blockedMs: 1_000 },
  urgent: false,
  held: [],
};

/** A question that the product asks by itself, and is not paid for twice. */
export type Check = {
  lockKey: string;
  /** Whom or which company it is about. */
  subjectId: string;
  /** A question that was charged before this may be paid for again. */
  paidSince: Date;
  budget: { period: string; limitMicros: number };
};

/** Reserves its money beside its own budget of the month; a sentence says why nobody is asked. */
export async function reserveCheck(
  { store, clock }: Pick<WaterfallDeps, 'store' | 'clock'>,
  workspaceId: string,
  { adapter, capability, credential }: Asked,
  { lockKey, subjectId, budget, paidSince }: Check,
): Promise<Extract<Reservation, { kind: 'granted' }> | string> {
  const now = clock.now();
  await store.inWorkspace(workspaceId, (tx) =>
    tx.rows(setLimit, newId(now), 'checks', budget.period, budget.limitMicros),
  );
  try {
    const reservation = await reserveCall(store, workspaceId, {
      lockKey,
      callKey: `${lockKey}/${capability.id}`,
      chargedSince: paidSince,
      runId: newId(now),
      personId: subjectId,
      teamId: null,
      credentialId: credential.id,
      provider: adapter.manifest.id,
      capability: capability.id,
      wanted: [],
      position: 1,
      priceMicros: priceMicros(capability),
      ceilingMicros: null,
      checks: budget,
      now,
    });
    if (reservation.kind === 'granted') return reservation;
    if (reservation.kind === 'stopped') return 'paid calls are stopped in this workspace';
    return reservation.state === 'charged' || reservation.state === 'reconciled'
      ? 'it was asked and paid for already'
      : 'its last question is of unknown charge: settle it under Spending first';
  } catch (error) {
    if (!(error instanceof BudgetExhaustedError)) throw error;
    return error.message;
  }
}
