import { documentVersions } from '@penstock/workspace/documents';
import type { Tx } from '@penstock/store/tx';
import { z } from 'zod';

import { DEFAULT_QUEUES, type QueueDefinition } from './model/queue-definition.ts';

const Score = z.number().min(0).max(100).nullable();

export const QueueDefinitionBody = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().trim().min(1).max(80),
  about: z.string().trim().max(200).default(''),
  filter: z.object({
    band: z.enum(['any', 'inbound', 'ranked']).default('any'),
    deals: z.enum(['any', 'without_open', 'with_open']).default('any'),
    minSignal: Score.default(null),
    minRisk: Score.default(null),
    kinds: z.array(z.string().max(40)).max(30).default([]),
    newWithinDays: z.int().min(1).max(365).nullable().default(null),
    owners: z.array(z.string().max(100)).max(50).default([]),
    teams: z.array(z.uuid()).max(50).default([]),
    countries: z
      .array(
        z
          .string()
          .trim()
          .toUpperCase()
          .regex(/^[A-Z]{2}$/, 'is not a two-letter country code'),
      )
      .max(250)
      .default([]),
  }),
  capacity: z.int().min(1).max(500),
  serviceLevelMinutes: z
    .int()
    .min(1)
    .max(60 * 24 * 30),
});
export const QueueDefinitions = z.object({ queues: z.array(QueueDefinitionBody).min(1).max(20) });

/** The queues of the workspace as published, or those that every workspace starts with. */
export async function queueDefinitions(tx: Tx): Promise<readonly QueueDefinition[]> {
  const published = (await documentVersions(tx, 'queues')).find((version) => version.state === 'published');
  return published ? QueueDefinitions.parse(published.body).queues : DEFAULT_QUEUES;
}
