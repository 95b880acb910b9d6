import { isConnectionFault } from '@penstock/kernel/database-fault';

import { takeDue, type Due } from './due-first.ts';
import type { Statement } from './statement.ts';
import { ahead, type Parameter, type Tx } from './tx.ts';

type InWorkspace = <Result>(workspaceId: string, work: (tx: Tx) => Promise<Result>) => Promise<Result>;
type Together = <Result>(
  workspaceId: string,
  work: (tx: Tx) => Promise<Result>,
  byMs?: number,
) => Promise<Result>;
/** Work that waits for its transaction. */
type Waiting = Due & {
  run: (tx: Tx) => Promise<() => void>;
  alone: () => Promise<void>;
  fail: (error: unknown) => void;
};
type Queue = { waiting: Waiting[]; underWay: number };

/** So many share a transaction at most: a fault makes each of them go by itself. */
const MOST_TOGETHER = 32;
/** One is prepared while another waits for its locks and its commit. */
const AT_ONCE = 2;

/**
 * Short transactions of one workspace that are ready at the same moment become one: what all of them change (the budget of the month) is
 * locked once for all, as the last thing before one commit. Alone, work gets a transaction of its own at once; the more there is to do, the more share one. A
 * fault of one undoes all, and each is then done by itself. Where more is ready than one can take, the nearest time that can still be met goes first.
 */
export function sharedTransactions(inWorkspace: InWorkspace): Together {
  const queues = new Map<string, Queue>();
  const advance = (workspaceId: string, queue: Queue): void => {
    while (queue.underWay < AT_ONCE && queue.waiting.length > 0) {
      queue.underWay += 1;
      void doTogether(
        inWorkspace,
        workspaceId,
        takeDue(queue.waiting, MOST_TOGETHER, performance.now()),
      ).finally(() => {
        queue.underWay -= 1;
        if (queue.underWay === 0 && queue.waiting.length === 0) queues.delete(workspaceId);
        else advance(workspaceId, queue);
      });
    }
  };
  return (workspaceId, work, byMs = Number.POSITIVE_INFINITY) =>
    new Promise((resolve, reject) => {
      const queue = queues.get(workspaceId) ?? { waiting: [], underWay: 0 };
      queues.set(workspaceId, queue);
      queue.waiting.push({
        sinceMs: performance.now(),
        byMs,
        run: async (tx) => {
          const result = await work(tx);
          return () => resolve(result);
        },
        alone: () => inWorkspace(workspaceId, work).then(resolve, reject),
        fail: reject,
      });
      // What becomes ready in this very turn of the event loop comes along.
      setImmediate(() => advance(workspaceId, queue));
    });
}

async function doTogether(
  inWorkspace: InWorkspace,
  workspaceId: string,
  all: readonly Waiting[],
): Promise<void> {
  const [first] = all;
  if (all.length <= 1) return first?.alone();
  try {
    const done = await inWorkspace(workspaceId, async (tx) => {
      const last = sentLast(tx);
      const results = await Promise.all(all.map(({ run }) => run(last.tx)));
      last.send();
      return results;
    });
    for (const tell of done) tell();
  } catch (error) {
    // Whether it was committed is not known then: each finds out for itself.
    if (isConnectionFault(error)) for (const { fail } of all) fail(error);
    else await Promise.all(all.map(({ alone }) => alone()));
  }
}

/** The same transaction; what is to be done by its commit waits until everybody is ready for it. */
function sentLast(tx: Tx): { tx: Tx; send: () => void } {
  const held: (() => void)[] = [];
  return {
    tx: {
      ...tx,
      byCommit<Row>(what: Statement<Row>, ...parameters: Parameter[]) {
        const { promise, resolve } = Promise.withResolvers<Row[]>();
        held.push(() => resolve(tx.byCommit(what, ...parameters).rows));
        // Heard of by the transaction itself.
        return { rows: ahead(promise) };
      },
    },
    send: () => {
      for (const one of held) one();
    },
  };
}
