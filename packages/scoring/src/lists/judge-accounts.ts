import type { Tx } from '@penstock/store/tx';

import { fitFacts, profilesFor } from '../fit-facts.ts';
import { fitParts, fitScore } from '../model/fit.ts';
import type { FitCriterion } from '../model/icp.ts';
import { signalScore } from '../model/intent.ts';
import type { Listed } from '../model/list-filter.ts';
import { accountRisk } from '../model/risk.ts';
import { massesOf } from '../rescore.ts';
import { scoreDocuments, type ScoreDocuments } from '../score-documents.ts';
import { readCandidates, readFileNames, type CandidateRow } from './list-statements.ts';

export type Candidate = Listed & {
  id: string;
  name: string;
  domain: string | null;
  lists: readonly string[];
};
/** What candidates are held against, read once for many of them. */
export type Against = ScoreDocuments & { fileName: (id: string) => string };

export async function readAgainst(tx: Tx): Promise<Against> {
  const documents = await scoreDocuments(tx);
  const names = new Map((await tx.rows(readFileNames)).map(({ id, name }) => [id, name]));
  return { ...documents, fileName: (id) => names.get(id) ?? 'a file that was removed' };
}

/** Accounts as lists look at them at a moment. Whoever has no fit yet is judged by the profile in force. */
export async function candidatesOf(
  tx: Tx,
  against: Against,
  criteria: readonly FitCriterion[],
  ids: readonly string[],
  now: Date,
): Promise<Candidate[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows(readCandidates, ids);
  const unjudged = rows.some(({ fit }) => fit === null);
  const asked = unjudged ? [...criteria, ...against.icp.criteria] : [...criteria];
  const profiles = await profilesFor(tx, { name: '', criteria: asked }, ids, now);
  return rows.map((row) => {
    const masses = massesOf(row);
    const facts = fitFacts(row, masses, profiles.get(row.accountId));
    const { accountId, name, domain, ownerId, teamId, country, hasOpenDeal, files, lists } = row;
    return {
      id: accountId,
      name,
      domain,
      ownerId,
      teamId,
      country,
      hasOpenDeal,
      files,
      lists,
      masses,
      facts,
      fit: row.fit ?? fitScore(fitParts(against.icp, facts, now)),
      signal: signalScore(against.intent, masses, now),
      risk: accountRisk(against.intent, masses, now).risk,
      gone: whyGone(row),
    };
  });
}

function whyGone({ state, isTest }: CandidateRow): string | null {
  if (isTest) return 'Is a test';
  return state === 'active' || state === 'proposed' ? null : `The account was ${state}`;
}
