import { isConnectionFault } from '@penstock/kernel/database-fault';
import { DomainError } from '@penstock/kernel/domain-error';
import { eventValues } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import type { Tx } from '@penstock/store/tx';

import { auditColumns, insertAuditsAndEvents } from './audit.ts';
import type { Actor } from './model/actor.ts';
import type { Caller, Change, OperationDeps } from './operation.ts';

type Together<Input, Output> = {
  name: string;
  together?: (
    context: { tx: Tx; now: Date },
    asked: readonly { actor: Actor; input: Input }[],
  ) => Promise<(Change<Output> | DomainError)[]>;
};
type Waiting = {
  caller: Caller;
  input: unknown;
  resolve: (output: unknown) => void;
  reject: (error: unknown) => void;
};
type Line = { waiting: Waiting[]; underWay: number };

/** One is prepared while another waits for its locks and its commit. */
const AT_ONCE = 2;
const MOST_TOGETHER = 64;

const lines = new WeakMap<Store, Map<string, Line>>();

/** Alone, one is served at once; in a crowd, those who come while others are served are served together, with one commit. */
export function changeTogether<Input, Output>(
  deps: OperationDeps,
  caller: Caller,
  operation: Together<Input, Output>,
  input: Input,
): Promise<Output> {
  const ofStore = lines.get(deps.store) ?? new Map<string, Line>();
  lines.set(deps.store, ofStore);
  const key = `${caller.actor.workspaceId} ${operation.name}`;
  const line = ofStore.get(key) ?? { waiting: [], underWay: 0 };
  ofStore.set(key, line);
  const advance = (): void => {
    if (line.underWay >= AT_ONCE || line.waiting.length === 0) return;
    line.underWay += 1;
    void serve(deps, operation, line.waiting.splice(0, MOST_TOGETHER)).finally(() => {
      line.underWay -= 1;
      if (line.underWay === 0 && line.waiting.length === 0) ofStore.delete(key);
      else advance();
    });
  };
  return new Promise((resolve, reject) => {
    // Safe: what waits in the line of an operation is its own.
    line.waiting.push({ caller, input, resolve: (output) => resolve(output as Output), reject });
    // Who comes in this very turn of the event loop comes along.
    setImmediate(advance);
  });
}

async function serve<Input, Output>(
  deps: OperationDeps,
  operation: Together<Input, Output>,
  all: readonly Waiting[],
): Promise<void> {
  const [first] = all;
  if (!first || !operation.together) return;
  const { together } = operation;
  const now = deps.clock.now();
  // Safe: see above.
  const asked = all.map(({ caller, input }) => ({ actor: caller.actor, input: input as Input }));
  try {
    const made = await deps.store.inWorkspace(first.caller.actor.workspaceId, async (tx) => {
      const changes = await together({ tx, now }, asked);
      leaveBehind(tx, now, all, changes);
      return changes;
    });
    for (const [at, { resolve, reject }] of all.entries()) {
      const change = made[at];
      if (change === undefined || change instanceof DomainError) reject(change);
      else resolve(change.output);
    }
  } catch (error) {
    // After a broken connection nobody knows whether it was committed; else each finds out whose fault it was.
    if (all.length === 1 || isConnectionFault(error)) for (const { reject } of all) reject(error);
    else for (const one of all) await serve(deps, operation, [one]);
  }
}

/** Who did what, and what others should know: written by the commit. */
function leaveBehind(
  tx: Tx,
  now: Date,
  all: readonly Waiting[],
  changes: readonly (Change<unknown> | DomainError)[],
): void {
  const made = all.flatMap(({ caller }, at) => {
    const change = changes[at];
    return change === undefined || change instanceof DomainError ? [] : [{ caller, change }];
  });
  const notes = made.flatMap(({ caller, change }) =>
    change.audit ? [{ who: caller, note: change.audit }] : [],
  );
  const events = made.flatMap(({ change }) => change.events ?? []);
  if (notes.length > 0)
    tx.byCommit(insertAuditsAndEvents, ...auditColumns(now, notes), ...eventValues(now, events));
}
