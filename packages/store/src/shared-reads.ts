import { DomainError } from '@penstock/kernel/domain-error';

import type { Tx } from './tx.ts';

/** What those have in common who read the same of one snapshot. */
export type Common = {
  /** True if somebody else reads from this snapshot. */
  readonly isShared: boolean;
  /** What the first who asks for it makes; the same for everybody else. Nobody may change it. */
  once<Made>(key: string, make: () => Made): Made;
};

type Reading = <Result>(workspaceId: string, work: (tx: Tx) => Promise<Result>) => Promise<Result>;
export type ReadTogether = <Result>(
  workspaceId: string,
  what: string,
  work: (tx: Tx, common: Common) => Promise<Result>,
) => Promise<Result>;

/** Somebody who waits for the next snapshot. */
type Waiting = {
  /** Does nothing for whoever has an answer already; fails with what is wrong with the snapshot itself. */
  run: (tx: Tx, common: Common) => Promise<void>;
  alone: () => void;
  fail: (error: unknown) => void;
};
type Line = { waiting: Waiting[]; underWay: number };

/** Snapshots of the same thing that are read at once. */
const AT_ONCE = 1;

/**
 * Readers of the same thing who come while it is being read wait for the next snapshot, and read it together: what they have in common is read
 * and computed once. Nobody joins a snapshot that was begun before they asked, so everybody sees what they did before. Alone, one reads at once.
 */
export function sharedReads(reading: Reading): ReadTogether {
  const lines = new Map<string, Line>();
  const advance = (workspaceId: string, key: string, line: Line): void => {
    if (line.underWay >= AT_ONCE || line.waiting.length === 0) return;
    line.underWay += 1;
    void readAll(reading, workspaceId, () => line.waiting.splice(0)).finally(() => {
      line.underWay -= 1;
      if (line.underWay === 0 && line.waiting.length === 0) lines.delete(key);
      else advance(workspaceId, key, line);
    });
  };
  return (workspaceId, what, work) =>
    new Promise((resolve, reject) => {
      const key = `${workspaceId} ${what}`;
      const line = lines.get(key) ?? { waiting: [], underWay: 0 };
      lines.set(key, line);
      let answered = false;
      line.waiting.push({
        async run(tx, common) {
          if (answered) return;
          try {
            resolve(await work(tx, common));
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
            reject(error);
          }
          answered = true;
        },
        alone() {
          if (!answered) reading(workspaceId, (tx) => work(tx, commonOf(false))).then(resolve, reject);
        },
        fail: reject,
      });
      advance(workspaceId, key, line);
    });
}

/** Whoever comes until the snapshot is begun is taken along. */
async function readAll(reading: Reading, workspaceId: string, take: () => Waiting[]): Promise<void> {
  let taken: Waiting[] | undefined;
  try {
    await reading(workspaceId, async (tx) => {
      const all = (taken ??= take());
      const common = commonOf(all.length > 1);
      await Promise.all(all.map((one) => one.run(tx, common)));
    });
  } catch (error) {
    const all = (taken ??= take());
    // The fault of one has ended the snapshot of all: each finds out whose it was.
    if (all.length > 1) for (const { alone } of all) alone();
    else for (const { fail } of all) fail(error);
  }
}

/** What has been made is kept while its snapshot is read. */
export function commonOf(isShared: boolean): Common {
  const made = new Map<string, unknown>();
  return {
    isShared,
    once<Made>(key: string, make: () => Made): Made {
      if (!made.has(key)) made.set(key, make());
      // Safe: a key is given to one kind of thing only.
      return made.get(key) as Made;
    },
  };
}
