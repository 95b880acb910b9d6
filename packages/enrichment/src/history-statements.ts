import { statement } from '@penstock/store/statement';

export type CallCount = {
  provider: string;
  capability: string;
  first: boolean;
  answered: number;
  hits: number;
  chargedOnHitMicros: number;
  chargedOnMissMicros: number;
};

/** Answered calls by provider and capability, asked first or later, since the lowest id $2. */
export const readCallCounts = statement<CallCount>(
  'read_call_counts',
  `select provider, capability, position = 1 as first, count(*)::int as answered,
     count(*) filter (where cardinality(gave) > 0 or verdict <> '')::int as hits,
     coalesce(sum(charged_micros) filter (where cardinality(gave) > 0 or verdict <> ''), 0)::bigint as "chargedOnHitMicros",
     coalesce(sum(charged_micros) filter (where cardinality(gave) = 0 and verdict = ''), 0)::bigint as "chargedOnMissMicros"
   from spend_ledger where workspace_id = $1 and id >= $2::uuid and answered and cardinality(wanted) > 0
   group by provider, capability, position = 1`,
);

/** What answers held: fields by provider and capability, and verifiers' verdicts. */
export const readAnswerParts = statement<{
  provider: string;
  capability: string;
  part: string;
  calls: number;
}>(
  'read_answer_parts',
  `select l.provider, l.capability, p.part, count(*)::int as calls
   from spend_ledger l cross join lateral unnest(l.gave || array_remove(array[l.verdict], '')) as p (part)
   where l.workspace_id = $1 and l.id >= $2::uuid and l.answered and cardinality(l.wanted) > 0
   group by l.provider, l.capability, p.part`,
);

/** Ways of reaching people as providers gave them, with the newest verdict on each address and the line type of each number. */
export const readValueQualities = statement<{
  provider: string;
  field: string;
  verification: string;
  lineType: string;
  values: number;
}>(
  'read_value_qualities',
  `with verdict as (
     select distinct on (person_id, value) person_id, value, verification from observation
     where workspace_id = $1 and id >= $2::uuid and field = 'work_email' and verification is not null order by person_id, value, id desc)
   select o.provider, o.field, coalesce(v.verification, '') as verification, coalesce(o.line_type, '') as "lineType", count(*)::int as values
   from observation o left join verdict v on o.field = 'work_email' and v.person_id = o.person_id and v.value = o.value
   where o.workspace_id = $1 and o.id >= $2::uuid and o.field in ('work_email', 'mobile', 'direct_dial') and o.verification is null and o.person_id is not null
   group by 1, 2, 3, 4`,
);

/** Pace of the newest finished runs over lists: calls a second. */
export const readPaces = statement<{ callsPerSecond: number }>(
  'read_list_run_paces',
  `select c.calls / greatest(extract(epoch from r.ended_at - r.created_at), 0.5)::float8 as "callsPerSecond"
   from (select id, created_at, ended_at from list_run where workspace_id = $1 and state = 'finished' order by created_at desc limit 20) r
   join lateral (select coalesce(sum(calls), 0)::int as calls from list_run_chunk k where k.workspace_id = $1 and k.run_id = r.id) c on c.calls >= 50
   order by r.created_at desc limit 10`,
);
