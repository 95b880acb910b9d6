import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';

import { releaseExpired } from './queue-statements.ts';

/** Gives back items whose lease ran out and wakes those whose snooze ended. */
export async function releaseExpiredClaims(
  store: Store,
  workspaceId: string,
  itemIds: readonly string[],
  now: Date,
): Promise<number> {
  return store.inWorkspace(workspaceId, async (tx) => {
    const released = await tx.rows(releaseExpired, itemIds, now);
    await emitEvents(
      tx,
      now,
      released.map((item) => ({
        kind: 'queue.item.changed' as const,
        payload: { itemId: item.id, leadId: item.leadId },
      })),
    );
    return released.length;
  });
}
