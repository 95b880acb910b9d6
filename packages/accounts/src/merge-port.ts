import type { Tx } from '@penstock/store/tx';

/** What a merge, or its undoing, causes in later slices, in the same transaction. */
export type MergePort = {
  /** Keeps the accounts' signals and scores from others until the transaction ends. */
  lockAccounts: (tx: Tx, accountIds: readonly string[]) => Promise<void>;
  /** Chooses anew what is shown of the people. */
  onPeople: (tx: Tx, personIds: readonly string[], now: Date) => Promise<void>;
  /** Makes one signal of what tells of one event, and scores the accounts by their signals. */
  onAccounts: (tx: Tx, accountIds: readonly string[], now: Date) => Promise<void>;
  /** Scores accounts whose people have changed. */
  onAccountPeople: (tx: Tx, accountIds: readonly string[], now: Date) => Promise<void>;
};
