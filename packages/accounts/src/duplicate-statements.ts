import { statement } from '@penstock/store/statement';

/** Values that this many records share (a mailbox of a department, a switchboard) identify nobody. */
const MOST_OF_ONE = 8;
const ADDRESS = (value: string) =>
  `case when split_part(${value}, '@', 2) in ('gmail.com', 'googlemail.com')
     then replace(split_part(split_part(lower(${value}), '@', 1), '+', 1), '.', '') || '@gmail.com'
     else split_part(split_part(lower(${value}), '@', 1), '+', 1) || '@' || split_part(lower(${value}), '@', 2) end`;

export type FoundPair = { lowId: string; highId: string; reasons: string[] };

/**
 * People who share an address, a profile, a mobile and family name, or name and company. Each key's records are paired with the first
 * of them, so that the pairs grow with the records and not with their square.
 */
export const findPeoplePairs = statement<FoundPair>(
  'find_duplicate_people',
  `with alive as materialized (
     select id, account_id, email_key, lower(trim(given_name)) as given, lower(trim(family_name)) as family from person
     where workspace_id = $1 and merged_into_id is null and erased_at is null and not is_test),
   told as (select v.subject_id as id, v.field, v.value, a.family from visible_value v join alive a on a.id = v.subject_id
     where v.workspace_id = $1 and v.subject_kind = 'person' and v.field in ('work_email', 'linkedin_url', 'mobile')),
   keyed as (
     select 'same_address' as what, ${ADDRESS('email_key')} as key, id from alive where email_key is not null
     union select 'same_address', ${ADDRESS('value')}, id from told where field = 'work_email'
     union select 'same_profile', rtrim(regexp_replace(lower(split_part(value, '?', 1)), '^(https?://)?([a-z]+[.])?linkedin[.]com/', ''), '/'), id from told where field = 'linkedin_url'
     union select 'same_mobile', value || ' ' || family, id from told where field = 'mobile' and family <> ''
     union select 'same_name_and_company', account_id::text || ' ' || given || ' ' || family, id from alive where account_id is not null and given <> '' and family <> ''),
   shared as (select what, array_agg(id order by id) as ids from keyed where key <> '' group by what, key having count(*) between 2 and ${MOST_OF_ONE})
   select s.ids[1] as "lowId", o.id as "highId", array_agg(distinct s.what order by s.what) as reasons
   from shared s cross join lateral unnest(s.ids[2:]) as o (id) group by 1, 2 limit $2`,
);

export const findCompanyPairs = statement<{ lowId: string; highId: string }>(
  'find_duplicate_accounts',
  `with alive as materialized (select id, domain from account where workspace_id = $1 and state in ('active', 'proposed') and not is_test),
   keyed as (
     select 'domain ' || domain as key, id from alive where domain is not null
     union select k.key, a.id from account_name_key k join alive a on a.id = k.account_id where k.workspace_id = $1 and left(k.key, 2) not in ('~^', '~=')),
   shared as (select array_agg(id order by id) as ids from keyed group by key having count(*) between 2 and ${MOST_OF_ONE})
   select distinct s.ids[1] as "lowId", o.id as "highId" from shared s cross join lateral unnest(s.ids[2:]) as o (id) limit $2`,
);

export type CompanyRecord = {
  id: string;
  names: string[];
  country: string | null;
  region: string | null;
  city: string | null;
  domain: string | null;
  registerNumbers: string[];
};
export const readCompanies = statement<CompanyRecord>(
  'read_accounts_to_compare',
  `select a.id, array_prepend(a.name, array(select k.key from account_name_key k where k.workspace_id = $1 and k.account_id = a.id and left(k.key, 1) <> '~')) as names,
     a.country, a.region, a.city, a.domain,
     array(select x.value from external_id x where x.workspace_id = $1 and x.subject_id = a.id and x.system = 'sec') as "registerNumbers"
   from account a where a.workspace_id = $1 and a.id = any($2::uuid[])`,
);

/** Pairs that somebody has decided on stay decided. */
export const keepPairs = statement<{ one: number }>(
  'keep_duplicate_pairs',
  `insert into duplicate_pair (workspace_id, kind, low_id, high_id, reasons, score, state, found_at)
   select $1::uuid, $2, p.low_id, p.high_id, string_to_array(p.reasons, ' '), p.score, 'open', $7::timestamptz
   from unnest($3::uuid[], $4::uuid[], $5::text[], $6::float8[]) as p (low_id, high_id, reasons, score)
   on conflict (workspace_id, kind, low_id, high_id) do update set reasons = excluded.reasons, score = excluded.score, found_at = excluded.found_at
   where duplicate_pair.state = 'open' returning 1 as one`,
);
export const dropOldPairs = statement(
  'drop_duplicate_pairs_not_found_again',
  `delete from duplicate_pair where workspace_id = $1 and kind = $2 and state = 'open' and found_at < $3::timestamptz`,
);

export type PairRecord = FoundPair & {
  score: number;
  lowName: string;
  highName: string;
  lowHint: string;
  highHint: string;
};
const personName = (p: string) =>
  `coalesce(nullif(trim(${p}.given_name || ' ' || ${p}.family_name), ''), ${p}.email_key, '')`;
export const listPeoplePairs = statement<PairRecord>(
  'list_duplicate_people',
  `select d.low_id as "lowId", d.high_id as "highId", d.reasons, d.score, ${personName('l')} as "lowName", ${personName('h')} as "highName",
     coalesce(l.email_key, la.name, '') as "lowHint", coalesce(h.email_key, ha.name, '') as "highHint"
   from duplicate_pair d join person l on l.workspace_id = $1 and l.id = d.low_id join person h on h.workspace_id = $1 and h.id = d.high_id
   left join account la on la.workspace_id = $1 and la.id = l.account_id left join account ha on ha.workspace_id = $1 and ha.id = h.account_id
   where d.workspace_id = $1 and d.kind = 'person' and d.state = 'open' and l.merged_into_id is null and h.merged_into_id is null
     and l.erased_at is null and h.erased_at is null order by d.score desc, d.low_id, d.high_id limit $2`,
);
export const listCompanyPairs = statement<PairRecord>(
  'list_duplicate_accounts',
  `select d.low_id as "lowId", d.high_id as "highId", d.reasons, d.score, l.name as "lowName", h.name as "highName",
     coalesce(l.domain, l.city, '') as "lowHint", coalesce(h.domain, h.city, '') as "highHint"
   from duplicate_pair d join account l on l.workspace_id = $1 and l.id = d.low_id join account h on h.workspace_id = $1 and h.id = d.high_id
   where d.workspace_id = $1 and d.kind = 'account' and d.state = 'open' and l.merged_into_id is null and h.merged_into_id is null
   order by d.score desc, d.low_id, d.high_id limit $2`,
);
export const countPairs = statement<{ kind: string; count: number }>(
  'count_duplicate_pairs',
  `select kind, count(*)::int as count from duplicate_pair where workspace_id = $1 and state = 'open' group by kind`,
);
/** Also for a pair that nobody had found. */
export const keepApart = statement(
  'keep_pair_apart',
  `insert into duplicate_pair (workspace_id, kind, low_id, high_id, reasons, score, state, found_at, decided_by, decided_at)
   values ($1, $2, least($3::uuid, $4::uuid), greatest($3::uuid, $4::uuid), '{}', 0, 'different', $6::timestamptz, $5, $6::timestamptz)
   on conflict (workspace_id, kind, low_id, high_id) do update set state = 'different', decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
);
/** A record that is no more stands in no pair; who was like it is like the one that it became. */
export const passPairsOn = statement(
  'pass_duplicate_pairs_on',
  `with gone as (delete from duplicate_pair where workspace_id = $1 and kind = $2 and state = 'open' and (low_id = $3::uuid or high_id = $3::uuid) returning *),
   others as (select case when low_id = $3::uuid then high_id else low_id end as id, reasons, score, found_at from gone)
   insert into duplicate_pair (workspace_id, kind, low_id, high_id, reasons, score, state, found_at)
   select $1::uuid, $2, least(id, $4::uuid), greatest(id, $4::uuid), reasons, score, 'open', found_at from others where id <> $4::uuid on conflict do nothing`,
);
export const reopenPair = statement(
  'reopen_duplicate_pair',
  `insert into duplicate_pair (workspace_id, kind, low_id, high_id, reasons, score, state, found_at)
   values ($1, $2, least($3::uuid, $4::uuid), greatest($3::uuid, $4::uuid), string_to_array($5, ' '), $6, 'open', $7::timestamptz) on conflict do nothing`,
);
