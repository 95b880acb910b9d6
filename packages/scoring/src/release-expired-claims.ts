import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import type { Tx } from '@penstock/store/tx';

import { releaseExpired } from './queue-statements.ts';

/** Implemented by engagement: the leads of these items wait for somebody again. */
export type ItemsReleased = (tx: Tx, leadIds: readonly string[], now: Date) => Promise<void>;

/** Gives back items whose lease ran out and wakes those whose snooze ended. */
export async function releaseExpiredClaims(
  store: Store,
  workspaceId: string,
  itemIds: readonly string[],
  now: Date,
  onReleased: ItemsReleased,
): Promise<number> {
  return store.inWorkspace(workspaceId, async (tx) => {
    const released = await tx.rows(releaseExpired, itemIds, now);
    const leadIds = released.flatMap((item) => (item.leadId === null ? [] : [item.leadId]));
    await onReleased(tx, leadIds, now);
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
