import { statement } from '@penstock/store/statement';

export type ProfileRow = {
  accountId: string;
  traits: Record<string, string[]> | null;
  reported: Record<string, string> | null;
  titles: (string | null)[] | null;
  roles: (string | null)[] | null;
  departments: string[] | null;
  hiredAt: Date[] | null;
};

/**
 * What an ICP may ask of accounts beside their own facts: what somebody has set, what providers report of them or of their people
 * (the newest that has not run out at $3), who has a part in buying, which departments they hire for. Bounded per account: 200 people,
 * 50 signals.
 */
export const readProfiles = statement<ProfileRow>(
  'read_account_profiles',
  `select a.id as "accountId", set_by_hand.traits, reported.values as reported, people.titles, people.roles, hiring.departments, hiring.at as "hiredAt"
   from account a
   left join lateral (
     select jsonb_object_agg(t.trait, t.words) as traits from account_trait t where t.workspace_id = a.workspace_id and t.account_id = a.id
   ) set_by_hand on true
   left join lateral (
     select jsonb_object_agg(newest.field, newest.value) as values from (
       select distinct on (v.field) v.field, v.value from (
         select a.id as id union all
         (select p.id from person p where p.workspace_id = a.workspace_id and p.account_id = a.id and p.erased_at is null and p.merged_into_id is null limit 200)
       ) of_account join visible_value v on v.workspace_id = a.workspace_id and v.subject_id = of_account.id
       where v.field in ('business_model', 'growth_stage', 'tech_stack') and (v.expires_at is null or v.expires_at > $3::timestamptz)
       order by v.field, v.observed_at desc
     ) newest
   ) reported on true
   left join lateral (
     select array_agg(known.title) as titles, array_agg(known.role) as roles from (
       select p.buying_role as role,
         (select v.value from visible_value v where v.workspace_id = p.workspace_id and v.subject_id = p.id and v.field = 'title') as title
       from person p where p.workspace_id = a.workspace_id and p.account_id = a.id and p.erased_at is null and p.merged_into_id is null limit 200
     ) known
   ) people on true
   left join lateral (
     select array_agg(newest.department order by newest.at desc) as departments, array_agg(newest.at order by newest.at desc) as at from (
       select coalesce(s.facts ->> 'team', s.facts ->> 'department') as department, s.occurred_at as at from signal s
       where s.workspace_id = a.workspace_id and s.account_id = a.id and s.kind in ('hiring', 'hiring_growth', 'expansion') and s.merged_into_id is null
         and (a.is_test or not s.is_test) and coalesce(s.facts ->> 'team', s.facts ->> 'department') is not null
       order by s.occurred_at desc limit 50
     ) newest
   ) hiring on true
   where a.workspace_id = $1 and a.id = any($2::uuid[])`,
);
