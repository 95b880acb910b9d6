import type { Tx } from '@penstock/store/tx';

import { markByRule, policyDone } from './champion-statements.ts';
import { retainedUntil } from './report-departure.ts';

const DAY_MS = 86_400_000;
/** What is older says little of who speaks for us now. */
const LOOK_BACK_DAYS = 180;

/**
 * Marks contacts of won deals and whoever takes part again and again; who was unmarked or objected stays as they are.
 * @returns how many were marked
 */
export async function markByRules(tx: Tx, policy: { retentionMonths: number }, now: Date): Promise<number> {
  const since = new Date(now.getTime() - LOOK_BACK_DAYS * DAY_MS);
  const marked = await tx.rows(markByRule, since, now, retainedUntil(policy, now));
  await tx.rows(policyDone, new Date(now.getTime() + DAY_MS));
  return marked.length;
}
