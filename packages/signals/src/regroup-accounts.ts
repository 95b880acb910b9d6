import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import type { ScoringPort } from './scoring-port.ts';
import { regroup, type ReportGroup } from './signal-reports.ts';

const readGroups = statement<ReportGroup>(
  'read_report_groups_of_accounts',
  'select distinct account_id as "accountId", kind, about from signal_report where workspace_id = $1 and account_id = any($2::uuid[])',
);

/** After signals went from one account to another: what tells of one event is one signal, and all masses are summed again. */
export async function regroupAccounts(
  tx: Tx,
  scoring: ScoringPort,
  accountIds: readonly string[],
  now: Date,
): Promise<void> {
  await regroup(tx, await tx.rows(readGroups, accountIds));
  for (const accountId of accountIds) await scoring.onCorrected(tx, accountId, now);
}
