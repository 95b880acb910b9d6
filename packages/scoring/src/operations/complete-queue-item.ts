import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { judgeNewestJunk } from '@penstock/signals/judge-newest';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { completeItem } from '../queue-statements.ts';
import { readItemFor } from './get-queue-item.ts';

export const completeQueueItem = command({
  name: 'queue.complete',
  lane: 'hot',
  permission: 'queue.work',
  summary: 'Close an item with what came of it.',
  input: z.object({ id: z.uuid(), outcome: z.enum(['worked', 'not_a_fit', 'junk_signal']) }),
  output: Done,
  async run({ tx, actor, now }, input) {
    const item = await readItemFor(tx, actor, input.id, now);
    const [changed] = await tx.rows(completeItem, input.id, input.outcome, now, actor.id);
    if (!changed)
      throw new DomainError('conflict', 'This item is closed already, or a colleague is working on it.');
    // The kind that brought it here counts as junk against its source.
    const [because] = item.contributions;
    if (input.outcome === 'junk_signal' && because && actor.kind === 'member')
      await judgeNewestJunk(tx, {
        accountId: item.account.id,
        kinds: [because.kind],
        memberId: actor.id,
        at: now,
      });
    return {
      output: { id: input.id },
      audit: { action: 'queue.completed', subjectKind: 'queue_item', subjectId: input.id },
      events: [{ kind: 'queue.item.changed', payload: { itemId: input.id, accountId: item.account.id } }],
    };
  },
});
