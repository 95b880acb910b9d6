import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import type { Tx } from '@penstock/store/tx';

import * as sql from './list-run-statements.ts';
import type { ReservedCall, RunOfLevel } from './reserve-level.ts';
import type { BudgetChanges } from './settle-level.ts';

/** Calls that may be made as far as their records' own budgets are concerned, each with the id of that budget. */
export type HeldCalls = Map<ReservedCall, string>;
type Change = { id: string; reserved: number; charged: number; price: number };

/**
 * Applies what was settled to the budgets of records, and takes the price of the next calls from those that have room for it. The rows are
 * changed at once: nobody reads them before, a change that finds no room does not happen.
 */
export async function holdRecords(
  tx: Tx,
  run: Pick<RunOfLevel, 'recordBudgets' | 'waterfall'>,
  calls: readonly ReservedCall[],
  settled: BudgetChanges,
  now: Date,
): Promise<HeldCalls> {
  const held: HeldCalls = new Map();
  const made = await makeMissing(tx, run, calls, now);
  const left = new Map(settled);
  const wanted = calls.flatMap((call) => {
    const id = idOf(run, call);
    if (!made.has(call)) return [{ call, change: { ...takenFrom(left, id), price: call.next.priceMicros } }];
    if (call.next.priceMicros <= run.waterfall.ceilingMicros) held.set(call, id);
    return [];
  });
  const rest = [...left].map(([id, change]) => ({ id, ...change, price: 0 }));
  const done = await apply(tx, [...wanted.map(({ change }) => change), ...rest]);
  for (const { call, change } of wanted) if (done.has(change.id)) held.set(call, change.id);
  const refused = wanted.filter(({ change }) => !done.has(change.id));
  await apply(
    tx,
    refused.map(({ change }) => ({ ...change, price: 0 })),
  );
  return held;
}

/** Calls that were not granted after all leave their money to the record. */
export async function giveBack(tx: Tx, refused: ReadonlyMap<ReservedCall, string>): Promise<void> {
  await apply(
    tx,
    [...refused].map(([call, id]) => ({ id, reserved: 0, charged: 0, price: -call.next.priceMicros })),
  );
}

/** Each record has a budget from then on; answers the calls whose record had none, their money reserved. */
async function makeMissing(
  tx: Tx,
  run: Pick<RunOfLevel, 'recordBudgets' | 'waterfall'>,
  calls: readonly ReservedCall[],
  now: Date,
): Promise<Set<ReservedCall>> {
  const missing = calls.filter((call) => !run.recordBudgets.has(personOf(call)));
  if (missing.length === 0) return new Set();
  const rows = await tx.rows(
    sql.makeRecordBudgets,
    missing.map(() => newId(now)),
    missing.map(personOf),
    missing.map((call) => call.next.priceMicros),
    run.waterfall.ceilingMicros,
  );
  for (const { id, period } of rows) run.recordBudgets.set(period, id);
  const made = new Set(missing.filter((call) => run.recordBudgets.has(personOf(call))));
  const others = missing.filter((call) => !made.has(call)).map(personOf);
  if (others.length === 0) return made;
  const found = await tx.rows(
    sql.findBudgets,
    others.map(() => 'record'),
    others,
  );
  for (const { id, period } of found) run.recordBudgets.set(period, id);
  return made;
}

async function apply(tx: Tx, changes: readonly Change[]): Promise<Set<string>> {
  // In one order for everybody.
  const sorted = changes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return new Set();
  const rows = await tx.rows(
    sql.changeRecordBudgets,
    sorted.map(({ id }) => id),
    sorted.map(({ reserved }) => reserved),
    sorted.map(({ charged }) => charged),
    sorted.map(({ price }) => price),
    first.id,
    last.id,
  );
  return new Set(rows.map(({ id }) => id));
}

/** What was settled of a budget, which nobody else applies then. */
function takenFrom(left: BudgetChanges, id: string): Omit<Change, 'price'> {
  const change = left.get(id) ?? { reserved: 0, charged: 0 };
  left.delete(id);
  return { id, ...change };
}

const personOf = ({ record }: ReservedCall): string => record.person.id;

function idOf({ recordBudgets }: Pick<RunOfLevel, 'recordBudgets'>, call: ReservedCall): string {
  const id = recordBudgets.get(personOf(call));
  invariant(id, 'there is a budget for the record');
  return id;
}
