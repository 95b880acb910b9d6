import { statement } from '@penstock/store/statement';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { CRITERION_KEYS, criterionLabel } from '../model/criterion.ts';
import { suggestMilestones } from '../model/won-path.ts';
import { publishedPipeline } from '../pipeline-document.ts';

const MOST_DEALS = 2_000;

/** Of the newest decided deals: how many of each kind passed a stage, and how long the won ones stayed. */
const readPassed = statement<{ stage: string; won: number; lost: number; medianDays: number | null }>(
  'read_stages_of_decided_deals',
  `with decided as (
     select id, stage_type <> 'lost' as won from deal where workspace_id = $1 and stage_type <> 'open' and not is_test and merged_into_id is null
     order by stage_entered_at desc limit $2
   ), stays as (
     select c.deal_id, decided.won, c.to_stage as stage, c.occurred_at as from_at,
       lead(c.occurred_at) over (partition by c.deal_id order by c.occurred_at, c.id) as to_at
     from deal_change c join decided on decided.id = c.deal_id where c.workspace_id = $1 and c.to_stage is not null
   )
   select stage, count(distinct deal_id) filter (where won)::int as won, count(distinct deal_id) filter (where not won)::int as lost,
     percentile_cont(0.5) within group (order by extract(epoch from to_at - from_at)::float8 / 86400) filter (where won and to_at is not null) as "medianDays"
   from stays group by stage`,
);
/** Criteria for which there was evidence, by won and lost deals. */
const readProven = statement<{ criterion: string; won: number; lost: number }>(
  'read_evidence_of_decided_deals',
  `with decided as (
     select id, stage_type <> 'lost' as won from deal where workspace_id = $1 and stage_type <> 'open' and not is_test and merged_into_id is null
     order by stage_entered_at desc limit $2
   )
   select e.criterion, count(distinct e.deal_id) filter (where decided.won)::int as won, count(distinct e.deal_id) filter (where not decided.won)::int as lost
   from deal_evidence e join decided on decided.id = e.deal_id where e.workspace_id = $1 and e.withdrawn_at is null group by e.criterion`,
);
const countThem = statement<{ won: number; lost: number }>(
  'count_newest_decided_deals',
  `select count(*) filter (where won)::int as won, count(*) filter (where not won)::int as lost from (
     select stage_type <> 'lost' as won from deal where workspace_id = $1 and stage_type <> 'open' and not is_test and merged_into_id is null
     order by stage_entered_at desc limit $2
   ) decided`,
);

/** What the workspace's own won deals say of its stages: which they passed, how long they took, what was proven on the way (R105). */
export const readWonPath = query({
  name: 'deals.wonPath',
  lane: 'hot',
  permission: 'deal.read',
  summary:
    'Which stages won deals passed and how long they took, and milestones that tell them from lost ones.',
  input: z.object({}),
  output: z.object({
    won: z.int(),
    lost: z.int(),
    stages: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        /** Shares of the won and lost deals that were in it; of nothing: null. */
        wonShare: z.number().nullable(),
        lostShare: z.number().nullable(),
        medianDays: z.number().nullable(),
      }),
    ),
    suggestions: z.array(z.object({ kind: z.enum(['milestone', 'stage']), text: z.string() })),
  }),
  async run({ tx }) {
    const { template } = await publishedPipeline(tx);
    const [counts] = await tx.rows(countThem, MOST_DEALS);
    const { won = 0, lost = 0 } = counts ?? {};
    const passed = await tx.rows(readPassed, MOST_DEALS);
    const stages = template.stages
      .filter((stage) => stage.type === 'open')
      .map(({ key, name, exit }) => {
        const row = passed.find((one) => one.stage === key);
        const share = (count: number, of: number) => (of === 0 ? null : count / of);
        return {
          key,
          name,
          exit,
          wonShare: share(row?.won ?? 0, won),
          lostShare: share(row?.lost ?? 0, lost),
          medianDays: row?.medianDays ?? null,
        };
      });
    const proven = (await tx.rows(readProven, MOST_DEALS)).flatMap((row) => {
      const key = CRITERION_KEYS.find((one) => one === row.criterion);
      return key ? [{ ...row, criterion: key, label: criterionLabel(key) }] : [];
    });
    return {
      won,
      lost,
      stages: stages.map(({ exit: _exit, ...stage }) => stage),
      suggestions: suggestMilestones({ won, lost, stages, proven }),
    };
  },
});
