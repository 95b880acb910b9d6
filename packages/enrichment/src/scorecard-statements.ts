import { statement } from '@penstock/store/statement';

export type ScoreRow = {
  provider: string;
  capability: string;
  field: string;
  segment: string;
  asked: number;
  found: number;
  verified: number;
  usable: number;
  wrong: number;
  chargedMicros: number;
  answered: number;
  errors: number;
  unknown: number;
  p50Ms: number | null;
  p95Ms: number | null;
};

/**
 * Calls that left (what a limit held back until it was given up is no call) since the lowest id $2 (of the runs of version $3, if it is given), by provider, field and the segment named by $4. A call counts
 * for each field that it was made for, as asked once it was answered or may have been, with an equal part of its charge. Verified: a verifier has called the address valid. Usable: by
 * the policy in $5 (catch-all) and $6 (line types). Wrong: refused by the receiving server for the
 * address (5.0, 5.1, 5.2 or no enhanced status; not for the words, the sender or a rule of ours), or a wrong number by a rep's word.
 */
export const readScorecards = statement<ScoreRow>(
  'read_scorecards',
  `with runs as materialized (
     select id from list_run where workspace_id = $1 and waterfall_version_id = $3::uuid
     union all select id from enrichment_run where workspace_id = $1 and waterfall_version_id = $3::uuid),
   calls as materialized (
     select l.id, l.person_id, l.provider, l.capability, l.wanted, l.gave, l.verdict, l.position, l.state, l.answered, l.charged_micros, l.latency_ms
     from spend_ledger l
     where l.workspace_id = $1 and l.id >= $2::uuid and cardinality(l.wanted) > 0 and l.state <> 'reserved' and not l.held
       and ($3::uuid is null or l.run_id in (select id from runs))),
   given as materialized (
     select o.ledger_id, o.person_id, o.field, min(o.value) as value, min(o.line_type) as line_type from observation o
     where o.workspace_id = $1 and o.id >= $2::uuid and o.ledger_id is not null and o.verification is null and o.field in ('work_email', 'mobile', 'direct_dial')
     group by o.ledger_id, o.person_id, o.field),
   verdicts as materialized (
     select distinct on (o.person_id, o.value) o.person_id, o.value, o.verification from observation o
     where o.workspace_id = $1 and o.id >= $2::uuid and o.field = 'work_email' and o.verification is not null
     order by o.person_id, o.value, o.id desc),
   refused as materialized (
     select distinct lower(m.to_address) as address from outgoing_mail m where m.workspace_id = $1 and m.state = 'refused' and m.last_code ~ '^5[0-9]{2}( 5[.][012][.][0-9]+)?$'),
   misdialled as materialized (
     select distinct a.person_id from activity a where a.workspace_id = $1 and a.kind = 'call' and a.outcome = 'wrong_number' and a.person_id is not null)
   select c.provider, c.capability, f.field,
     case $4::text when 'position' then least(c.position, 3)::text
       when 'country' then coalesce(p.country, a.country, '')
       when 'size' then case when a.employee_count is null then '' when a.employee_count < 50 then '1-49' when a.employee_count < 200 then '50-199'
         when a.employee_count < 1000 then '200-999' else '1000+' end
       when 'seniority' then coalesce(lower(s.value), '') else '' end as segment,
     (count(*) filter (where c.answered or c.state = 'unknown'))::int as asked, (count(*) filter (where f.field = any(c.gave)))::int as found,
     (count(*) filter (where f.field = 'work_email' and v.verification = 'valid'))::int as verified,
     (count(*) filter (where case f.field when 'work_email' then v.verification = 'valid' or ($5::boolean and v.verification = 'catch_all')
        when 'mobile' then g.line_type = any($6::text[]) else f.field = any(c.gave) end))::int as usable,
     (count(*) filter (where case f.field when 'work_email' then lower(g.value) in (select address from refused)
        when 'mobile' then g.value is not null and c.person_id in (select person_id from misdialled) else false end))::int as wrong,
     round(sum(c.charged_micros::float8 / cardinality(c.wanted)))::bigint as "chargedMicros",
     (count(*) filter (where c.answered))::int as answered,
     (count(*) filter (where not c.answered and c.state <> 'unknown' and c.latency_ms is not null))::int as errors,
     (count(*) filter (where c.state = 'unknown'))::int as unknown,
     percentile_cont(0.5) within group (order by c.latency_ms)::float8 as "p50Ms",
     percentile_cont(0.95) within group (order by c.latency_ms)::float8 as "p95Ms"
   from calls c cross join lateral unnest(c.wanted) as f (field)
   join person p on p.workspace_id = $1 and p.id = c.person_id
   left join account a on a.workspace_id = $1 and a.id = p.account_id
   left join visible_value s on $4 = 'seniority' and s.workspace_id = $1 and s.subject_id = c.person_id and s.field = 'seniority'
   left join given g on g.ledger_id = c.id and g.person_id = c.person_id and g.field = f.field
   left join verdicts v on f.field = 'work_email' and v.person_id = g.person_id and v.value = g.value
   group by 1, 2, 3, 4`,
);

/** What verifiers said, of how many addresses. */
export const readVerdictCounts = statement<{
  provider: string;
  capability: string;
  verdict: string;
  calls: number;
}>(
  'read_verdict_counts',
  `with runs as materialized (
     select id from list_run where workspace_id = $1 and waterfall_version_id = $3::uuid
     union all select id from enrichment_run where workspace_id = $1 and waterfall_version_id = $3::uuid)
   select provider, capability, verdict, count(*)::int as calls from spend_ledger
   where workspace_id = $1 and id >= $2::uuid and verdict <> '' and ($3::uuid is null or run_id in (select id from runs))
   group by provider, capability, verdict`,
);

export type VersionFigures = {
  versionId: string;
  number: number;
  runs: number;
  records: number;
  found: number;
  verified: number;
  usable: number;
  spentMicros: number;
};

/** What runs over lists came to, by the version of the waterfall that they used, since the lowest id $2. */
export const readVersionFigures = statement<VersionFigures>(
  'read_version_figures',
  `select v.id as "versionId", v.number, count(distinct r.id)::int as runs, coalesce(sum(k.done), 0)::int as records, coalesce(sum(k.found), 0)::int as found,
     coalesce(sum(k.verified), 0)::int as verified, coalesce(sum(k.usable), 0)::int as usable, coalesce(sum(k.spent_micros), 0)::bigint as "spentMicros"
   from list_run r join document_version v on v.workspace_id = r.workspace_id and v.id = r.waterfall_version_id
   join list_run_chunk k on k.workspace_id = r.workspace_id and k.run_id = r.id
   where r.workspace_id = $1 and r.id >= $2::uuid group by v.id, v.number order by v.number desc`,
);
