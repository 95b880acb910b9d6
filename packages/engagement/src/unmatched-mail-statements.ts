import { statement } from '@penstock/store/statement';

/** Kept once per address and mail; what was decided on it stays decided. */
export const insertUnmatched = statement<{ id: string }>(
  'insert_unmatched_mail',
  `insert into unmatched_mail (workspace_id, id, message_id, address, name, member_id, direction, subject, sent_at, suggested_id, state, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11) on conflict (workspace_id, address, message_id) do nothing returning id`,
);

/** Which of the addresses $2 are ignored, by themselves (their hashes are $3) or by their domain. */
export const ignoredOf = statement<{ address: string }>(
  'ignored_addresses',
  `select a.address from unnest($2::text[], $3::text[]) as a (address, hash)
   where exists (select 1 from mail_ignored i where i.workspace_id = $1 and i.kind = 'address' and i.value = a.hash)
      or exists (select 1 from mail_ignored i where i.workspace_id = $1 and i.kind = 'domain' and i.value = split_part(a.address, '@', 2))`,
);

/** With whom the mails $2 were: people as they are now, each once. */
export const peopleOfMessages = statement<{ personId: string }>(
  'people_of_messages',
  `select distinct coalesce(p.merged_into_id, p.id) as "personId" from activity a join person p on p.workspace_id = a.workspace_id and p.id = a.person_id
   where a.workspace_id = $1 and a.message_id = any($2::text[]) and p.erased_at is null limit 2`,
);

export type UnmatchedRow = {
  address: string;
  name: string;
  state: 'open' | 'matched' | 'ignored';
  count: number;
  received: number;
  lastAt: Date;
  members: string[];
  suggested: string | null;
  person: string | null;
  personAccountId: string | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  domainIgnored: boolean;
};
/** By address: those that wait, most mails first, then what was decided lately. $2 whose mails the caller sees (null: all). */
export const readUnmatched = statement<UnmatchedRow>(
  'read_unmatched_mails',
  `select g.address, g.name, g.state, g.count, g.received, g.last_at as "lastAt", g.members, g.decided_at as "decidedAt", d.name as "decidedBy",
     nullif(trim(s.given_name || ' ' || s.family_name), '') as suggested, p.account_id as "personAccountId",
     case when g.person_id is not null then coalesce(nullif(trim(p.given_name || ' ' || p.family_name), ''), g.address) end as person,
     exists (select 1 from mail_ignored i where i.workspace_id = $1 and i.kind = 'domain' and i.value = split_part(g.address, '@', 2)) as "domainIgnored"
   from (
     select u.address, max(u.name) as name, u.state, count(*)::int as count, (count(*) filter (where u.direction = 'in'))::int as received, max(u.sent_at) as last_at,
       array_agg(distinct m.name) as members, (array_agg(u.suggested_id order by u.sent_at desc) filter (where u.suggested_id is not null))[1] as suggested_id,
       (array_agg(u.person_id) filter (where u.person_id is not null))[1] as person_id, max(u.decided_at) as decided_at, max(u.decided_by) as decided_by
     from unmatched_mail u join member m on m.workspace_id = u.workspace_id and m.id = u.member_id
     where u.workspace_id = $1 and ($2::text[] is null or u.member_id = any($2::text[])) group by u.address, u.state
   ) g left join person s on s.workspace_id = $1 and s.id = g.suggested_id left join person p on p.workspace_id = $1 and p.id = g.person_id
   left join member d on d.workspace_id = $1 and d.id = g.decided_by
   order by (g.state = 'open') desc, case when g.state = 'open' then g.count end desc, coalesce(g.decided_at, g.last_at) desc, g.address limit 200`,
);

export type KeptMail = {
  id: string;
  messageId: string;
  memberId: string;
  direction: 'in' | 'out';
  subject: string;
  sentAt: Date;
  personId: string | null;
};
/** All of an address in a state, locked; $4 whose mails the caller sees (null: all). */
export const lockUnmatched = statement<KeptMail>(
  'lock_unmatched_mails',
  `select id, message_id as "messageId", member_id as "memberId", direction, subject, sent_at as "sentAt", person_id as "personId" from unmatched_mail
   where workspace_id = $1 and address = $2 and state = any($3::text[]) and ($4::text[] is null or member_id = any($4::text[])) order by id for update`,
);
export const decideUnmatched = statement(
  'decide_unmatched_mails',
  `update unmatched_mail set state = $3, person_id = $4, decided_by = $5, decided_at = $6 where workspace_id = $1 and id = any($2::uuid[])`,
);
/** Those of a domain that wait; an ignored domain takes all of them along. */
export const addressesOfDomain = statement<{ address: string }>(
  'unmatched_addresses_of_domain',
  `select distinct address from unmatched_mail where workspace_id = $1 and state = $3 and split_part(address, '@', 2) = $2 order by address`,
);
export const ignoreMail = statement(
  'ignore_mail',
  `insert into mail_ignored (workspace_id, kind, value, member_id, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
);
/** $2 the hash of the address, $3 its domain. */
export const noticeMail = statement<{ kind: string }>(
  'notice_mail_again',
  `delete from mail_ignored where workspace_id = $1 and ((kind = 'address' and value = $2) or (kind = 'domain' and value = $3)) returning kind`,
);

/** By this address, too, the person is known from now on. */
export const addAlias = statement(
  'add_mail_alias',
  `insert into external_id (workspace_id, system, kind, value, subject_kind, subject_id, recorded_at) values ($1, 'mail', 'address', $2, 'person', $3, $4)
   on conflict (workspace_id, system, kind, value) do update set subject_id = excluded.subject_id, recorded_at = excluded.recorded_at`,
);
export const dropAlias = statement(
  'drop_mail_alias',
  `delete from external_id where workspace_id = $1 and system = 'mail' and kind = 'address' and value = $2`,
);
export const dropToldMails = statement<{ accountId: string; dealId: string | null }>(
  'drop_told_mails',
  `delete from activity where workspace_id = $1 and kind = 'mail' and message_id = any($2::text[]) and person_id = any($3::uuid[])
   returning account_id as "accountId", deal_id as "dealId"`,
);
export const readKnownPerson = statement<{ personId: string; accountId: string }>(
  'read_person_to_match',
  `select id as "personId", account_id as "accountId" from person
   where workspace_id = $1 and id = $2 and erased_at is null and merged_into_id is null and account_id is not null`,
);
export const readStandingAccount = statement<{ id: string; name: string }>(
  'read_account_to_put_person',
  `select a.id, a.name from account f join account a on a.workspace_id = f.workspace_id and a.id = case when f.merged_into_id is not null then f.merged_into_id else f.id end
   where f.workspace_id = $1 and f.id = $2`,
);
export const forgetUnmatched = statement<{ id: string }>(
  'forget_unmatched_mails',
  'delete from unmatched_mail where workspace_id = $1 and expires_at <= $2 returning id',
);
