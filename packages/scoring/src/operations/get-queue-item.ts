import { DomainError } from '@penstock/kernel/domain-error';
import type { Tx } from '@penstock/store/tx';
import { maybeOne } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { QueueItem } from '../contracts.ts';
import { viewItem, type QueueItemView } from '../queue-item-view.ts';
import { readQueueItem } from '../queue-statements.ts';
import { scoreDocuments } from '../score-documents.ts';
import { revivingAccounts } from '../stalled-deals.ts';

export const ALL_CONTRIBUTIONS = 20;

/** One item with all its contributions, as this actor may see it. */
export async function readItemFor(tx: Tx, actor: Actor, id: string, now: Date): Promise<QueueItemView> {
  const { row, intent } = await readRow(tx, actor, id);
  return viewItem(intent, row, now, { maxContributions: ALL_CONTRIBUTIONS });
}

async function readRow(tx: Tx, actor: Actor, id: string) {
  const [row, { intent }] = await Promise.all([
    maybeOne(tx, readQueueItem, id, actor.visibleOwnerIds),
    scoreDocuments(tx),
  ]);
  if (row) return { row, intent };
  throw noSuchItem();
}

export const noSuchItem = (): DomainError =>
  new DomainError(
    'not_found',
    'This queue item does not exist or belongs to somebody whose work you do not see.',
  );

export const getQueueItem = query({
  name: 'queue.get',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'One queue item with everything behind its rank.',
  input: z.object({ id: z.uuid() }),
  output: QueueItem,
  async run({ tx, actor, now }, input) {
    const { row, intent } = await readRow(tx, actor, input.id);
    // Where a stalled deal shows intent again, that is why, as its queue says.
    const which = { accountIds: [row.accountId], owners: actor.visibleOwnerIds };
    const reviving = await revivingAccounts(tx, intent, which, now);
    const reason = reviving.get(row.accountId) ?? row.reason;
    return viewItem(intent, { ...row, reason }, now, { maxContributions: ALL_CONTRIBUTIONS });
  },
});
