import type { Subject } from '@penstock/store/followers';
import type { Tx } from '@penstock/store/tx';

import * as sql from './duplicate-statements.ts';
import { companyReasons, likeliness, WORTH_A_LOOK } from './model/duplicate-reasons.ts';

/** More than anybody reviews; the next look finds the rest. */
const MOST_PAIRS = 20_000;

/**
 * Looks through all people and accounts for pairs that may be one, by what they share; what is found no longer, and nobody has decided
 * on, goes. What somebody kept apart stays apart.
 * @returns how many pairs are open
 */
export async function findDuplicates(tx: Tx, now: Date): Promise<{ people: number; accounts: number }> {
  const people = await tx.rows(sql.findPeoplePairs, MOST_PAIRS);
  const accounts = await companyPairs(tx);
  return {
    people: await keep(tx, 'person', people, now),
    accounts: await keep(tx, 'account', accounts, now),
  };
}

async function companyPairs(tx: Tx): Promise<sql.FoundPair[]> {
  const pairs = await tx.rows(sql.findCompanyPairs, MOST_PAIRS);
  if (pairs.length === 0) return [];
  const ids = [...new Set(pairs.flatMap(({ lowId, highId }) => [lowId, highId]))];
  const companies = new Map((await tx.rows(sql.readCompanies, ids)).map((one) => [one.id, one]));
  return pairs.flatMap(({ lowId, highId }) => {
    const [low, high] = [companies.get(lowId), companies.get(highId)];
    return low && high ? [{ lowId, highId, reasons: companyReasons(low, high) }] : [];
  });
}

async function keep(tx: Tx, kind: Subject, found: readonly sql.FoundPair[], now: Date): Promise<number> {
  const worth = found
    .map((pair) => ({ ...pair, score: likeliness(pair.reasons) }))
    .filter(({ score }) => score >= WORTH_A_LOOK);
  const kept = await tx.rows(
    sql.keepPairs,
    kind,
    worth.map(({ lowId }) => lowId),
    worth.map(({ highId }) => highId),
    worth.map(({ reasons }) => reasons.join(' ')),
    worth.map(({ score }) => score),
    now,
  );
  await tx.rows(sql.dropOldPairs, kind, now);
  return kept.length;
}
