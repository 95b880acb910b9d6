import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import {
  identifyCompany,
  lockCompanyIdentity,
  settleAmbiguous,
  type CompanyMention,
  type NewAccount,
} from './identify-company.ts';
import { isCorroborated } from './model/corroboration.ts';

const readPlaces = statement<{
  id: string;
  domain: string | null;
  city: string | null;
  region: string | null;
}>(
  'read_places_of_accounts',
  'select id, domain, city, region from account where workspace_id = $1 and id = any($2::uuid[])',
);

/** Whom a text may mean: those that go by a name in it, and those of them whose domain or place it names, too. */
async function candidatesIn(tx: Tx, mention: CompanyMention, text: string) {
  const match = await identifyCompany(tx, mention);
  if (match.kind === 'unknown') return { candidates: [], agreeing: [] };
  const candidates =
    match.kind === 'known'
      ? [{ ...match.account, score: match.score, because: match.because }]
      : match.candidates;
  const places = await tx.rows(
    readPlaces,
    candidates.map(({ id }) => id),
  );
  const agreeing = candidates.filter((candidate) => {
    const place = places.find(({ id }) => id === candidate.id);
    return place !== undefined && isCorroborated(place, text);
  });
  return { candidates, agreeing };
}

/** Whom a text means, as far as it says: the one whose domain or place it names, else the likeliest of its names. Nothing is written. */
export async function companyMeant(
  tx: Tx,
  mention: CompanyMention,
  text: string,
): Promise<{ accountId: string; name: string; isSure: boolean } | null> {
  const { candidates, agreeing } = await candidatesIn(tx, mention, text);
  const [meant] = agreeing.length === 1 ? agreeing : candidates;
  return meant ? { accountId: meant.id, name: meant.name, isSure: agreeing.length === 1 } : null;
}

/**
 * The account that a text means where it names a company and nothing else identifies it (a headline, a notice). A name alone is not
 * enough: the text has to name the account's domain or place, too. Otherwise a person decides, and what was told waits at an account
 * beside. Null where no account goes by that name: such texts name too many companies to propose them all.
 */
export async function findCorroborated(
  tx: Tx,
  mention: CompanyMention,
  text: string,
  as: NewAccount,
): Promise<{ accountId: string; because: string } | null> {
  await lockCompanyIdentity(tx, mention);
  const { candidates, agreeing } = await candidatesIn(tx, mention, text);
  if (candidates.length === 0) return null;
  const [account, another] = agreeing;
  if (account && !another)
    return {
      accountId: account.id,
      because: `matched by ${account.because}, and the text names its domain or place`,
    };
  const { accountId, because } = await settleAmbiguous(tx, mention, as, candidates);
  return { accountId, because };
}
