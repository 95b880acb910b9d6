import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { forgetJunk } from '@penstock/signals/judge-newest';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { reopenItem } from '../queue-statements.ts';
import { lockAccounts, refreshScores } from '../rescore.ts';
import { readItemFor } from './get-queue-item.ts';

const closedAsJunk = statement<{ at: Date }>(
  'queue_item_closed_as_junk',
  `select updated_at as at from queue_item where workspace_id = $1 and id = $2 and state = 'done' and outcome = 'junk_signal'`,
);

export const reopenQueueItem = command({
  name: 'queue.reopen',
  lane: 'hot',
  permission: 'queue.work',
  summary: 'Undo a snooze or a completion.',
  input: z.object({ id: z.uuid() }),
  output: Done,
  async run({ tx, actor, now }, input) {
    const item = await readItemFor(tx, actor, input.id, now);
    await lockAccounts(tx, [item.account.id]);
    const closed = await maybeOne(tx, closedAsJunk, input.id);
    const [changed] = await tx.rows(reopenItem, input.id, now);
    if (!changed)
      throw new DomainError(
        'conflict',
        'This item is open already, or the account has a newer one: work on that instead.',
      );
    if (closed) await forgetJunk(tx, item.account.id, closed.at);
    // Its place in the queue is of the time when it was closed.
    await refreshScores(tx, [item.account.id], now);
    return {
      output: { id: input.id },
      audit: { action: 'queue.reopened', subjectKind: 'queue_item', subjectId: input.id },
      events: [{ kind: 'queue.item.changed', payload: { itemId: input.id, accountId: item.account.id } }],
    };
  },
});
