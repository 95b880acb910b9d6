import { statement } from '@penstock/store/statement';

import type { Standing } from './model/priority.ts';

/** Columns of what an account's dealings are worth, as `Standing`; to be joined as `st`. */
export const STANDING = `st.deal_value_minor as "dealValueMinor", st.deal_currency as "dealCurrency", st.stage_probability as "stageProbability",
  st.urgent_until as "urgentUntil", st.committee_until as "committeeUntil", st.responding_until as "respondingUntil", st.budget_documented as "budgetDocumented"`;

/** The version of the intent model whose masses count; others stand beside them only while they are built. */
export const IN_FORCE = `coalesce((select version_id from score_base where workspace_id = $1),
  (select published_version_id from document where workspace_id = $1 and kind = 'intent_model' and name = 'main'))`;

export type StandingFacts = Pick<
  Standing,
  'dealValueMinor' | 'dealCurrency' | 'stageProbability' | 'budgetDocumented'
> & {
  accountId: string;
  /** Dates of decision that buyers named, as they were noted, and when. */
  decisionDates: string[];
  notedAt: Date[];
  /** When each person last answered, met us or asked for something, the latest first. */
  engagedAt: Date[];
};

/** What the standing of accounts follows from: $3 keys of stages, $4 their probabilities. */
export const readStandingFacts = statement<StandingFacts>(
  'read_standing_facts',
  `select a.id as "accountId", best.value_minor as "dealValueMinor", best.currency as "dealCurrency", best.probability as "stageProbability",
     coalesce(noted.budget, false) as "budgetDocumented", coalesce(noted.dates, '{}') as "decisionDates", coalesce(noted.at, '{}') as "notedAt",
     coalesce(engaged.at, '{}') as "engagedAt"
   from account a
   left join lateral (
     select d.value_minor, d.currency, coalesce(p.probability, 0) as probability
     from deal d left join unnest($3::text[], $4::float8[]) as p (stage, probability) on p.stage = d.stage
     where d.workspace_id = a.workspace_id and d.account_id = a.id and d.stage_type = 'open' and d.merged_into_id is null and d.is_test = a.is_test
     order by d.value_minor * coalesce(p.probability, 0) desc, d.id limit 1
   ) best on true
   left join lateral (
     select bool_or(e.criterion = 'budget_confirmed') as budget,
       array_agg(e.value order by e.id) filter (where e.criterion = 'timeline_within_90_days') as dates,
       array_agg(e.occurred_at order by e.id) filter (where e.criterion = 'timeline_within_90_days') as at
     from deal d join deal_evidence e on e.workspace_id = d.workspace_id and e.deal_id = d.id and e.withdrawn_at is null
       and e.criterion in ('budget_confirmed', 'timeline_within_90_days')
     where d.workspace_id = a.workspace_id and d.account_id = a.id and d.stage_type = 'open' and d.merged_into_id is null and d.is_test = a.is_test
   ) noted on true
   left join lateral (
     select array_agg(person.at order by person.at desc) as at from (
       select greatest(
         (select max(t.occurred_at) from activity t where t.workspace_id = p.workspace_id and t.person_id = p.id
            and (t.direction = 'in' or t.kind = 'meeting' or t.outcome in ('positive', 'connected', 'demo', 'meeting_booked'))),
         (select max(l.received_at) from lead l where l.workspace_id = p.workspace_id and l.person_id = p.id)) as at
       from person p where p.workspace_id = a.workspace_id and p.account_id = a.id and p.erased_at is null and p.merged_into_id is null
     ) person where person.at is not null
   ) engaged on true
   where a.workspace_id = $1 and a.id = any($2::uuid[])`,
);

/** Which of some accounts have had dealings that count. */
export const whoseStandingIsKept = statement<{ accountId: string }>(
  'whose_standing_is_kept',
  'select account_id as "accountId" from account_standing where workspace_id = $1 and account_id = any($2::uuid[])',
);

export const writeStandings = statement(
  'write_account_standings',
  `insert into account_standing (workspace_id, account_id, deal_value_minor, deal_currency, stage_probability, urgent_until, committee_until, responding_until, budget_documented, updated_at)
   select $1::uuid, s.account_id, s.deal_value_minor, s.deal_currency, s.stage_probability, s.urgent_until, s.committee_until, s.responding_until, s.budget_documented, $3::timestamptz
   from jsonb_to_recordset($2::jsonb) as s (account_id uuid, deal_value_minor bigint, deal_currency text, stage_probability float8, urgent_until timestamptz,
     committee_until timestamptz, responding_until timestamptz, budget_documented boolean)
   on conflict (workspace_id, account_id) do update set
     deal_value_minor = excluded.deal_value_minor, deal_currency = excluded.deal_currency, stage_probability = excluded.stage_probability,
     urgent_until = excluded.urgent_until, committee_until = excluded.committee_until, responding_until = excluded.responding_until,
     budget_documented = excluded.budget_documented, updated_at = excluded.updated_at`,
);
