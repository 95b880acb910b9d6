import { endOfLocalDay } from '@penstock/accounts/model/local-time';
import { Instant } from '@penstock/kernel/contract';
import { dayCapacity } from '@penstock/scoring/model/queue-definition';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { queueDefinitions } from '@penstock/scoring/queue-definitions';
import { scoreDocuments } from '@penstock/scoring/score-documents';
import { revivingAccounts } from '@penstock/scoring/stalled-deals';
import type { QueueItemView } from '@penstock/scoring/queue-item-view';
import { one } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { readPromises, readZone } from '../day-statements.ts';
import { ago } from '../model/next-action.ts';
import { orderDay, type DayEntry } from '../model/day-order.ts';
import { HUMAN_TARGET_MS } from './get-lead.ts';

const MOST_PROMISES = 100;
const READ = 50;

/** A rep's day: who waits, what was promised, then what is worth most, as one list. */
export const listDay = query({
  name: 'queue.day',
  lane: 'hot',
  permission: 'queue.read',
  summary:
    'One’s day as one list: requests that wait, due tasks and next steps, the best of the queue; each with its reason.',
  input: z.object({}),
  output: z.object({
    asOf: Instant,
    timeZone: z.string(),
    endOfDay: Instant,
    items: z.array(
      z.object({
        kind: z.enum(['inbound', 'task', 'next_step', 'ranked']),
        id: z.string(),
        title: z.string(),
        accountId: z.string(),
        accountName: z.string(),
        dealId: z.string().nullable(),
        dueAt: Instant.nullable(),
        priority: z.number().nullable(),
        late: z.boolean(),
        because: z.string(),
      }),
    ),
  }),
  async run(context, _input) {
    const { tx, actor, now } = context;
    const { timeZone } = await one(tx, readZone, actor.id);
    const endOfDay = endOfLocalDay(timeZone, now);
    const [promises, page] = await Promise.all([
      tx.rows(readPromises, actor.id, endOfDay, MOST_PROMISES),
      listQueue.run(context, { filter: 'for_me', limit: READ }),
    ]);
    const capacity = dayCapacity(await queueDefinitions(tx), actor);
    const best = page.items.filter((item) => item.band === 'ranked').slice(0, capacity);
    const { intent } = await scoreDocuments(tx);
    const accountIds = best.map(({ account }) => account.id);
    const reviving = await revivingAccounts(tx, intent, { accountIds, owners: actor.visibleOwnerIds }, now);
    const entries = [
      ...promises.map((promise): DayEntry => ({ ...promise, about: '', priority: null })),
      ...page.items
        .filter((item) => item.band === 'inbound' && item.lead?.firstHumanTouchAt === null)
        .map((item) => waiting(item, now)),
      ...best.map((item) => ranked(item, reviving.get(item.account.id))),
    ];
    return { asOf: now, timeZone, endOfDay, items: orderDay(entries, now, endOfDay) };
  },
});

const ofItem = (item: QueueItemView) => ({
  id: item.id,
  accountId: item.account.id,
  accountName: item.account.name,
  dealId: null,
  priority: item.priority,
});

function waiting(item: QueueItemView, now: Date): DayEntry {
  const receivedAt = item.lead?.receivedAt ?? item.createdAt;
  return {
    ...ofItem(item),
    kind: 'inbound',
    title: item.contact?.name ?? item.account.name,
    // Due five minutes after the form (R050).
    dueAt: new Date(receivedAt.getTime() + HUMAN_TARGET_MS),
    about: `${item.reason}, ${ago(receivedAt, now)}; nobody has answered yet`,
  };
}

/** @param reviving what is told of a deal at its account that reactivates */
function ranked(item: QueueItemView, reviving: string | undefined): DayEntry {
  const about = reviving ?? item.reason;
  return { ...ofItem(item), kind: 'ranked', title: item.account.name, dueAt: null, about };
}
