import { statement } from '@penstock/store/statement';

export type ListSummary = {
  id: string;
  name: string;
  about: string;
  state: 'active' | 'paused';
  filter: unknown;
  followUp: unknown;
  ownerId: string | null;
  ownerName: string | null;
  members: number;
  /** Since the moment $2. */
  entered: number;
  left: number;
  createdAt: Date;
  updatedAt: Date;
  sweptAt: Date | null;
  sweeping: boolean;
};
/** $2 since when entering and leaving are counted, $3 the only list (null: all). */
export const readLists = statement<ListSummary>(
  'read_account_lists',
  `select l.id, l.name, l.about, l.state, l.filter, l.follow_up as "followUp", l.owner_id as "ownerId", m.name as "ownerName", l.members,
     coalesce(moved.entered, 0) as entered, coalesce(moved.went, 0) as left, l.created_at as "createdAt", l.updated_at as "updatedAt", l.swept_at as "sweptAt",
     l.state = 'active' and (l.swept_at is null or l.sweep_after is not null) as sweeping
   from account_list l left join member m on m.workspace_id = l.workspace_id and m.id = l.owner_id
   left join lateral (
     select (count(*) filter (where c.kind = 'entered'))::int as entered, (count(*) filter (where c.kind = 'left'))::int as went
     from account_list_change c where c.workspace_id = l.workspace_id and c.list_id = l.id and c.id >= $2
   ) moved on true
   where l.workspace_id = $1 and ($3::uuid is null or l.id = $3) order by l.name limit 500`,
);

export type MemberRow = {
  accountId: string;
  name: string;
  domain: string | null;
  country: string | null;
  employeeCount: number | null;
  ownerName: string | null;
  enteredAt: Date;
  because: string;
};
/** The newest first; $3 and $4 after which, $5 since when, $6 beginning of a name's key and $7 its end ('' for none), $8 the most. */
export const readMembers = statement<MemberRow>(
  'read_account_list_members',
  `select a.id as "accountId", a.name, a.domain, a.country, a.employee_count as "employeeCount", o.name as "ownerName", page.entered_at as "enteredAt", page.because
   from (
     select m.account_id, m.entered_at, m.because from account_list_member m where m.workspace_id = $1 and m.list_id = $2 and (m.entered_at, m.account_id) < ($3::timestamptz, $4::uuid) and m.entered_at >= $5
       and ($6::text = '' or exists (select 1 from account_name_key k where k.workspace_id = $1 and k.account_id = m.account_id and k.key >= $6 and k.key < $7))
     order by m.entered_at desc, m.account_id desc limit $8
   ) page join account a on a.workspace_id = $1 and a.id = page.account_id
   left join member o on o.workspace_id = $1 and o.id = a.owner_id
   order by page.entered_at desc, page.account_id desc`,
);

/** Who entered and left, the newest first; $3 before which, $4 'entered', 'left' or '' for both, $5 the most. */
export const readChanges = statement<{
  id: string;
  accountId: string;
  name: string;
  kind: 'entered' | 'left';
  because: string;
  at: Date;
}>(
  'read_account_list_changes',
  `select c.id, c.account_id as "accountId", a.name, c.kind, c.because, c.at
   from account_list_change c join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
   where c.workspace_id = $1 and c.list_id = $2 and c.id < $3 and ($4::text = '' or c.kind = $4) order by c.id desc limit $5`,
);

export const insertList = statement<{ id: string }>(
  'insert_account_list',
  `insert into account_list (workspace_id, id, name, about, owner_id, filter, follow_up, state, created_by, created_at, updated_at, due_at)
   values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, 'active', $8, $9::timestamptz, $9::timestamptz, $9::timestamptz) on conflict do nothing returning id`,
);
export const lockList = statement<{ name: string; state: string; filter: unknown }>(
  'lock_account_list',
  'select name, state, filter from account_list where workspace_id = $1 and id = $2 for update',
);
export const listOfName = statement<{ id: string }>(
  'account_list_of_name',
  'select id from account_list where workspace_id = $1 and name = $2',
);
export const countLists = statement<{ count: number }>(
  'count_account_lists',
  'select count(*)::int as count from account_list where workspace_id = $1',
);
/** $8: what is asked has changed, so everybody is looked at again. */
export const updateList = statement(
  'update_account_list',
  `update account_list set name = $3, about = $4, owner_id = $5, filter = $6::jsonb, follow_up = $7::jsonb, updated_at = $9::timestamptz,
     due_at = case when state = 'active' and $8::boolean then $9::timestamptz else due_at end,
     sweep_after = case when $8::boolean then null else sweep_after end, sweep_began_at = case when $8::boolean then null else sweep_began_at end
   where workspace_id = $1 and id = $2`,
);
export const pauseList = statement(
  'pause_account_list',
  `update account_list set state = 'paused', due_at = null, sweep_after = null, sweep_began_at = null, updated_at = $3 where workspace_id = $1 and id = $2`,
);
export const resumeList = statement(
  'resume_account_list',
  `update account_list set state = 'active', due_at = $3, updated_at = $3 where workspace_id = $1 and id = $2`,
);
export const deleteList = statement(
  'delete_account_list',
  'delete from account_list where workspace_id = $1 and id = $2',
);
export const closeItemsOfList = statement<{ id: string; accountId: string }>(
  'close_items_of_account_list',
  `update queue_item set state = 'done', updated_at = $3::timestamptz where workspace_id = $1 and list_id = $2 and state = 'open' and claimed_by is null
   returning id, account_id as "accountId"`,
);
export const findMembers = statement<{ id: string }>(
  'find_owners_of_account_list',
  'select id from member where workspace_id = $1 and id = any($2::text[]) and active',
);

export const readTargetFiles = statement<{
  id: string;
  name: string;
  known: number;
  proposed: number;
  ambiguous: number;
  repeated: number;
  refused: number;
  accounts: number;
  createdAt: Date;
  mapping: Record<string, string>;
}>(
  'read_target_files',
  `select f.id, f.name, f.mapping, f.known, f.proposed, f.ambiguous, f.repeated, f.refused, f.created_at as "createdAt",
     (select count(*)::int from target_file_member m where m.workspace_id = f.workspace_id and m.file_id = f.id) as accounts
   from target_file f where f.workspace_id = $1 order by f.id desc limit 200`,
);

export const readCampaignOfList = statement<{ campaignId: string | null }>(
  'read_campaign_of_account_list',
  'select campaign_id as "campaignId" from account_list where workspace_id = $1 and id = $2',
);
export const noteCampaign = statement(
  'note_campaign_of_account_list',
  'update account_list set campaign_id = $3 where workspace_id = $1 and id = $2',
);
