import { Done, InstantInput } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { snoozeItem } from '../queue-statements.ts';
import { readItemFor } from './get-queue-item.ts';

export const snoozeQueueItem = command({
  name: 'queue.snooze',
  lane: 'hot',
  permission: 'queue.work',
  summary: 'Put an item away until a time.',
  input: z.object({ id: z.uuid(), until: InstantInput }),
  output: Done,
  async run({ tx, actor, now }, input) {
    if (input.until <= now)
      throw new DomainError('invalid', 'The time lies in the past. Choose a later one.');
    const item = await readItemFor(tx, actor, input.id, now);
    const [changed] = await tx.rows(snoozeItem, input.id, input.until, now, actor.id);
    if (!changed)
      throw new DomainError('conflict', 'This item is not open any more, or a colleague is working on it.');
    return {
      output: { id: input.id },
      audit: { action: 'queue.snoozed', subjectKind: 'queue_item', subjectId: input.id },
      events: [{ kind: 'queue.item.changed', payload: { itemId: input.id, accountId: item.account.id } }],
    };
  },
});
