import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { releaseItem } from '../queue-statements.ts';
import { readItemFor } from './get-queue-item.ts';

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
    return {
      output: { id: input.id },
      audit: { action: 'queue.released', subjectKind: 'queue_item', subjectId: input.id },
      events: [{ kind: 'queue.item.changed', payload: { itemId: input.id, accountId: item.account.id } }],
    };
  },
});
