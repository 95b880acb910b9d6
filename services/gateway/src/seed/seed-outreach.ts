import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';

import { DAY_MS, drawn } from './drawn-signals.ts';
import { seedActivities, type SeededActivity } from './seed-activities.ts';

const MOST = 70;

/** With whom nobody talks about a deal: an answer there would be no answer to a first mail. */
const untalked = (account: string): string =>
  `not exists (select 1 from activity t where t.workspace_id = $1 and t.account_id = ${account} and t.occurred_at >= $2)`;

/** Accounts with the first thing that happened at each between $2 and $3. */
const seededSignals = statement<{ accountId: string; at: Date }>(
  'seeded_signals_to_answer',
  `select account_id as "accountId", min(occurred_at) as at from signal
   where workspace_id = $1 and occurred_at between $2 and $3 and ${untalked('signal.account_id')} group by account_id order by account_id limit $4`,
);
/** Accounts at which nothing has happened since $2. */
const quietAccounts = statement<{ accountId: string }>(
  'seeded_quiet_accounts',
  `select a.id as "accountId" from account a where a.workspace_id = $1 and a.state = 'active'
     and not exists (select 1 from signal s where s.workspace_id = a.workspace_id and s.account_id = a.id and s.occurred_at >= $2) and ${untalked('a.id')} order by a.id limit $3`,
);
type Chances = { reply: number; meeting: number };
/** Who writes when something has just happened is answered more often: what the sandbox's weekly review shows. */
const AFTER_SIGNAL: Chances = { reply: 0.26, meeting: 0.5 };
const COLD: Chances = { reply: 0.11, meeting: 0.4 };

/** What the reps of the sandbox wrote and were answered, three to eleven weeks ago. */
export async function seedOutreach(
  store: Store,
  workspaceId: string,
  repIds: readonly string[],
  now: Date,
): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  await store.inWorkspace(workspaceId, async (tx) => {
    const told = await tx.rows(seededSignals, daysAgo(75), daysAgo(21), MOST);
    const quiet = await tx.rows(quietAccounts, daysAgo(120), MOST);
    const after = told.flatMap(({ accountId, at }, index) =>
      exchange({ accountId, index, repIds, chances: AFTER_SIGNAL }, new Date(at.getTime() + DAY_MS)),
    );
    const cold = quiet.flatMap(({ accountId }, index) =>
      exchange({ accountId, index: MOST + index, repIds, chances: COLD }, daysAgo(21 + (index % 50))),
    );
    await tx.rows(seedActivities, JSON.stringify([...after, ...cold]));
  });
}

/** A mail to an account, perhaps its answer, and perhaps the meeting that followed. */
function exchange(
  about: { accountId: string; index: number; repIds: readonly string[]; chances: Chances },
  at: Date,
) {
  const { accountId, index, repIds, chances } = about;
  const part = (
    kind: SeededActivity['kind'],
    direction: SeededActivity['direction'],
    subject: string,
    outcome: string,
    days: number,
  ): SeededActivity => {
    const moment = new Date(at.getTime() + days * DAY_MS);
    const memberId = direction === 'in' ? null : (repIds[index % repIds.length] ?? null);
    return {
      id: newId(moment),
      kind,
      account_id: accountId,
      deal_id: null,
      member_id: memberId,
      direction,
      subject,
      outcome,
      at: moment,
    };
  };
  const replied = drawn('outreach', 'reply', index) < chances.reply;
  const met = replied && drawn('outreach', 'meeting', index) < chances.meeting;
  return [
    part('mail', 'out', 'A question about how you work', '', 0),
    ...(replied ? [part('mail', 'in', 'Re: A question about how you work', 'positive', 2)] : []),
    ...(met ? [part('meeting', 'none', 'First conversation', 'connected', 8)] : []),
  ];
}
