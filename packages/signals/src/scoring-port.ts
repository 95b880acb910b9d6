import type { Tx } from '@penstock/store/tx';

import type { RecordedSignal } from './record-signals.ts';

/** What signals cause in the same transaction. Implemented by scoring. */
export type ScoringPort = {
  /** Keeps the accounts' signals and scores from others until the transaction ends. Comes before whatever changes several of them. */
  lock: (tx: Tx, accountIds: readonly string[]) => Promise<void>;
  /** Moves masses, scores and queue entries of the accounts. */
  onRecorded: (tx: Tx, recorded: readonly RecordedSignal[], now: Date) => Promise<void>;
  /** Rebuilds the masses of accounts some of whose signals were taken back; what nobody has taken up leaves the queue where nothing speaks for it any more. */
  onWithdrawn: (tx: Tx, accountIds: readonly string[], now: Date) => Promise<void>;
  /** Rebuilds the masses of the account from its signals. */
  onCorrected: (tx: Tx, accountId: string, now: Date) => Promise<void>;
};
