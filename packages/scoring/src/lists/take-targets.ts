import { companyKey, settleCompanies, type SettledCompany } from '@penstock/accounts/record-companies';
import { DomainError } from '@penstock/kernel/domain-error';
import type { Tx } from '@penstock/store/tx';

import { NO_PROFILE } from '../model/fit-facts.ts';
import { fitParts } from '../model/fit.ts';
import type { Icp } from '../model/icp.ts';
import { readTarget, type Target, type TargetRow } from '../model/target-row.ts';
import { scoreDocuments } from '../score-documents.ts';
import * as sql from './list-statements.ts';

export type TargetToTake = { line: number; row: TargetRow };
export type TakenTarget = {
  line: number;
  outcome: 'known' | 'proposed' | 'ambiguous' | 'duplicate' | 'refused';
  reason: string;
};

const OUTCOME = { known: 'known', made: 'proposed', waits: 'ambiguous' } as const;

/**
 * Takes rows into a file of target accounts: companies are matched by domain, then by name; who may be several goes to the list of
 * companies that a person tells apart; who is unknown is proposed, unless the profile in force excludes it by what the file says.
 * @throws DomainError `not_found`
 */
export async function takeTargets(
  tx: Tx,
  fileId: string,
  rows: readonly TargetToTake[],
  now: Date,
): Promise<TakenTarget[]> {
  const { icp } = await scoreDocuments(tx);
  const read = rows.map(({ line, row }) => ({ line, ...readTarget(row) }));
  const targets = read.flatMap((one) => ('target' in one ? [one] : []));
  const settled = await settleCompanies(
    tx,
    targets.map(({ target }) => target),
    { state: 'proposed', origin: 'import', isTest: false, ownerId: null, now },
    (company) => whyExcluded(icp, company, now),
  );
  const taken = new Map<string, TakenTarget & { accountId: string }>();
  const told: TakenTarget[] = [];
  for (const one of read) {
    if ('reason' in one) {
      told.push({ line: one.line, outcome: 'refused', reason: one.reason });
      continue;
    }
    const company = settled.get(companyKey(one.target));
    told.push(placed(one.line, company, taken));
  }
  const added = new Set(await addTargets(tx, fileId, [...taken.values()]));
  // In the file from an earlier batch.
  const again = new Set(
    [...taken.values()].flatMap(({ line, accountId }) => (added.has(accountId) ? [] : [line])),
  );
  const all = told.map((row) => (again.has(row.line) ? { line: row.line, ...REPEATED } : row));
  const count = (outcome: TakenTarget['outcome']) => all.filter((row) => row.outcome === outcome).length;
  const counted = await tx.rows(
    sql.countTargets,
    fileId,
    count('known'),
    count('proposed'),
    count('ambiguous'),
    count('duplicate'),
    count('refused'),
    Math.max(0, ...rows.map(({ line }) => line)),
  );
  if (counted.length === 0)
    throw new DomainError('not_found', 'fileId: there is no such file of target accounts.');
  return all;
}

const REPEATED = { outcome: 'duplicate', reason: 'names an account that an earlier line names' } as const;

/** The first row of an account takes the place. */
function placed(
  line: number,
  company: SettledCompany | undefined,
  taken: Map<string, TakenTarget & { accountId: string }>,
): TakenTarget {
  if (!company) return { line, outcome: 'refused', reason: 'names no company' };
  if (company.how === 'left_out') return { line, outcome: 'refused', reason: company.because };
  if (taken.has(company.accountId)) return { line, ...REPEATED };
  const row = { line, outcome: OUTCOME[company.how], reason: company.because };
  taken.set(company.accountId, { ...row, accountId: company.accountId });
  return row;
}

async function addTargets(
  tx: Tx,
  fileId: string,
  targets: readonly (TakenTarget & { accountId: string })[],
): Promise<string[]> {
  if (targets.length === 0) return [];
  const added = await tx.rows(
    sql.insertTargets,
    fileId,
    targets.map(({ accountId }) => accountId),
    targets.map(({ line }) => line),
    targets.map(({ reason }) => reason),
  );
  return added.map(({ id }) => id);
}

/** A company of which a file says only a name, a domain and a country. */
function whyExcluded(icp: Icp, { country }: Pick<Target, 'country'>, now: Date): string | null {
  const facts = {
    employeeCount: null,
    annualRevenueUsd: null,
    industry: null,
    country,
    profile: NO_PROFILE,
    happened: [],
  };
  const excluding = fitParts(icp, facts, now).find(({ verdict }) => verdict === 'excluded');
  return excluding
    ? `is not known here, and the profile in force excludes it: ${excluding.label} ${excluding.actual}, wanted ${excluding.expected}`
    : null;
}
