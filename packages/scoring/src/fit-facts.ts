import { titleRules } from '@penstock/accounts/title-rules-document';
import type { Tx } from '@penstock/store/tx';

import {
  NO_PROFILE,
  profileOf,
  type FitFacts,
  type FitProfile,
  type Firmographics,
} from './model/fit-facts.ts';
import { asksForProfile, type Icp } from './model/icp.ts';
import type { Mass } from './model/intent.ts';
import { readProfiles, type ProfileRow } from './profile-statements.ts';

/** Profiles of accounts, if the ICP asks for any of it. */
export async function profilesFor(
  tx: Tx,
  icp: Icp,
  accountIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, FitProfile>> {
  if (accountIds.length === 0 || !asksForProfile(icp)) return new Map();
  const rules = await titleRules(tx);
  const rows = await tx.rows(readProfiles, accountIds, now);
  return new Map(rows.map((row) => [row.accountId, profileOf(sourceOf(row), rules)]));
}

export function fitFacts(
  account: Firmographics,
  masses: readonly Mass[],
  profile: FitProfile | undefined,
): FitFacts {
  const { employeeCount, annualRevenueUsd, industry, country } = account;
  return {
    employeeCount,
    annualRevenueUsd,
    industry,
    country,
    profile: profile ?? NO_PROFILE,
    // A mass stands at its newest event.
    happened: masses.filter(({ value }) => value > 0).map(({ kind, at }) => ({ name: kind, at })),
  };
}

const sourceOf = (row: ProfileRow) => ({
  traits: row.traits ?? {},
  reported: row.reported ?? {},
  titles: row.titles ?? [],
  roles: row.roles ?? [],
  growing: (row.departments ?? []).flatMap((name, index) => {
    const at = row.hiredAt?.[index];
    return at ? [{ name, at }] : [];
  }),
});
