import { Instant } from '@penstock/kernel/contract';
import { statement } from '@penstock/store/statement';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { WatchRulesBody } from '../contracts.ts';
import { tryRules } from '../model/try-rules.ts';
import { watchRules } from '../watch-rules-document.ts';
import { looked, MOST_TRIED, RuleFigures, triedSince, TrialTotals } from './rule-trials.ts';

type OpeningRecord = {
  title: string;
  department: string | null;
  countries: string[];
  url: string;
  firstSeenAt: Date;
  isBaseline: boolean;
  isOpen: boolean;
  accountId: string;
  accountName: string;
};

const openingsSince = statement<OpeningRecord>(
  'openings_since',
  `select o.title, o.department, o.countries, o.url, o.first_seen_at as "firstSeenAt", o.is_baseline as "isBaseline", o.gone_at is null as "isOpen",
     a.id as "accountId", a.name as "accountName"
   from job_opening o
   join job_board b on b.workspace_id = o.workspace_id and b.id = o.board_id
   join account a on a.workspace_id = b.workspace_id and a.id = b.account_id
   where o.workspace_id = $1 and o.first_seen_at >= $2 order by o.first_seen_at desc limit $3`,
);

const ToldOpening = z.object({
  rule: z.string(),
  title: z.string(),
  department: z.string().nullable(),
  url: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  firstSeenAt: Instant,
  /** It was up when watching began, so nobody was told of it. */
  isBaseline: z.boolean(),
});

export const testWatchRules = query({
  name: 'settings.testWatchRules',
  lane: 'hot',
  permission: 'settings.read',
  summary:
    'What watch rules would have told of the openings seen in the last 90 days, before they are saved, beside the published ones.',
  input: z.object({ body: WatchRulesBody }),
  output: TrialTotals.extend({
    teamOpenings: z.int(),
    rules: z.array(RuleFigures),
    examples: z.array(ToldOpening.extend({ phrase: z.string(), isGained: z.boolean() })),
    lostExamples: z.array(ToldOpening),
  }),
  async run({ tx, now }, { body }) {
    const openings = await tx.rows(openingsSince, triedSince(now), MOST_TRIED);
    return { ...looked(openings), ...tryRules(openings, body, await watchRules(tx)) };
  },
});
