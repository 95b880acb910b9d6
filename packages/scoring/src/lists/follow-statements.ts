import { statement } from '@penstock/store/statement';

export type ListToFollow = {
  id: string;
  name: string;
  followUp: unknown;
  campaignId: string;
  createdBy: string;
};
/** Lists that spend money for whoever enters, have somebody who was not followed up yet, and nothing under way for those before. */
export const takeListsToFollow = statement<ListToFollow>(
  'take_account_lists_to_follow',
  `select l.id, l.name, l.follow_up as "followUp", l.campaign_id as "campaignId", l.created_by as "createdBy" from account_list l
   where l.workspace_id = $1 and l.state = 'active' and l.campaign_id is not null
     and (l.follow_up -> 'enrich' = 'true'::jsonb or l.follow_up -> 'people' ->> 'provider' is not null)
     and exists (select 1 from account_list_member m where m.workspace_id = $1 and m.list_id = l.id and m.followed_at is null)
     and not exists (select 1 from people_search s where s.workspace_id = $1 and s.campaign_id = l.campaign_id and s.state in ('running', 'paused'))
     and not exists (select 1 from list_run r where r.workspace_id = $1 and r.campaign_id = l.campaign_id and r.state in ('running', 'paused'))
   order by l.id for update of l skip locked`,
);
/** $3 the most. */
export const followMembers = statement<{ accountId: string }>(
  'follow_members_of_account_list',
  `update account_list_member m set followed_at = $4::timestamptz from (
     select account_id from account_list_member where workspace_id = $1 and list_id = $2 and followed_at is null order by account_id limit $3) waiting
   where m.workspace_id = $1 and m.list_id = $2 and m.account_id = waiting.account_id returning m.account_id as "accountId"`,
);
/** People of accounts, those who may be looked up; $3 the most. */
export const peopleOfAccounts = statement<{ id: string }>(
  'people_of_accounts_to_enrich',
  `select p.id from person p where p.workspace_id = $1 and p.account_id = any($2::uuid[]) and p.erased_at is null and p.merged_into_id is null
     and not exists (select 1 from visible_value v where v.workspace_id = p.workspace_id and v.subject_id = p.id and v.field = 'work_email' and v.usable)
   order by p.id limit $3`,
);
/** Workspaces have few lists that spend; most have none. */
export const anyListSpends = statement<{ any: boolean }>(
  'any_account_list_spends',
  `select exists (select 1 from account_list where workspace_id = $1 and state = 'active' and campaign_id is not null) as any`,
);
