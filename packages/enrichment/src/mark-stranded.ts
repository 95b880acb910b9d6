import type { Store } from '@penstock/store/store';

import { markInterrupted, releaseUnsent } from './ledger.ts';

/**
 * A call that was reserved long ago and never settled: whoever made it is gone. One that was never let go can't have been charged; of any
 * other nobody knows.
 */
export async function markStranded(
  store: Store,
  call: { workspaceId: string; ledgerId: string },
  now: Date,
): Promise<void> {
  const { workspaceId, ledgerId } = call;
  const released = await store.inWorkspace(workspaceId, (tx) => releaseUnsent(tx, [ledgerId], now));
  if (released.length === 0)
    await store.inWorkspace(workspaceId, (tx) => markInterrupted(tx, [ledgerId], now));
}
