import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { activeMember, passOnItem } from '../queue-statements.ts';
import { readItemFor } from './get-queue-item.ts';

/** Gives an item to a colleague with the reason; who has claimed it lets go of it. Undone by passing it back. */
export const passOnQueueItem = command({
  name: 'queue.passOn',
  lane: 'hot',
  permission: 'queue.work',
  summary: 'Pass an item on to a colleague, with the reason.',
  input: z.object({
    id: z.uuid(),
    /** Null: to nobody, so that whoever comes first takes it. */
    toMemberId: z.string().min(1).max(100).nullable(),
    reason: plainText(300).pipe(z.string().min(1)),
  }),
  output: Done,
  async run({ tx, actor, now }, input) {
    const item = await readItemFor(tx, actor, input.id, now);
    const to = input.toMemberId === null ? null : await maybeOne(tx, activeMember, input.toMemberId);
    if (input.toMemberId !== null && !to)
      throw new DomainError('invalid', 'toMemberId: there is no such active member. Choose somebody else.', {
        issues: [{ field: 'toMemberId', problem: 'is no active member', remedy: 'Choose somebody else.' }],
      });
    const [changed] = await tx.rows(passOnItem, input.id, to?.id ?? null, actor.id, input.reason, now);
    if (!changed)
      throw new DomainError(
        'conflict',
        item.claim && item.claim.memberId !== actor.id
          ? `${item.claim.name} is working on it. Ask them first.`
          : 'This item is not open any more.',
      );
    return {
      output: { id: input.id },
      audit: {
        action: 'queue.passed_on',
        subjectKind: 'queue_item',
        subjectId: input.id,
        detail: { to: to?.id ?? null, from: item.owner?.id ?? null },
      },
      events: [{ kind: 'queue.item.changed', payload: { itemId: input.id, accountId: item.account.id } }],
    };
  },
});
