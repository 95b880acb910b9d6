import { lowestIdAt } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { counted, COUNTED_SCORE, sortedAt, type CountedRow } from './counted-items.ts';
import { belongs } from './model/queue-definition.ts';
import { waitingState } from './model/service-level.ts';
import { queueDefinitions } from './queue-definitions.ts';
import { scoreDocuments } from './score-documents.ts';
import { revivingFor } from './stalled-deals.ts';

const MINUTE_MS = 60_000;
const MOST = 1_000;
const INBOUND = 0;

type PassingRow = CountedRow & { id: string; claimedBy: string | null };

/** Open items that entered between two moments; their ids begin with the moment, so the key finds them. $2 and $3 bounds of ids, $4 the most. */
const itemsEntered = statement<PassingRow>(
  'read_items_that_entered',
  `select q.id, q.claimed_by as "claimedBy", ${counted('true')} from queue_item q ${COUNTED_SCORE}
   where q.workspace_id = $1 and q.id >= $2 and q.id < $3 and q.state = 'open' and not q.is_test order by q.id limit $4`,
);

export type MissedItem = {
  itemId: string;
  /** Who has it: claimed, or owned. */
  ownerId: string | null;
  queue: string;
  levelMinutes: number;
};

/**
 * Items that nobody has touched in time, where that became so between two moments; each in the queue with the shortest level. Of those
 * that wait for no one in particular, ranked and not taken up, the figures of the queues tell.
 */
export async function itemsMissedBetween(tx: Tx, since: Date, now: Date): Promise<MissedItem[]> {
  const { intent } = await scoreDocuments(tx);
  const queues = (await queueDefinitions(tx)).toSorted(
    (a, b) => a.serviceLevelMinutes - b.serviceLevelMinutes,
  );
  const reviving = await revivingFor(tx, intent, { queues, owners: null }, now);
  const missed = new Map<string, MissedItem>();
  for (const { name, filter, serviceLevelMinutes } of queues) {
    const before = (at: Date) => lowestIdAt(new Date(at.getTime() - serviceLevelMinutes * MINUTE_MS));
    const rows = await tx.rows(itemsEntered, before(since), before(now), MOST);
    for (const row of rows) {
      if (missed.has(row.id) || row.firstTouchAt !== null || (row.band !== INBOUND && row.claimedBy === null))
        continue;
      if (!belongs(filter, sortedAt(row, { intent, reviving }, now), now)) continue;
      if (waitingState(row, serviceLevelMinutes, now) !== 'missed') continue;
      missed.set(row.id, {
        itemId: row.id,
        ownerId: row.claimedBy ?? row.ownerId,
        queue: name,
        levelMinutes: serviceLevelMinutes,
      });
    }
  }
  return [...missed.values()];
}
