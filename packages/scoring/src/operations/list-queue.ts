import { soughtName } from '@penstock/accounts/item-names';
import { companyNameKey } from '@penstock/accounts/model/company-name';
import { DomainError } from '@penstock/kernel/domain-error';
import { asOfOfCursor, decodeCursor, encodeCursor } from '@penstock/kernel/page-cursor';
import { one, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { QueuePage } from '../contracts.ts';
import { exactPage } from '../model/exact-page.ts';
import { belongs, looksFurther, type QueueDefinition } from '../model/queue-definition.ts';
import { accountRisk } from '../model/risk.ts';
import { queueDefinitions } from '../queue-definitions.ts';
import { exactPriority, viewItem } from '../queue-item-view.ts';
import { accountsNamed, anyTests, rankQueue, showQueueItems, type RankedRow } from '../queue-statements.ts';
import { scoreDocuments } from '../score-documents.ts';
import { revivingAccounts } from '../stalled-deals.ts';
import { BOUNDS_HOLD_MS, looseBounds, lowerBounds } from '../tighten-bounds.ts';

/** Sorts behind every key that begins with the searched text. */
const END_OF_RANGE = '\uFFFF';
/** Above every priority: requests that wait for a person stand before everything that is ranked. */
const INBOUND = 1_000;
const OUTSIDE = -1;
/** Accounts of one name up to which they are looked up first. */
const RARE = 500;

const PageCursor = z.object({
  asOf: z.iso.datetime(),
  exact: z.number(),
  id: z.string(),
});

const ListInput = z.object({
  /** `for_me`: mine, or nobody's yet; `team`: of my team, or nobody's. */
  filter: z.enum(['mine', 'for_me', 'team', 'all', 'inbound', 'unclaimed', 'test']).default('all'),
  /** Key of a defined queue: only its items. */
  queue: z.string().max(40).optional(),
  search: z.string().trim().max(120).optional(),
  cursor: z.string().max(500).nullish(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** A page of the queue, exactly ordered at its `asOf`: inbound requests first, then by priority. */
export const listQueue = query({
  name: 'queue.list',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'A page of the queue, exactly ordered at its `asOf`.',
  input: ListInput,
  output: QueuePage,
  async run({ tx, actor, now, afterwards }, input) {
    const after = input.cursor ? decodeCursor(PageCursor, input.cursor) : null;
    const asOf = after ? asOfOfCursor(after.asOf, now) : now;
    const defined = input.queue === undefined ? null : await definitionOf(tx, input.queue);
    const further = defined !== null && looksFurther(defined.filter);
    // A few more than are wanted: the order at this moment differs from that of the stored bounds. Fewer where each costs a look at its names.
    const batch = Math.ceil(input.limit * (input.search ? 1.2 : 1.5)) + 10;
    const read = rowsDownTheBound(tx, actor, input, batch, further);
    const [{ intent }, tests, first] = await Promise.all([
      scoreDocuments(tx),
      one(tx, anyTests, actor.visibleOwnerIds),
      read(0),
    ]);
    // Bounds hold for the time since then; an older list is read to its end.
    const bounded = now.getTime() - asOf.getTime() <= BOUNDS_HOLD_MS;
    const page = await exactPage({
      limit: input.limit,
      after,
      readBatch: async (offset) =>
        (offset === 0 ? first : await read(offset)).map((row) => {
          const inbound = row.band === 0 ? INBOUND : 0;
          const { masses, signal, priority } = exactPriority(intent, row, asOf);
          const inside =
            defined === null ||
            belongs(
              defined.filter,
              { ...row, masses, signal, risk: accountRisk(intent, masses, asOf).risk },
              asOf,
            );
          // What does not belong here stands below everything that does.
          return {
            id: row.id,
            row,
            exact: inside ? inbound + priority : OUTSIDE,
            bound: bounded ? inbound + row.bound : Number.POSITIVE_INFINITY,
          };
        }),
    });
    const inside = page.rows.filter((row) => row.exact > OUTSIDE);
    const ids = inside.map((row) => row.id);
    const items = ids.length === 0 ? [] : await tx.rows(showQueueItems, ids);
    const loose = after === null ? looseBounds(intent, page, now) : [];
    if (loose.length > 0) afterwards((own) => lowerBounds(own, loose));
    const byId = new Map(items.map((row) => [row.id, row]));
    const owners = actor.visibleOwnerIds;
    const accountIds = asksForStalled(defined) ? items.map(({ accountId }) => accountId) : [];
    const reviving = await revivingAccounts(tx, intent, { accountIds, owners }, asOf);
    const last = ids.length === input.limit ? inside.at(-1) : undefined;
    return {
      asOf,
      items: inside.flatMap(({ id, row }) => {
        const shown = byId.get(id);
        if (!shown) return [];
        const reason = reviving.get(shown.accountId) ?? shown.reason;
        return [viewItem(intent, { ...row, ...shown, reason }, asOf)];
      }),
      hasTests: tests.hasTests,
      nextCursor: last ? encodeCursor({ asOf: asOf.toISOString(), exact: last.exact, id: last.id }) : null,
    };
  },
});

/** Whether a queue is of open deals with news: then it says which deal reactivates, and by what. */
const asksForStalled = (queue: QueueDefinition | null): boolean =>
  queue !== null && queue.filter.deals === 'with_open' && queue.filter.newWithinDays !== null;

async function definitionOf(tx: Tx, key: string): Promise<QueueDefinition> {
  const found = (await queueDefinitions(tx)).find((one) => one.key === key);
  if (found) return found;
  throw new DomainError('not_found', `queue: there is no queue "${key}". Load the queues again.`);
}

/** Reads batches of what ranks the items of this view; a batch that is not full is the last. */
function rowsDownTheBound(
  tx: Tx,
  actor: Actor,
  input: z.output<typeof ListInput>,
  batch: number,
  further: boolean,
): (offset: number) => Promise<RankedRow[]> {
  const mode = input.filter === 'inbound' || input.filter === 'test' ? 'all' : input.filter;
  const searched = searchFor(tx, input.search ?? '');
  let ended = false;
  return async (offset) => {
    if (ended) return [];
    const { key, only } = await searched;
    // Twice as many each time: a queue with a narrow filter may have to look far down.
    const size = Math.max(batch, offset);
    const rows = await tx.rows(
      rankQueue,
      input.filter === 'inbound' ? 0 : 1,
      actor.visibleOwnerIds,
      mode,
      actor.id,
      soughtName(key),
      input.filter === 'test',
      offset,
      size,
      only,
      0,
      further,
    );
    ended = rows.length < size;
    return rows;
  };
}

/** A rare name becomes its accounts; a frequent one is looked for in the items while the queue is read, where it is soon met. */
async function searchFor(tx: Tx, search: string): Promise<{ key: string; only: string[] | null }> {
  const key = companyNameKey(search);
  if (key === '') return { key, only: null };
  const { ids } = await one(tx, accountsNamed, key, `${key}${END_OF_RANGE}`, RARE);
  return ids === null ? { key, only: null } : { key: '', only: ids };
}
