import type { Tx } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { IcpBody, RankShifts } from '../contracts.ts';
import { fitFacts, profilesFor } from '../fit-facts.ts';
import { icpShift, type JudgedCandidate } from '../model/compare-icps.ts';
import { fitParts } from '../model/fit.ts';
import type { Icp } from '../model/icp.ts';
import { candidatesOfFits } from '../model-statements.ts';
import { massesOf } from '../rescore.ts';
import { scoreDocuments } from '../score-documents.ts';
import { readForScoring } from '../score-statements.ts';

const TOP = 50;
const MOST = 2_000;
const BATCH = 1_000;

/** A profile in shadow: the live queue ranked by the fits of both. */
export const compareIcp = query({
  name: 'settings.compareIcp',
  lane: 'hot',
  permission: 'settings.read',
  summary:
    'Who would enter and leave the top 50 of the queue under another profile, and which criterion moves them.',
  input: z.object({ body: IcpBody }),
  output: z.object({ top: z.int(), candidates: z.int(), ...RankShifts.shape }),
  async run({ tx, now }, { body }) {
    const { intent, icp } = await scoreDocuments(tx);
    const ids = (await tx.rows(candidatesOfFits, MOST, intent.priority.fit)).map(({ id }) => id);
    const candidates: JudgedCandidate[] = [];
    for (let from = 0; from < ids.length; from += BATCH)
      candidates.push(...(await judge(tx, { before: icp, after: body }, ids.slice(from, from + BATCH), now)));
    return { top: TOP, candidates: candidates.length, ...icpShift(candidates, intent, now, TOP) };
  },
});

async function judge(
  tx: Tx,
  icps: { before: Icp; after: Icp },
  ids: readonly string[],
  now: Date,
): Promise<JudgedCandidate[]> {
  const asked = { name: '', criteria: [...icps.before.criteria, ...icps.after.criteria] };
  const profiles = await profilesFor(tx, asked, ids, now);
  return (await tx.rows(readForScoring, ids)).map((account) => {
    const masses = massesOf(account);
    const facts = fitFacts(account, masses, profiles.get(account.accountId));
    const parts = { before: fitParts(icps.before, facts, now), after: fitParts(icps.after, facts, now) };
    return { id: account.accountId, name: account.name, masses, standing: account, parts };
  });
}
