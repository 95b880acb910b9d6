import { emitEvents } from '@penstock/store/outbox';
import type { Tx } from '@penstock/store/tx';

import { giveBackAll } from './queue-statements.ts';
import type { ItemsReleased } from './release-expired-claims.ts';

/** A member has left: their claims end, and their items are nobody's, so that somebody else meets them in the queue. */
export async function giveBackItems(
  tx: Tx,
  memberId: string,
  now: Date,
  onReleased: ItemsReleased,
): Promise<void> {
  const items = await tx.rows(giveBackAll, memberId, now);
  const leadIds = items.flatMap((item) => (item.wasClaimed && item.leadId !== null ? [item.leadId] : []));
  await onReleased(tx, leadIds, now);
  await emitEvents(
    tx,
    now,
    items.map((item) => ({
      kind: 'queue.item.changed' as const,
      payload: { itemId: item.id, leadId: item.leadId },
    })),
  );
}
