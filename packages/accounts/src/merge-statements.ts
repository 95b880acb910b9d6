import { statement } from '@penstock/store/statement';

import type { MergeRecord } from './model/merge-fields.ts';

/** A record with what tells whether it can be merged; `labels` hold what people read in place of an id. */
export type Mergeable = {
  id: string;
  name: string;
  gone: string | null;
  fields: MergeRecord;
  labels: Record<string, string | null>;
};

const PERSON = `p.id, coalesce(nullif(trim(p.given_name || ' ' || p.family_name), ''), p.email_key, 'somebody without a name') as name,
     case when p.erased_at is not null then 'erased' when p.merged_into_id is not null then 'merged' when p.is_test then 'test' end as gone,
     jsonb_build_object('givenName', p.given_name, 'familyName', p.family_name, 'emailKey', p.email_key, 'country', p.country, 'accountId', p.account_id,
       'buyingRole', p.buying_role, 'doNotCall', p.do_not_call) as fields, jsonb_build_object('accountId', a.name) as labels`;
const ACCOUNT = `a.id, a.name, case when a.merged_into_id is not null then 'merged' when a.is_test then 'test' end as gone,
     jsonb_build_object('name', a.name, 'domain', a.domain, 'industry', a.industry, 'employeeCount', a.employee_count, 'annualRevenueUsd', a.annual_revenue_usd,
       'country', a.country, 'region', a.region, 'city', a.city, 'ownerId', a.owner_id, 'state', a.state) as fields,
     jsonb_build_object('ownerId', (select m.name from member m where m.workspace_id = $1 and m.id = a.owner_id)) as labels`;
const OF_PEOPLE = `from person p left join account a on a.workspace_id = p.workspace_id and a.id = p.account_id where p.workspace_id = $1 and p.id = any($2::uuid[]) order by p.id`;
const OF_ACCOUNTS = 'from account a where a.workspace_id = $1 and a.id = any($2::uuid[]) order by a.id';

/** The lower id first, as everywhere: two merges that share a record come one after the other. */
export const READ = {
  person: statement<Mergeable>('read_people_to_merge', `select ${PERSON} ${OF_PEOPLE}`),
  account: statement<Mergeable>('read_accounts_to_merge', `select ${ACCOUNT} ${OF_ACCOUNTS}`),
} as const;
export const LOCK = {
  person: statement<Mergeable>('lock_people_to_merge', `select ${PERSON} ${OF_PEOPLE} for update of p`),
  account: statement<Mergeable>('lock_accounts_to_merge', `select ${ACCOUNT} ${OF_ACCOUNTS} for update of a`),
} as const;

export const WRITE = {
  person: statement(
    'write_merged_person',
    `update person set given_name = f.given_name, family_name = f.family_name, country = f.country, account_id = f.account_id, buying_role = f.buying_role,
       do_not_call = f.do_not_call, updated_at = $4
     from (select $3::jsonb ->> 'givenName' as given_name, $3::jsonb ->> 'familyName' as family_name, $3::jsonb ->> 'country' as country,
       ($3::jsonb ->> 'accountId')::uuid as account_id, $3::jsonb ->> 'buyingRole' as buying_role, ($3::jsonb ->> 'doNotCall')::boolean as do_not_call) f
     where workspace_id = $1 and id = $2`,
  ),
  account: statement(
    'write_merged_account',
    `update account set name = $3::jsonb ->> 'name', domain = $3::jsonb ->> 'domain', industry = $3::jsonb ->> 'industry',
       employee_count = ($3::jsonb ->> 'employeeCount')::int, annual_revenue_usd = ($3::jsonb ->> 'annualRevenueUsd')::bigint, country = $3::jsonb ->> 'country',
       region = $3::jsonb ->> 'region', city = $3::jsonb ->> 'city', owner_id = $3::jsonb ->> 'ownerId', state = $3::jsonb ->> 'state', updated_at = $4
     where workspace_id = $1 and id = $2`,
  ),
} as const;

/** An address belongs to one record at a time: it is taken from one before the other gets it. */
export const writeAddress = statement(
  'write_address_of_merged',
  'update person set email_key = $3 where workspace_id = $1 and id = $2',
);
export const MARK = {
  person: statement(
    'mark_person_merged',
    'update person set merged_into_id = $3, updated_at = $4 where workspace_id = $1 and id = $2',
  ),
  account: statement(
    'mark_account_merged_into',
    `update account set state = 'merged', merged_into_id = $3, updated_at = $4 where workspace_id = $1 and id = $2`,
  ),
} as const;
export const UNMARK = {
  person: statement(
    'unmark_person_merged',
    'update person set merged_into_id = null, updated_at = $4 where workspace_id = $1 and id = $2 and $3::text is not null',
  ),
  account: statement(
    'unmark_account_merged',
    'update account set state = $3, merged_into_id = null, updated_at = $4 where workspace_id = $1 and id = $2',
  ),
} as const;

export type LiveItem = {
  id: string;
  accountId: string;
  state: string;
  claimedBy: string | null;
  claimedByName: string | null;
};
/** What an account has at most one of: the item for its signals. */
export const liveItems = statement<LiveItem>(
  'live_items_of_accounts',
  `select q.id, q.account_id as "accountId", q.state, q.claimed_by as "claimedBy", m.name as "claimedByName" from queue_item q
   left join member m on m.workspace_id = q.workspace_id and m.id = q.claimed_by
   where q.workspace_id = $1 and q.account_id = any($2::uuid[]) and q.lead_id is null and q.state in ('open', 'snoozed') order by q.id for update of q`,
);
export const closeItem = statement(
  'close_item_of_merged',
  `update queue_item set state = 'done', claimed_by = null, claim_expires_at = null, updated_at = $3 where workspace_id = $1 and id = $2`,
);
/** Unless the account has another by now. */
export const reopenItem = statement(
  'reopen_item_of_merged',
  `update queue_item q set state = $3, updated_at = $4, bound_0 = coalesce(bound_0, bound_1), bound_1 = coalesce(bound_1, bound_0) where q.workspace_id = $1 and q.id = $2 and q.state = 'done'
     and not exists (select 1 from queue_item o where o.workspace_id = $1 and o.account_id = q.account_id and o.lead_id is null and o.state in ('open', 'snoozed'))`,
);

export const insertMerge = statement(
  'insert_record_merge',
  `insert into record_merge (workspace_id, id, kind, kept_id, other_id, reasons, before, moved, merged_by, merged_at)
   values ($1, $2, $3, $4, $5, coalesce((select reasons from duplicate_pair where workspace_id = $1 and kind = $3 and low_id = least($4::uuid, $5::uuid) and high_id = greatest($4::uuid, $5::uuid)), '{}'), $6::jsonb, $7::jsonb, $8, $9)`,
);
export type MergeRow = {
  id: string;
  kind: 'person' | 'account';
  keptId: string;
  otherId: string;
  reasons: string[];
  before: unknown;
  moved: unknown;
  undoneAt: Date | null;
};
export const readMerge = statement<MergeRow>(
  'read_record_merge',
  `select id, kind, kept_id as "keptId", other_id as "otherId", reasons, before, moved, undone_at as "undoneAt" from record_merge where workspace_id = $1 and id = $2 for update`,
);
export const endMerge = statement(
  'end_record_merge',
  `update record_merge set undone_by = $3, undone_at = $4, before = '{}', moved = '[]' where workspace_id = $1 and id = $2`,
);
export type MergeListed = {
  id: string;
  kind: 'person' | 'account';
  keptId: string;
  keptName: string;
  otherName: string;
  by: string;
  mergedAt: Date;
  undoneAt: Date | null;
};
export const listMerges = statement<MergeListed>(
  'list_record_merges',
  `select g.id, g.kind, g.kept_id as "keptId", coalesce(a.name, nullif(trim(p.given_name || ' ' || p.family_name), ''), p.email_key, 'erased') as "keptName",
     coalesce(b.name, nullif(trim(o.given_name || ' ' || o.family_name), ''), o.email_key, 'erased') as "otherName", coalesce(m.name, g.merged_by) as by,
     g.merged_at as "mergedAt", g.undone_at as "undoneAt"
   from record_merge g left join member m on m.workspace_id = $1 and m.id = g.merged_by
   left join account a on g.kind = 'account' and a.workspace_id = $1 and a.id = g.kept_id left join account b on g.kind = 'account' and b.workspace_id = $1 and b.id = g.other_id
   left join person p on g.kind = 'person' and p.workspace_id = $1 and p.id = g.kept_id left join person o on g.kind = 'person' and o.workspace_id = $1 and o.id = g.other_id
   where g.workspace_id = $1 order by g.merged_at desc, g.id desc limit $2`,
);

/** What may be spent on a record is one sum for what is one record now. */
export const addSpent = statement<{ micros: number }>(
  'add_spent_on_merged',
  `update budget k set charged_micros = k.charged_micros + o.charged_micros from budget o
   where k.workspace_id = $1 and k.scope = 'record' and k.period = $2::uuid::text and o.workspace_id = $1 and o.scope = 'record' and o.period = $3::uuid::text
   returning o.charged_micros as micros`,
);
export const takeSpent = statement(
  'take_spent_of_merged',
  `update budget set charged_micros = greatest(charged_micros - $3::bigint, 0) where workspace_id = $1 and scope = 'record' and period = $2::uuid::text`,
);
export const addressesOf = statement<{ address: string }>(
  'addresses_of_people',
  `select email_key as address from person where workspace_id = $1 and id = any($2::uuid[]) and email_key is not null
   union select lower(email) from lead where workspace_id = $1 and person_id = any($2::uuid[])
   union select lower(value) from observation where workspace_id = $1 and person_id = any($2::uuid[]) and field = 'work_email'`,
);
/** A person and everybody who was merged into them, or whom they were merged into. */
export const onePerson = statement<{ id: string }>(
  'everybody_who_is_one_person',
  `with root as (select coalesce(merged_into_id, id) as id from person where workspace_id = $1 and id = $2)
   select id from root union select p.id from person p join root r on p.merged_into_id = r.id where p.workspace_id = $1 order by id`,
);
export const noteBefore = statement(
  'note_before_merge',
  'update record_merge set before = $3::jsonb where workspace_id = $1 and id = $2',
);
