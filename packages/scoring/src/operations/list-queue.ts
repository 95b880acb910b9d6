import { DomainError } from '@penstock/kernel/domain-error';
import { asOfOfCursor, decodeCursor, encodeCursor } from '@penstock/kernel/page-cursor';
import type { Common } from '@penstock/store/shared-reads';
import { one, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { QueuePage } from '../contracts.ts';
import { exactPage } from '../model/exact-page.ts';
import type { IntentModel } from '../model/intent.ts';
import { belongs, looksFurther, type QueueDefinition, type QueueOrder } from '../model/queue-definition.ts';
import { accountRisk } from '../model/risk.ts';
import { queueDefinitions } from '../queue-definitions.ts';
import { exactPriority, viewApart, type QueueItemView, type Worth } from '../queue-item-view.ts';
import { rowsDownTheBound, sharedBy } from '../queue-rows.ts';
import { anyTests, showQueueItems, type RankedRow } from '../queue-statements.ts';
import { scoreDocuments } from '../score-documents.ts';
import { revivingAccounts } from '../stalled-deals.ts';
import { BOUNDS_HOLD_MS, looseBounds, lowerBounds } from '../tighten-bounds.ts';

/** Above every rank: requests that wait for a person stand before everything that is ranked. */
const INBOUND = { priority: 1_000, signal: 1_000, waiting: 1e15 } as const;
const OUTSIDE = -1;

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

/** A page of the queue, exactly ordered at its `asOf`: inbound requests first, then by priority, or in the order of a defined queue. */
export const listQueue = query({
  name: 'queue.list',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'A page of the queue, exactly ordered at its `asOf`.',
  input: ListInput,
  output: QueuePage,
  sharedBy,
  async run({ tx, actor, now, common, afterwards }, input) {
    const after = input.cursor ? decodeCursor(PageCursor, input.cursor) : null;
    const asOf = after ? asOfOfCursor(after.asOf, now) : now;
    const { queue } = input;
    const defined = queue === undefined ? null : await common.once('queue', () => definitionOf(tx, queue));
    const reviving = await revivingIn(defined, { tx, common, actor }, asOf);
    const among = reviving && [...reviving.keys()];
    const further = defined !== null && looksFurther(defined.filter);
    const order = defined?.order ?? 'priority';
    // Bounds hold for the time since then; an older list is read to its end.
    const bounded = now.getTime() - asOf.getTime() <= BOUNDS_HOLD_MS;
    const documents = common.once('documents', () => scoreDocuments(tx));
    const riskKinds = defined?.filter.minRisk ? Object.keys((await documents).intent.risk) : [];
    const read = rowsDownTheBound(tx, common, actor, {
      ...input,
      further,
      defined,
      riskKinds,
      bounded,
      among,
    });
    const [counting, hasTests, first] = await Promise.all([documents, seesTests(tx, common, actor), read(0)]);
    const { intent } = counting;
    const judge = judging(intent, { filter: defined?.filter ?? null, order }, asOf, common);
    const page = await exactPage({
      limit: input.limit,
      after,
      readBatch: async (offset) => {
        const judged = (offset === 0 ? first : await read(offset)).map(judge);
        return bounded ? judged : judged.map((one) => ({ ...one, bound: Number.POSITIVE_INFINITY }));
      },
    });
    if (after === null && order === 'priority') {
      common.once('loose bounds', () => {
        const loose = looseBounds(intent, page, now);
        if (loose.length > 0) afterwards((own) => lowerBounds(own, loose, counting));
      });
    }
    const inside = page.rows.filter((row) => row.exact > OUTSIDE);
    const owners = reviving && actor.visibleOwnerIds;
    const ids = inside.map(({ id }) => id);
    return common.once(JSON.stringify([ids, hasTests, owners]), async () => {
      const last = ids.length === input.limit ? inside.at(-1) : undefined;
      return {
        asOf,
        items: await shownItems(tx, intent, inside, asOf, reviving),
        hasTests,
        nextCursor: last ? encodeCursor({ asOf: asOf.toISOString(), exact: last.exact, id: last.id }) : null,
      };
    });
  },
});

type Judged = { id: string; row: RankedRow; worth: Worth; exact: number; bound: number };

/** What rows are worth at a moment; each is judged once, whoever reads it. What does not belong here stands below everything that does. */
function judging(
  intent: IntentModel,
  { filter, order }: { filter: QueueDefinition['filter'] | null; order: QueueOrder },
  asOf: Date,
  common: Common,
): (row: RankedRow) => Judged {
  const known = common.once('worth', () => new Map<RankedRow, Judged>());
  const judge = (row: RankedRow): Judged => {
    const inbound = row.band === 0 ? INBOUND[order] : 0;
    const worth = exactPriority(intent, row, asOf);
    const { masses, signal, priority } = worth;
    // Of a queue of what reactivates no other rows are read.
    const reactivates = filter?.deals === 'reactivating';
    const risk = () => accountRisk(intent, masses, asOf).risk;
    const inside =
      filter === null || belongs(filter, { ...row, masses, signal, risk: risk(), reactivates }, asOf);
    const rank = { priority, signal, waiting: row.bound }[order];
    return {
      id: row.id,
      row,
      worth,
      exact: inside ? inbound + rank : OUTSIDE,
      bound: inbound + row.bound,
    };
  };
  return (row) => {
    const judged = known.get(row) ?? judge(row);
    known.set(row, judged);
    return judged;
  };
}

/** The items of a page as they are shown; in a queue of what reactivates, with what is told of it. */
async function shownItems(
  tx: Tx,
  intent: IntentModel,
  page: readonly Judged[],
  asOf: Date,
  reviving: Reviving | null,
): Promise<QueueItemView[]> {
  if (page.length === 0) return [];
  const items = await tx.rows(
    showQueueItems,
    page.map(({ id }) => id),
  );
  const byId = new Map(items.map((row) => [row.id, row]));
  return page.flatMap(({ id, row, worth }) => {
    const shown = byId.get(id);
    if (!shown) return [];
    const reason = reviving?.get(shown.accountId);
    return [viewApart(intent, { ranked: row, shown, worth, reason }, asOf)];
  });
}

/** Whether there are tests that this member would see; where nobody would, one look tells everybody. */
async function seesTests(tx: Tx, common: Common, actor: Actor): Promise<boolean> {
  if (common.isShared && !(await common.once('tests', () => one(tx, anyTests, null))).hasTests) return false;
  return (await one(tx, anyTests, actor.visibleOwnerIds)).hasTests;
}

/** Accounts with a deal that reactivates, and what is told of it. */
type Reviving = ReadonlyMap<string, string>;

/** Those that a queue asks for; null where it asks for others too. Members who see the same deals look once. */
async function revivingIn(
  queue: QueueDefinition | null,
  { tx, common, actor }: { tx: Tx; common: Common; actor: Actor },
  asOf: Date,
): Promise<Reviving | null> {
  if (queue?.filter.deals !== 'reactivating') return null;
  const owners = actor.visibleOwnerIds;
  const { intent } = await common.once('documents', () => scoreDocuments(tx));
  return common.once(`reviving ${JSON.stringify(owners)}`, () =>
    revivingAccounts(tx, intent, { owners }, asOf),
  );
}

async function definitionOf(tx: Tx, key: string): Promise<QueueDefinition> {
  const found = (await queueDefinitions(tx)).find((one) => one.key === key);
  if (found) return found;
  throw new DomainError('not_found', `queue: there is no queue "${key}". Load the queues again.`);
}
