import { statement } from '@penstock/store/statement';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { GOOD_FIT } from '../model/icp-counts.ts';
import { lessonsOf, type JudgedAccount } from '../model/icp-feedback.ts';
import { IN_FORCE } from '../standing-statements.ts';

const DAYS = 90;
const DAY_MS = 86_400_000;
const MOST = 2_000;

const readJudged = statement<JudgedAccount>(
  'read_accounts_judged_by_reps',
  `select distinct on (q.account_id) q.outcome, coalesce(s.fit, 0) as fit, a.industry, a.country, a.employee_count as "employeeCount"
   from queue_item q join account a on a.workspace_id = q.workspace_id and a.id = q.account_id
   left join account_score s on s.workspace_id = q.workspace_id and s.account_id = q.account_id and s.intent_version_id = ${IN_FORCE}
   where q.workspace_id = $1 and q.state = 'done' and q.outcome in ('worked', 'not_a_fit') and not q.is_test and q.updated_at >= $2 and a.merged_into_id is null
   order by q.account_id, q.updated_at desc limit ${MOST}`,
);

/** What reps have said of the profile: how many accounts were no fit, how many of them it had called good, and what they share. */
export const readIcpFeedback = query({
  name: 'settings.icpFeedback',
  lane: 'hot',
  permission: 'settings.read',
  summary: 'What accounts have in common that reps closed as "not a fit", beside those that were worked.',
  input: z.object({}),
  output: z.object({
    days: z.int(),
    notFit: z.int(),
    worked: z.int(),
    /** No fit, though the profile gave them 70 or more. */
    calledGood: z.int(),
    lessons: z.array(z.object({ label: z.string(), value: z.string(), notFit: z.int(), worked: z.int() })),
  }),
  async run({ tx, now }) {
    const accounts = await tx.rows(readJudged, new Date(now.getTime() - DAYS * DAY_MS));
    const notFit = accounts.filter(({ outcome }) => outcome === 'not_a_fit');
    return {
      days: DAYS,
      notFit: notFit.length,
      worked: accounts.length - notFit.length,
      calledGood: notFit.filter(({ fit }) => fit >= GOOD_FIT).length,
      lessons: lessonsOf(accounts).slice(0, 5),
    };
  },
});
