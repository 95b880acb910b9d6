import { claimFor } from '@penstock/scoring/claim-item';
import { QueueItem } from '@penstock/scoring/contracts';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { recordClaim } from '../first-touch.ts';

/** Takes a queue item for oneself; of an inbound request the trace says so too. */
export const claimQueueItem = command({
  name: 'queue.claim',
  lane: 'hot',
  permission: 'queue.work',
  repeatable: true,
  summary: 'Take an item: a lease of 30 minutes, renewed by claiming again.',
  input: z.object({ id: z.uuid() }),
  output: QueueItem,
  async run({ tx, actor, now }, input) {
    const item = await claimFor(tx, actor, input.id, now);
    if (item.lead) await recordClaim(tx, item.lead.id, actor.id, now);
    return {
      output: item,
      audit: { action: 'queue.claimed', subjectKind: 'queue_item', subjectId: input.id },
      events: [
        {
          kind: 'queue.item.changed',
          payload: { itemId: input.id, accountId: item.account.id, claimedBy: actor.id },
        },
      ],
    };
  },
});
