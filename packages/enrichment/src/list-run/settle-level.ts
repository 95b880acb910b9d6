import { newId } from '@penstock/kernel/ids';
import { ProviderError } from '@penstock/kernel/provider-error';
import { ahead, type Tx } from '@penstock/store/tx';

import { refusesKey } from '../model/keys.ts';
import { PASSING_FAULTS } from '../model/passing-faults.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { ProviderAnswer } from '../provider-port.ts';
import { chargeOf, describe, observed, toldBy } from '../settle-answer.ts';
import { lockOf } from '../waterfall-run.ts';
import { expiryOf, keepObservations, type ObservedOf } from './insert-observations.ts';
import * as sql from './list-run-statements.ts';
import type { ReservedCall } from './reserve-level.ts';

export type AnsweredCall = {
  call: ReservedCall;
  answer: ProviderAnswer | ProviderError;
  latencyMs: number | null;
};
/** Its vendor has taken it and answers later. */
export type ParkedCall = { call: ReservedCall; lookAfterMs: number };

const DEFAULT_RETRY_MS = 30_000;

/**
 * What many calls cost and told; the records know it as soon as this has returned, while the statements are under way. Settling twice changes nothing.
 * @returns how the budgets change by it: the caller applies that last, together with what it reserves
 */
export function settleLevel(
  tx: Tx,
  waterfall: Waterfall,
  answered: readonly AnsweredCall[],
  now: Date,
): Promise<SettledLevel> {
  if (answered.length === 0) return Promise.resolve(NOTHING_SETTLED);
  const made = answered.map(({ call, answer, latencyMs }) => ({
    call,
    answer,
    latencyMs,
    charge: chargeOf(answer, call.next.capability),
    outcome: describe(answer).slice(0, 300),
    told: toldBy(answer),
  }));
  const ids = made.map(({ call }) => call.ledgerId);
  const settled = tx.rows(
    sql.settleLedgers,
    ids,
    made.map(({ charge }) => charge.state),
    made.map(({ charge }) => charge.chargedMicros),
    made.map(({ charge }) => charge.vendorCredits),
    made.map(({ outcome }) => outcome),
    made.map(({ latencyMs }) => latencyMs),
    made.map(({ charge }) => charge.answered),
    now,
    made.map(({ told }) => told.gave.join(',')),
    made.map(({ told }) => told.verdict),
    ids.reduce((a, b) => (b < a ? b : a)),
    ids.reduce((a, b) => (b > a ? b : a)),
  );
  const chargeOfMade = new Map(made.map(({ call, charge }) => [call.ledgerId, charge]));
  const released = made.filter(({ charge }) => charge.state === 'released');
  if (released.length > 0)
    tx.byCommit(
      sql.freeLocks,
      released.map(({ call }) => lockOf(call.callKey)),
      released.map(({ call }) => call.ledgerId),
    );
  keepAnswers(tx, waterfall, made, now);
  return ahead(settled.then((rows) => budgetChanges(rows, chargeOfMade)));
}

type Charge = ReturnType<typeof chargeOf>;

/** How budgets change: what is reserved beside, and what is charged, in micro-dollars. */
export type BudgetChanges = Map<string, { reserved: number; charged: number }>;

/** What settling changes: in budgets that calls have with others, and in those of their records. */
export type SettledLevel = { shared: BudgetChanges; records: BudgetChanges };
const NOTHING_SETTLED: SettledLevel = { shared: new Map(), records: new Map() };

export function changeBudget(changes: BudgetChanges, id: string, reserved: number, charged: number): void {
  const change = changes.get(id);
  if (change) {
    change.reserved += reserved;
    change.charged += charged;
  } else changes.set(id, { reserved, charged });
}

function budgetChanges(
  settled: readonly { id: string; reservedMicros: number; budgetIds: string[] }[],
  chargeOfLedger: ReadonlyMap<string, Charge>,
): SettledLevel {
  const changes: SettledLevel = { shared: new Map(), records: new Map() };
  for (const row of settled) {
    const charge = chargeOfLedger.get(row.id);
    // An unknown call keeps its reservation until it is reconciled.
    if (!charge || charge.state === 'unknown') continue;
    for (const [at, id] of row.budgetIds.entries()) {
      const isRecord = at === row.budgetIds.length - 1;
      changeBudget(
        isRecord ? changes.records : changes.shared,
        id,
        -row.reservedMicros,
        charge.chargedMicros,
      );
    }
  }
  return changes;
}

function keepAnswers(
  tx: Tx,
  waterfall: Waterfall,
  made: readonly (AnsweredCall & { charge: Charge })[],
  now: Date,
): void {
  const expiresAt = expiryOf(waterfall, now);
  const rows: ObservedOf[] = [];
  for (const { call, answer, charge } of made)
    for (const told of observed(answer, call.next, call.known)) {
      const { field, value, provider, confidence, verification, lineType } = told;
      const from = { id: newId(now), personId: call.record.person.id, ledgerId: call.ledgerId };
      const said = { field, value, provider, confidence, verification, lineType };
      const row = { ...from, ...said, costMicros: charge.chargedMicros, occurredAt: now, expiresAt };
      rows.push(row);
      call.record.observations.push(row);
    }
  keepObservations(tx, rows, now);
  for (const one of made) remember(one, waterfall, now);
}

/** The record knows that an answer is still to come. */
export function rememberParked({ call, lookAfterMs }: ParkedCall, now: Date): void {
  const { record, next, ledgerId, callKey } = call;
  record.lookAfterMs = Math.min(record.lookAfterMs ?? lookAfterMs, lookAfterMs);
  record.calls.push({
    ledgerId,
    callKey,
    runId: '',
    state: 'reserved',
    answered: false,
    chargedMicros: 0,
    reservedMicros: next.priceMicros,
    reservedAt: now,
    parked: true,
  });
  record.trace.push({
    provider: next.provider,
    capability: next.capability.id,
    decision: 'asked',
    reason: next.reason,
    ledgerId,
  });
}

function remember(
  { call, answer, charge }: AnsweredCall & { charge: Charge },
  waterfall: Waterfall,
  now: Date,
): void {
  const { record, next } = call;
  const asksAgain = answer instanceof ProviderError && call.spare && refusesKey(answer.fault);
  if (asksAgain) record.refusedKeys.add(call.credential.id);
  else if (answer instanceof ProviderError && PASSING_FAULTS.has(answer.fault)) {
    record.retryAfterMs = Math.max(record.retryAfterMs ?? 0, answer.retryAfterMs ?? DEFAULT_RETRY_MS);
    record.waits = answer.fault === 'not_sent' || waterfall.whenLimited === 'wait';
    // It never left: nothing was asked.
    if (answer.fault === 'not_sent') return;
  }
  record.calls.push({
    ledgerId: call.ledgerId,
    callKey: call.callKey,
    runId: '',
    state: charge.state,
    answered: charge.answered,
    chargedMicros: charge.chargedMicros,
    reservedMicros: next.priceMicros,
    reservedAt: now,
    parked: false,
  });
  record.trace.push({
    provider: next.provider,
    capability: next.capability.id,
    decision: 'asked',
    reason: next.reason,
    ledgerId: call.ledgerId,
  });
  if (answer instanceof ProviderError && !asksAgain)
    record.failed.add(`${next.provider}/${next.capability.id}`);
}
