import { documentVersions } from '@penstock/workspace/documents';
import type { Tx } from '@penstock/store/tx';
import { z } from 'zod';

import { readQueuesOfLists } from './lists/list-statements.ts';
import { ANY_ITEM, DEFAULT_QUEUES, QUEUE_ORDERS, type QueueDefinition } from './model/queue-definition.ts';
import { QueueFilterBody } from './queue-filter.ts';

export const QueueDefinitionBody = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().trim().min(1).max(80),
  about: z.string().trim().max(200).default(''),
  filter: QueueFilterBody,
  order: z.enum(QUEUE_ORDERS).default('priority'),
  capacity: z.int().min(1).max(500),
  serviceLevelMinutes: z
    .int()
    .min(1)
    .max(60 * 24 * 30),
});
export const QueueDefinitions = z.object({ queues: z.array(QueueDefinitionBody).min(1).max(20) });

/** The queues of the workspace as published, or those that every workspace starts with. */
export async function definedQueues(tx: Tx): Promise<readonly QueueDefinition[]> {
  const published = (await documentVersions(tx, 'queues')).find((version) => version.state === 'published');
  return published ? QueueDefinitions.parse(published.body).queues : DEFAULT_QUEUES;
}

/** Queues of lists whose members are worked from one: each holds the open items of its members. */
export async function queuesOfLists(tx: Tx): Promise<readonly QueueDefinition[]> {
  return (await tx.rows(readQueuesOfLists)).map(({ id, name, capacity, serviceLevelMinutes }) => ({
    key: id,
    name,
    about: 'Members of the list.',
    filter: { ...ANY_ITEM, lists: [id] },
    order: 'priority' as const,
    capacity,
    serviceLevelMinutes,
  }));
}

/** Every queue that a rep may work from. */
export async function queueDefinitions(tx: Tx): Promise<readonly QueueDefinition[]> {
  return [...(await definedQueues(tx)), ...(await queuesOfLists(tx))];
}
