import { companyNameKey } from '@penstock/accounts/model/company-name';
import { asOfOfCursor, decodeCursor, encodeCursor } from '@penstock/kernel/page-cursor';
import { one } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { QueuePage } from '../contracts.ts';
import { exactPage } from '../model/exact-page.ts';
import { exactPriority, viewItems } from '../queue-item-view.ts';
import { anyTests, readQueue, type QueueRow } from '../queue-statements.ts';
import { scoreDocuments } from '../score-documents.ts';

const BATCH = 60;
/** Sorts behind every key that begins with the searched text. */
const END_OF_RANGE = '\uFFFF';

const PageCursor = z.object({
  asOf: z.iso.datetime(),
  band: z.int().min(0).max(1),
  exact: z.number(),
  id: z.string(),
});

/** A page of the queue, exactly ordered at its `asOf`: inbound requests first, then by priority. */
export const listQueue = query({
  name: 'queue.list',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'A page of the queue, exactly ordered at its `asOf`.',
  input: z.object({
    filter: z.enum(['mine', 'team', 'all', 'inbound', 'unclaimed', 'test']).default('all'),
    search: z.string().trim().max(120).optional(),
    cursor: z.string().max(500).nullish(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  output: QueuePage,
  async run({ tx, actor, now }, input) {
    const { intent } = await scoreDocuments(tx);
    const after = input.cursor ? decodeCursor(PageCursor, input.cursor) : null;
    const asOf = after ? asOfOfCursor(after.asOf, now) : now;
    const key = companyNameKey(input.search ?? '');
    const mode = input.filter === 'mine' || input.filter === 'unclaimed' ? input.filter : 'all';
    const found: (QueueRow & { exact: number })[] = [];
    for (const band of input.filter === 'inbound' ? [0] : [0, 1]) {
      if (found.length >= input.limit || (after && band < after.band)) continue;
      const page = await exactPage({
        limit: input.limit - found.length,
        after: after?.band === band ? after : null,
        readBatch: async (offset) => {
          const range = [key, `${key}${END_OF_RANGE}`] as const;
          const rows = await tx.rows(
            readQueue,
            band,
            actor.visibleOwnerIds,
            mode,
            actor.id,
            ...range,
            input.filter === 'test',
            offset,
            BATCH,
          );
          return rows.map((row) => ({ ...row, exact: exactPriority(intent, row, asOf).priority }));
        },
      });
      found.push(...page.rows);
    }
    const last = found.length === input.limit ? found.at(-1) : undefined;
    return {
      asOf,
      items: await viewItems(tx, intent, found, asOf),
      hasTests: (await one(tx, anyTests, actor.visibleOwnerIds)).any,
      nextCursor: last
        ? encodeCursor({ asOf: asOf.toISOString(), band: last.band, exact: last.exact, id: last.id })
        : null,
    };
  },
});
