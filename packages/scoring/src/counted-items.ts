import { signalScore, type IntentModel } from './model/intent.ts';
import type { Sorted } from './model/queue-definition.ts';
import { accountRisk } from './model/risk.ts';
import { massesOf } from './rescore.ts';
import { IN_FORCE } from './standing-statements.ts';

/** What decides in which queues an item is, and whether somebody has touched it. */
export type CountedRow = {
  accountId: string;
  band: number;
  createdAt: Date;
  firstTouchAt: Date | null;
  hasOpenDeal: boolean;
  ownerId: string | null;
  teamId: string | null;
  country: string | null;
  lists: string[];
  kinds: string[] | null;
  values: number[] | null;
  halfLives: number[] | null;
  at: Date[] | null;
};

/** Columns of items `q`, with the first call, mail or meeting since they entered; `where` says whether teams, countries and lists are looked up. */
export const counted = (
  where: string,
): string => `q.account_id as "accountId", q.band, q.created_at as "createdAt",
     (select min(t.occurred_at) from activity t where t.workspace_id = q.workspace_id and t.account_id = q.account_id and t.occurred_at >= q.created_at
        and t.kind in ('call', 'mail', 'meeting') and t.direction <> 'in') as "firstTouchAt",
     exists (select 1 from deal d where d.workspace_id = q.workspace_id and d.account_id = q.account_id and d.stage_type = 'open' and d.merged_into_id is null) as "hasOpenDeal",
     q.owner_id as "ownerId",
     case when ${where} then (select m.team_id from member m where m.workspace_id = q.workspace_id and m.id = q.owner_id) end as "teamId",
     case when ${where} then (select a.country from account a where a.workspace_id = q.workspace_id and a.id = q.account_id) end as country,
     case when ${where} then array(select m.list_id::text from account_list_member m where m.workspace_id = q.workspace_id and m.account_id = q.account_id) else '{}' end as lists,
     s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at`;
export const COUNTED_SCORE = `left join account_score s on s.workspace_id = q.workspace_id and s.account_id = q.account_id and s.intent_version_id = ${IN_FORCE}`;

/** @param reviving accounts with a deal that reactivates */
export function sortedAt(
  row: CountedRow,
  { intent, reviving }: { intent: IntentModel; reviving: ReadonlySet<string> },
  at: Date,
): Sorted {
  const masses = massesOf(row);
  const { band, hasOpenDeal, ownerId, teamId, country, lists } = row;
  const risk = accountRisk(intent, masses, at).risk;
  const signal = signalScore(intent, masses, at);
  const reactivates = reviving.has(row.accountId);
  return { band, hasOpenDeal, reactivates, ownerId, teamId, country, lists, masses, signal, risk };
}
