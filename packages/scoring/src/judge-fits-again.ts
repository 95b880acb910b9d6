import type { Store } from '@penstock/store/store';

import { lockAccounts, refreshScores } from './rescore.ts';
import { refreshStandings } from './standing.ts';
import { whoseStandingIsKept } from './standing-statements.ts';
import { forgetFitsOfOtherVersions } from './version-statements.ts';

/**
 * Judges fits again whose time has come: a behaviour that lies too far back now, values that ran out, people who came and went,
 * titles that are read by other rules. What the accounts' dealings count for follows, where they have any.
 */
export async function judgeFitsAgain(
  store: Store,
  due: readonly { workspaceId: string; accountId: string }[],
  now: Date,
): Promise<void> {
  for (const [workspaceId, accounts] of Map.groupBy(due, (one) => one.workspaceId)) {
    const ids = accounts.map(({ accountId }) => accountId).toSorted();
    await store.inWorkspace(workspaceId, async (tx) => {
      const kept = new Set((await tx.rows(whoseStandingIsKept, ids)).map(({ accountId }) => accountId));
      await lockAccounts(tx, ids);
      await refreshStandings(tx, [...kept], now);
      await refreshScores(
        tx,
        ids.filter((id) => !kept.has(id)),
        now,
      );
      await tx.rows(forgetFitsOfOtherVersions, ids);
    });
  }
}
