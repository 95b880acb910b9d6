import { statement } from '@penstock/store/statement';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { signalScore, type IntentModel } from '../model/intent.ts';
import { belongs, type QueueDefinition, type Sorted } from '../model/queue-definition.ts';
import { accountRisk } from '../model/risk.ts';
import { medianMinutes, waitingState } from '../model/service-level.ts';
import { QueueDefinitionBody, queueDefinitions } from '../queue-definitions.ts';
import { massesOf } from '../rescore.ts';
import { scoreDocuments } from '../score-documents.ts';
import { IN_FORCE } from '../standing-statements.ts';

const MOST_COUNTED = 5_000;

type CountedRow = {
  band: number;
  createdAt: Date;
  firstTouchAt: Date | null;
  hasOpenDeal: boolean;
  ownerId: string | null;
  teamId: string | null;
  country: string | null;
  kinds: string[] | null;
  values: number[] | null;
  halfLives: number[] | null;
  at: Date[] | null;
};

/** Open items from the top down the stored bound, with the first call, mail or meeting since they entered. $2 owners seen (null: all), $3 the most. */
const readItemsToCount = statement<CountedRow>(
  'read_queue_items_to_count',
  `select q.band, q.created_at as "createdAt",
     (select min(t.occurred_at) from activity t where t.workspace_id = q.workspace_id and t.account_id = q.account_id and t.occurred_at >= q.created_at
        and t.kind in ('call', 'mail', 'meeting') and t.direction <> 'in') as "firstTouchAt",
     exists (select 1 from deal d where d.workspace_id = q.workspace_id and d.account_id = q.account_id and d.stage_type = 'open' and d.merged_into_id is null) as "hasOpenDeal",
     q.owner_id as "ownerId", (select m.team_id from member m where m.workspace_id = q.workspace_id and m.id = q.owner_id) as "teamId",
     (select a.country from account a where a.workspace_id = q.workspace_id and a.id = q.account_id) as country,
     s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at
   from (
     select * from queue_item where workspace_id = $1 and state = 'open' and not is_test and ($2::text[] is null or owner_id is null or owner_id = any($2::text[]))
     order by band, priority_bound desc, id limit $3
   ) q left join account_score s on s.workspace_id = q.workspace_id and s.account_id = q.account_id and s.intent_version_id = ${IN_FORCE}`,
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
  async run({ tx, actor, now }, input) {
    const { intent } = await scoreDocuments(tx);
    const queues = input.queues ?? (await queueDefinitions(tx));
    const rows = await tx.rows(readItemsToCount, actor.visibleOwnerIds, MOST_COUNTED);
    const items = rows.map((row) => ({ ...row, ...sorted(row, intent, now) }));
    return { items: queues.map((queue) => levelOf(queue, items, now)), cut: rows.length === MOST_COUNTED };
  },
});

function sorted(row: CountedRow, intent: IntentModel, at: Date): Sorted {
  const masses = massesOf(row);
  const { band, hasOpenDeal, ownerId, teamId, country } = row;
  const risk = accountRisk(intent, masses, at).risk;
  const signal = signalScore(intent, masses, at);
  return { band, hasOpenDeal, ownerId, teamId, country, masses, signal, risk };
}

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
