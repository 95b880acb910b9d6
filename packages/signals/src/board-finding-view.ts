import { Instant } from '@penstock/kernel/contract';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { z } from 'zod';

import * as sql from './board-finding-statements.ts';
import { whyNotNow } from './model/look-again.ts';
import { nameOfSource } from './model/source-name.ts';
import { COMPANY_SITES_SOURCE } from './read-company-site.ts';

/** When an account's own site was looked at for a job board, and what a person has to decide. */
export const BoardFinding = z.object({
  name: z.string(),
  domain: z.string(),
  lookedAt: Instant.nullable(),
  dueAt: Instant,
  outcome: z.enum(['new', 'found', 'proposed', 'none', 'forbidden', 'failed']),
  fault: z.string(),
  active: z.boolean(),
  /** It has a board: nothing is looked for. */
  hasBoard: z.boolean(),
  /** Why its site is not looked at at once; null if it can be. */
  notNow: z.string().nullable(),
  proposals: z.array(
    z.object({
      source: z.string(),
      name: z.string(),
      board: z.string(),
      company: z.string().nullable(),
      foundOn: z.string(),
      because: z.string(),
    }),
  ),
});

/** Null for an account without a domain. */
export async function findingOf(
  tx: Tx,
  accountId: string,
  resting: string | null,
  now: Date,
): Promise<z.input<typeof BoardFinding> | null> {
  const search = await maybeOne(tx, sql.searchOfAccount, accountId);
  if (search === null) return null;
  const proposals = await tx.rows(sql.proposalsOf, accountId);
  return {
    ...search,
    name: nameOfSource(COMPANY_SITES_SOURCE, null),
    notNow: search.hasBoard ? 'its board is watched' : whyNotNow({ ...search, costs: false, resting }, now),
    proposals: proposals
      .filter(({ state }) => state === 'open')
      .map(({ state: _, ...proposal }) => ({ ...proposal, name: nameOfSource(proposal.source, null) })),
  };
}
