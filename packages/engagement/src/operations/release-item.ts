import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { readItemFor } from '@penstock/scoring/operations/get-queue-item';
import { releaseItem } from '@penstock/scoring/queue-statements';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { recordRelease } from '../first-touch.ts';

/** Gives a claimed item back; the lead of an inbound request waits again. */
export const releaseQueueItem = command({
  name: 'queue.release',
  lane: 'hot',
  permission: 'queue.work',
  summary: 'Give a claimed item back.',
  input: z.object({ id: z.uuid() }),
  output: Done,
  async run({ tx, actor, now }, input) {
    const item = await readItemFor(tx, actor, input.id, now);
    const [changed] = await tx.rows(releaseItem, input.id, actor.id, now);
    if (!changed) throw new DomainError('conflict', 'Only who has claimed it can give it back.');
    if (item.lead) await recordRelease(tx, [item.lead.id], now);
    return {
      output: { id: input.id },
      audit: { action: 'queue.released', subjectKind: 'queue_item', subjectId: input.id },
      events: [{ kind: 'queue.item.changed', payload: { itemId: input.id, accountId: item.account.id } }],
    };
  },
});
