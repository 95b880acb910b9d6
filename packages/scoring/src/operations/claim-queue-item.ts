import { DomainError } from '@penstock/kernel/domain-error';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { QueueItem } from '../contracts.ts';
import { claimItem } from '../queue-statements.ts';
import { readItemFor } from './get-queue-item.ts';

/** A claim that is not renewed by work ends after this. */
export const CLAIM_LEASE_MS = 30 * 60_000;

/** Takes an item for oneself. Two people pressing at once: one gets it, the other is told who. */
export const claimQueueItem = command({
  name: 'queue.claim',
  lane: 'hot',
  permission: 'queue.work',
  summary: 'Take an item: a lease of 30 minutes, renewed by claiming again.',
  input: z.object({ id: z.uuid() }),
  output: QueueItem,
  async run({ tx, actor, now }, input) {
    const before = await readItemFor(tx, actor, input.id, now);
    const expiresAt = new Date(now.getTime() + CLAIM_LEASE_MS);
    const [claimed] = await tx.rows(claimItem, input.id, actor.id, now, expiresAt);
    if (!claimed) {
      const holder = (await readItemFor(tx, actor, input.id, now)).claim;
      throw new DomainError('conflict', holder ? `${holder.name} was faster and is working on it.` : 'This item is not open any more.', {
        details: holder ? { claimedBy: holder.memberId, claimedByName: holder.name } : {},
      });
    }
    return {
      output: await readItemFor(tx, actor, input.id, now),
      audit: { action: 'queue.claimed', subjectKind: 'queue_item', subjectId: input.id },
      events: [
        { kind: 'queue.item.changed', payload: { itemId: input.id, accountId: claimed.accountId, leadId: claimed.leadId } },
        ...(before.lead ? [{ kind: 'lead.changed' as const, payload: { leadId: before.lead.id } }] : []),
      ],
    };
  },
});
