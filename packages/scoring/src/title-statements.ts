import { statement } from '@penstock/store/statement';

import { IN_FORCE } from './standing-statements.ts';

export type TitledRow = {
  personId: string;
  name: string;
  title: string;
  corrected: boolean;
  accountId: string;
  accountName: string;
};

/** The newest people of accounts who have a title, at most $2. */
export const newestTitledPeople = statement<TitledRow>(
  'newest_titled_people',
  `select p.id as "personId", coalesce(nullif(trim(p.given_name || ' ' || p.family_name), ''), 'Unknown name') as name,
     v.value as title, p.buying_role is not null as corrected, a.id as "accountId", a.name as "accountName"
   from (
     select * from person where workspace_id = $1 and account_id is not null and erased_at is null and merged_into_id is null and left_at is null
     order by id desc limit $2
   ) p join visible_value v on v.workspace_id = p.workspace_id and v.subject_id = p.id and v.field = 'title'
     join account a on a.workspace_id = p.workspace_id and a.id = p.account_id
   order by p.id desc`,
);

/** Every title of the workspace once. */
export const titlesOfWorkspace = statement<{ title: string }>(
  'titles_of_workspace',
  `select v.value as title from visible_value v where v.workspace_id = $1 and v.field = 'title' group by v.value`,
);

/** Accounts with somebody of some titles ($2) whose part nobody has corrected are due to be judged again at $3. */
export const dueByTitles = statement<{ accountId: string }>(
  'judge_accounts_of_titles_again',
  `update account_score s set fit_until = $3::timestamptz
   from (
     select distinct p.account_id from visible_value v join person p on p.workspace_id = v.workspace_id and p.id = v.subject_id
     where v.workspace_id = $1 and v.field = 'title' and v.value = any($2::text[])
       and p.buying_role is null and p.erased_at is null and p.merged_into_id is null and p.account_id is not null
   ) of_titles
   where s.workspace_id = $1 and s.account_id = of_titles.account_id and s.intent_version_id = ${IN_FORCE} and (s.fit_until is null or s.fit_until > $3::timestamptz)
   returning s.account_id as "accountId"`,
);

/** How many accounts are due to be judged again, counted up to $3. */
export const countDueFits = statement<{ count: number }>(
  'count_due_fits',
  `select count(*)::int as count from (select 1 from account_score where workspace_id = $1 and intent_version_id = ${IN_FORCE} and fit_until <= $2 limit $3) due`,
);
