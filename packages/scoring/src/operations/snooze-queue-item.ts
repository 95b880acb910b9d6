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
  summary: 'Put an item away until a time, until a signal, or until whichever comes first.',
  input: z.object({ id: z.uuid(), until: InstantInput.nullish(), orSignal: z.boolean().default(false) }),
  output: Done,
  async run({ tx, actor, now }, input) {
    const until = input.until ?? null;
    if (until === null && !input.orSignal)
      throw new DomainError('invalid', 'until: say when it comes back: a time, a signal, or both.', {
        issues: [{ field: 'until', problem: 'is missing', remedy: 'Send a time, or orSignal: true.' }],
      });
    if (until !== null && until <= now)
      throw new DomainError('invalid', 'The time lies in the past. Choose a later one.');
    const item = await readItemFor(tx, actor, input.id, now);
    const [changed] = await tx.rows(snoozeItem, input.id, until, now, actor.id, input.orSignal);
    if (!changed)
      throw new DomainError('conflict', 'This item is not open any more, or a colleague is working on it.');
    return {
      output: { id: input.id },
      audit: { action: 'queue.snoozed', subjectKind: 'queue_item', subjectId: input.id },
      events: [{ kind: 'queue.item.changed', payload: { itemId: input.id, accountId: item.account.id } }],
    };
  },
});
