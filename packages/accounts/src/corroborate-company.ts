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
  const match = await identifyCompany(tx, mention);
  if (match.kind === 'unknown') return null;
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
  const [account, another] = agreeing;
  if (account && !another)
    return {
      accountId: account.id,
      because: `matched by ${account.because}, and the text names its domain or place`,
    };
  const { accountId, because } = await settleAmbiguous(tx, mention, as, candidates);
  return { accountId, because };
}
