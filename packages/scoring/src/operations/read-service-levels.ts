import { statement } from '@penstock/store/statement';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { downTheBound } from '../bound-slots.ts';
import { asksWhere, belongs, type QueueDefinition, type Sorted } from '../model/queue-definition.ts';
import { medianMinutes, waitingState } from '../model/service-level.ts';
import { counted, COUNTED_SCORE, sortedAt, type CountedRow } from '../counted-items.ts';
import { QueueDefinitionBody, queueDefinitions } from '../queue-definitions.ts';
import { scoreDocuments } from '../score-documents.ts';
import { revivingFor } from '../stalled-deals.ts';

const MOST_COUNTED = 5_000;

/** Open items from the top down the stored bound. $2 owners seen (null: all), $3 the most, $4 whether teams, countries and lists are looked up. */
const readItemsToCount = statement<CountedRow>(
  'read_queue_items_to_count',
  `select ${counted('$4::boolean')}
   from (
     ${downTheBound('q.workspace_id, q.account_id, q.owner_id, q.band, q.created_at', 'not q.is_test and ($2::text[] is null or q.owner_id is null or q.owner_id = any($2::text[]))', 'limit $3')}
   ) q ${COUNTED_SCORE}`,
);

const Level = z.object({
  key: z.string(),
  /** Items that the queue holds now. */
  count: z.int(),
  /** Nobody has called, written or met yet, and less than a quarter of the time is left. */
  soon: z.int(),
  missed: z.int(),
  /** Of the items it holds, those that somebody has touched: the middle of the times it took. */
  touched: z.int(),
  medianMinutes: z.number().nullable(),
});

/** What each queue holds, and how its service level stands; asked with definitions, of those: what they would hold if they were published. */
export const readServiceLevels = query({
  name: 'queue.levels',
  lane: 'hot',
  permission: 'queue.read',
  summary:
    'How many items each queue holds, which are about to be missed, which are, and the time to first touch.',
  input: z.object({ queues: z.array(QueueDefinitionBody).max(20).optional() }),
  output: z.object({
    items: z.array(Level),
    /** More items are open than were looked at: the counts are of the first 5,000. */
    cut: z.boolean(),
  }),
  sharedBy: ({ queues }, { visibleOwnerIds }) => JSON.stringify([queues, visibleOwnerIds]),
  run: ({ tx, actor, now, common }, { queues }) =>
    common.once('levels', async () => {
      const { intent } = await scoreDocuments(tx);
      const asked = queues ?? (await queueDefinitions(tx));
      const where = asked.some(({ filter }) => asksWhere(filter));
      const rows = await tx.rows(readItemsToCount, actor.visibleOwnerIds, MOST_COUNTED, where);
      const owners = actor.visibleOwnerIds;
      const reviving = await revivingFor(tx, intent, { queues: asked, owners }, now);
      const items = rows.map((row) => ({ ...row, ...sortedAt(row, { intent, reviving }, now) }));
      return { items: asked.map((queue) => levelOf(queue, items, now)), cut: rows.length === MOST_COUNTED };
    }),
});

function levelOf(
  queue: QueueDefinition,
  items: readonly (Sorted & { createdAt: Date; firstTouchAt: Date | null })[],
  at: Date,
): z.input<typeof Level> {
  const held = items.filter((item) => belongs(queue.filter, item, at));
  const states = held.map((item) => waitingState(item, queue.serviceLevelMinutes, at));
  const waited = held.flatMap(({ createdAt, firstTouchAt }) =>
    firstTouchAt === null ? [] : [firstTouchAt.getTime() - createdAt.getTime()],
  );
  return {
    key: queue.key,
    count: held.length,
    soon: states.filter((state) => state === 'soon').length,
    missed: states.filter((state) => state === 'missed').length,
    touched: waited.length,
    medianMinutes: medianMinutes(waited),
  };
}
