import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { IcpBody } from '../contracts.ts';
import { fitFacts, profilesFor } from '../fit-facts.ts';
import { fitParts, type FitPart } from '../model/fit.ts';
import { countFits } from '../model/icp-counts.ts';
import type { Icp } from '../model/icp.ts';
import { massesOf } from '../rescore.ts';
import { readForScoring } from '../score-statements.ts';

const MOST = 5_000;
const BATCH = 1_000;

const newestAccounts = statement<{ id: string }>(
  'newest_accounts_to_judge',
  `select id from account where workspace_id = $1 and state in ('active', 'proposed') and not is_test order by id desc limit $2`,
);

/** What a profile would do to the accounts that are there, before it is published: how many fit, and which criterion keeps the others out. */
export const judgeIcp = query({
  name: 'settings.judgeIcp',
  lane: 'hot',
  permission: 'settings.read',
  summary:
    'How many accounts a profile fits or excludes, and which criterion does it, before it is published.',
  input: z.object({ body: IcpBody }),
  output: z.object({
    looked: z.int(),
    /** There are more accounts; the newest were looked at. */
    cut: z.boolean(),
    excluded: z.int(),
    good: z.int(),
    fair: z.int(),
    poor: z.int(),
    criteria: z.array(
      z.object({
        label: z.string(),
        expected: z.string(),
        match: z.int(),
        miss: z.int(),
        unknown: z.int(),
        excluded: z.int(),
        /** Excluded by this criterion alone. */
        alone: z.int(),
      }),
    ),
    /** Said when no account is left, with the criterion that keeps most of them out. */
    warning: z.string().nullable(),
  }),
  async run({ tx, now }, { body }) {
    const ids = (await tx.rows(newestAccounts, MOST + 1)).map(({ id }) => id);
    const judged: FitPart[][] = [];
    for (let from = 0; from < Math.min(ids.length, MOST); from += BATCH)
      judged.push(...(await judge(tx, body, ids.slice(from, Math.min(from + BATCH, MOST)), now)));
    return { looked: judged.length, cut: ids.length > MOST, ...countFits(judged) };
  },
});

async function judge(tx: Tx, icp: Icp, ids: readonly string[], now: Date): Promise<FitPart[][]> {
  const profiles = await profilesFor(tx, icp, ids, now);
  return (await tx.rows(readForScoring, ids)).map((account) =>
    fitParts(icp, fitFacts(account, massesOf(account), profiles.get(account.accountId)), now),
  );
}
