import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { buyingCommittee, type CommitteePerson } from './model/buying-committee.ts';
import { titleRules } from './title-rules-document.ts';

const MOST_PEOPLE = 200;

/** Whom we know at these accounts, by what tells their part in buying. */
const readTitles = statement<
  Pick<CommitteePerson, 'personId' | 'title' | 'correctedRole'> & { accountId: string }
>(
  'read_titles_of_accounts',
  `select a.id as "accountId", p.id as "personId", p.buying_role as "correctedRole", v.value as title
   from unnest($2::uuid[]) as a (id)
   cross join lateral (
     select p.id, p.buying_role from person p where p.workspace_id = $1 and p.account_id = a.id and p.erased_at is null
       and p.merged_into_id is null and p.left_at is null order by p.created_at, p.id limit ${MOST_PEOPLE}
   ) p
   left join visible_value v on v.workspace_id = $1 and v.subject_id = p.id and v.field = 'title'`,
);

/** Roles of the buying committee that nobody known fills, by account, in the fixed order of roles; one statement for all of them. */
export async function missingRoles(
  tx: Tx,
  accountIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, string[]>> {
  const ids = [...new Set(accountIds)];
  if (ids.length === 0) return new Map();
  const rules = await titleRules(tx);
  const people = Map.groupBy(await tx.rows(readTitles, ids), ({ accountId }) => accountId);
  return new Map(
    ids.map((id) => {
      const known = (people.get(id) ?? []).map(({ accountId: _, ...person }) => ({
        ...person,
        name: '',
        engagedAt: null,
        reportsTo: null,
      }));
      const { seats } = buyingCommittee(known, rules, now);
      return [id, seats.filter(({ state }) => state === 'missing').map(({ label }) => label)];
    }),
  );
}
