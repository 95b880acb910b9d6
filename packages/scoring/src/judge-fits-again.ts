import type { Store } from '@penstock/store/store';

import { refreshScores } from './rescore.ts';
import { forgetFitsOfOtherVersions } from './version-statements.ts';

/** Judges fits again whose time has come: a behaviour that lies too far back now, values that ran out, people who came and went. */
export async function judgeFitsAgain(
  store: Store,
  due: readonly { workspaceId: string; accountId: string }[],
  now: Date,
): Promise<void> {
  for (const [workspaceId, accounts] of Map.groupBy(due, (one) => one.workspaceId)) {
    const ids = accounts.map(({ accountId }) => accountId).toSorted();
    await store.inWorkspace(workspaceId, async (tx) => {
      await refreshScores(tx, ids, now);
      await tx.rows(forgetFitsOfOtherVersions, ids);
    });
  }
}
