import type { Tx } from '@penstock/store/tx';

import { fitFacts, profilesFor } from '../fit-facts.ts';
import { fitInWords, fitParts, fitScore } from '../model/fit.ts';
import { massesOf } from '../rescore.ts';
import { scoreDocuments } from '../score-documents.ts';
import { readCandidates } from './list-statements.ts';

export type JudgedFit = { fit: number; because: string };

/** How accounts fit the profile in force, with why; where they have been scored, the score that stands everywhere else. */
export async function judgedFits(
  tx: Tx,
  accountIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, JudgedFit>> {
  if (accountIds.length === 0) return new Map();
  const { icp } = await scoreDocuments(tx);
  const rows = await tx.rows(readCandidates, accountIds);
  const profiles = await profilesFor(tx, icp, accountIds, now);
  return new Map(
    rows.map((row) => {
      const parts = fitParts(icp, fitFacts(row, massesOf(row), profiles.get(row.accountId)), now);
      return [row.accountId, { fit: row.fit ?? fitScore(parts), because: fitInWords(parts) }];
    }),
  );
}
