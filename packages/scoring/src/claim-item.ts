import { DomainError } from '@penstock/kernel/domain-error';
import type { Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';

import type { QueueItemView } from './queue-item-view.ts';
import { claimItem } from './queue-statements.ts';
import { readItemFor } from './operations/get-queue-item.ts';

/** A claim that is not renewed by work ends after this. */
export const CLAIM_LEASE_MS = 30 * 60_000;

/**
 * Takes an item for oneself (or renews one's lease). Two people pressing at once: one gets it, the other is told who.
 * @throws DomainError `forbidden` for a program, `conflict` with `claimedBy` and `claimedByName`
 */
export async function claimFor(tx: Tx, actor: Actor, id: string, now: Date): Promise<QueueItemView> {
  if (actor.kind !== 'member') {
    await readItemFor(tx, actor, id, now);
    throw new DomainError('forbidden', 'Only a person can claim an item.');
  }
  const expiresAt = new Date(now.getTime() + CLAIM_LEASE_MS);
  // Sent together: whoever was faster has committed by the time the item is read. Who does not see it is refused by its read.
  const [[claimed], item] = await Promise.all([
    tx.rows(claimItem, id, actor.id, now, expiresAt, actor.visibleOwnerIds),
    readItemFor(tx, actor, id, now),
  ]);
  if (claimed) return item;
  const holder = item.claim;
  throw new DomainError(
    'conflict',
    holder ? `${holder.name} was faster and is working on it.` : 'This item is not open any more.',
    {
      details: holder ? { claimedBy: holder.memberId, claimedByName: holder.name } : {},
    },
  );
}
