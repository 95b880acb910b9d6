import type { Store } from '@penstock/store/store';

import { markInterrupted } from './ledger.ts';

/** A call that was reserved long ago and never settled: whoever made it is gone, so whether it was charged is unknown. */
export async function markStranded(
  store: Store,
  call: { workspaceId: string; ledgerId: string },
  now: Date,
): Promise<void> {
  await store.inWorkspace(call.workspaceId, (tx) => markInterrupted(tx, [call.ledgerId], now));
}
