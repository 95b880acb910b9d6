import { DomainError } from '@penstock/kernel/domain-error';
import { claimAll } from '@penstock/scoring/claim-item';
import { QueueItem } from '@penstock/scoring/contracts';
import { noSuchItem } from '@penstock/scoring/operations/get-queue-item';
import type { QueueItemView } from '@penstock/scoring/queue-item-view';
import type { Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { command, type Change } from '@penstock/workspace/operation';
import { z } from 'zod';

import { recordClaim } from '../first-touch.ts';

type Asked = { actor: Actor; input: { id: string } };

/** Takes a queue item for oneself; of an inbound request the trace says so too. Those who press at the same moment are served together. */
export const claimQueueItem = command({
  name: 'queue.claim',
  lane: 'hot',
  permission: 'queue.work',
  repeatable: true,
  summary:
    'Take an item: a lease of 30 minutes, renewed by each call, note, task or mail of one’s own at its account, and by claiming again.',
  input: z.object({ id: z.uuid() }),
  output: QueueItem,
  together: ({ tx, now }, asked) => claim(tx, asked, now),
  async run({ tx, actor, now }, input) {
    const [made = noSuchItem()] = await claim(tx, [{ actor, input }], now);
    if (made instanceof DomainError) throw made;
    return made;
  },
});

async function claim(
  tx: Tx,
  asked: readonly Asked[],
  now: Date,
): Promise<(Change<QueueItemView> | DomainError)[]> {
  const made = await claimAll(
    tx,
    asked.map(({ actor, input }) => ({ actor, id: input.id })),
    now,
  );
  return Promise.all(
    made.map(async ({ actor, item }) => {
      if (item instanceof DomainError) return item;
      if (item.lead) await recordClaim(tx, item.lead.id, actor.id, now);
      return changeOf(item, actor);
    }),
  );
}

const changeOf = (item: QueueItemView, actor: Actor): Change<QueueItemView> => ({
  output: item,
  audit: { action: 'queue.claimed', subjectKind: 'queue_item', subjectId: item.id },
  events: [
    {
      kind: 'queue.item.changed',
      payload: { itemId: item.id, accountId: item.account.id, claimedBy: actor.id },
    },
  ],
});
