import { statement } from '@penstock/store/statement';

import type { Key } from './model/keys.ts';
import type { ProviderTerms } from './model/provider-terms.ts';
import type { RateLimit } from './provider-port.ts';

export type PersonToEnrich = {
  id: string;
  accountId: string | null;
  givenName: string;
  familyName: string;
  emailKey: string | null;
  companyName: string | null;
  companyDomain: string | null;
  /** Of the person, or of the company where the person's is not known. */
  country: string | null;
  industry: string | null;
  employees: number | null;
  erased: boolean;
  /** Of whoever has the lead: its budget pays. */
  teamId: string | null;
  /** Paid calls are stopped in this workspace. */
  stopped: boolean;
};

/** With what else a turn has to know; $3 is the lead that it is for, or null. */
export const readPerson = statement<PersonToEnrich>(
  'read_person_to_enrich',
  `select p.id, p.account_id as "accountId", p.given_name as "givenName", p.family_name as "familyName", p.email_key as "emailKey",
     a.name as "companyName", a.domain as "companyDomain", coalesce(p.country, a.country) as country, a.industry, a.employee_count as employees, p.erased_at is not null as erased,
     (select m.team_id from lead l join member m on m.workspace_id = $1 and m.id = l.owner_id where l.workspace_id = $1 and l.id = $3::uuid) as "teamId",
     (select w.paid_calls_stopped from workspace w where w.workspace_id = $1) as stopped
   from person p left join account a on a.workspace_id = p.workspace_id and a.id = p.account_id
   where p.workspace_id = $1 and p.id = $2`,
);

/** Who was merged with another is the other; locked is the one that remains. */
export const lockPerson = statement<{ id: string; accountId: string | null; erased: boolean }>(
  'lock_person_for_values',
  `select id, account_id as "accountId", erased_at is not null as erased from person
   where workspace_id = $1 and id = (select coalesce(f.merged_into_id, f.id) from person f where f.workspace_id = $1 and f.id = $2) for no key update`,
);

export const startRun = statement<{ id: string; state: string }>(
  'start_enrichment_run',
  `insert into enrichment_run (workspace_id, id, person_id, lead_id, waterfall_version_id, state, started_at)
   values ($1, $2, $3, $4, $5, 'running', $6)
   on conflict (workspace_id, id) do update set state = enrichment_run.state returning id, state`,
);

/** The version that a run began with; it is pinned to it. */
export const readRunVersion = statement<{ body: unknown; startedAt: Date }>(
  'read_version_of_run',
  `select v.body, r.started_at as "startedAt" from enrichment_run r
   join document_version v on v.workspace_id = r.workspace_id and v.id = r.waterfall_version_id where r.workspace_id = $1 and r.id = $2`,
);

/** Ends a run that has not ended, and tells in its trace what it passed over and why it stopped. */
export const endRun = statement(
  'end_enrichment_run',
  `with ended as (update enrichment_run set state = $3, stop_reason = $4, ended_at = $5 where workspace_id = $1 and id = $2 and state = 'running' returning id)
   insert into waterfall_step (workspace_id, id, run_id, seq, provider, capability, wanted, decision, reason, outcome, ledger_id, occurred_at)
   select $1, s.id, $2, (select coalesce(max(seq), 0) from waterfall_step where workspace_id = $1 and run_id = $2) + s.at, s.provider, s.capability, '{}', s.decision, s.reason, '', null, $5
   from ended cross join unnest($6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[]) with ordinality as s (id, provider, capability, decision, reason, at)`,
);

export type CredentialRow = {
  id: string;
  provider: string;
  secretSealed: string;
  /** Limits of the plan behind it; null for those that the vendor publishes. */
  limits: RateLimit[] | null;
  /** Of a provider that the workspace describes itself; null for all others. */
  definition: unknown;
} & Pick<Key, 'use' | 'passedOver'> &
  ProviderTerms;
/** All keys, in the order in which they are to be used; blocks are timed by Postgres, as in the gate. */
export const readCredentials = statement<CredentialRow>(
  'read_active_credentials',
  `select c.id, c.provider, c.secret_sealed as "secretSealed", c.limits, d.definition, coalesce(t.key_use, 'order') as use,
     exists (select 1 from provider_block b where b.workspace_id = $1 and b.credential_id = c.id and b.capability = '*'
       and b.reason in ('unauthorized', 'quota_exhausted', 'rate_limited')
       and b.blocked_until > clock_timestamp() + case b.reason when 'rate_limited' then interval '30 seconds' else interval '0' end -- lease: replicas agree on one clock
     ) as "passedOver",
     coalesce(t.barred_countries, '{}') as "barredCountries", coalesce(t.asks_unknown_country, true) as "asksUnknownCountry",
     coalesce(nullif(t.lawful_basis, ''), u.basis, '') as "lawfulBasis", coalesce(u.needed_in, '{}') as "basisNeededIn"
   from provider_credential c
   left join provider_terms t on t.workspace_id = c.workspace_id and t.provider = c.provider
   left join described_provider d on d.workspace_id = c.workspace_id and d.id = c.provider
   left join lawful_use u on u.workspace_id = c.workspace_id
   where c.workspace_id = $1 and c.active order by c.provider, c.position, c.created_at`,
);

/** Calls of this person, newest first: what was asked with which facts, and how it ended. */
export type EarlierCall = {
  ledgerId: string;
  callKey: string;
  runId: string;
  state: 'reserved' | 'charged' | 'released' | 'unknown' | 'reconciled';
  answered: boolean;
  chargedMicros: number;
  reservedMicros: number;
  reservedAt: Date;
  /** Its vendor answers later. */
  parked: boolean;
};
/** Sorted only once they are found by their person: walking all calls in the order of their ids looks cheap while a table is young. */
export const readCalls = statement<EarlierCall>(
  'read_calls_of_person',
  `select * from (
     select id as "ledgerId", call_key as "callKey", run_id as "runId", state, answered, charged_micros as "chargedMicros",
       reserved_micros as "reservedMicros", reserved_at as "reservedAt", parked
     from spend_ledger where workspace_id = $1 and person_id = $2 offset 0) c order by c."ledgerId" desc`,
);

export type ObservationRow = {
  id: string;
  field: string;
  value: string;
  provider: string;
  confidence: number | null;
  verification: string | null;
  lineType: string | null;
  occurredAt: Date;
  expiresAt: Date | null;
};
export const readObservations = statement<ObservationRow>(
  'read_observations_of_person',
  `select id, field, value, provider, confidence, verification, line_type as "lineType", occurred_at as "occurredAt", expires_at as "expiresAt"
   from observation where workspace_id = $1 and person_id = $2`,
);

/** Facts that providers reported fill gaps of the account; what a person entered stays. */
export const fillAccount = statement<{ id: string }>(
  'fill_account_facts',
  `update account set employee_count = coalesce(employee_count, $3::int), industry = coalesce(industry, $4::text), updated_at = $5
   where workspace_id = $1 and id = $2 and ((employee_count is null and $3::int is not null) or (industry is null and $4::text is not null)) returning id`,
);

export const insertStep = statement(
  'insert_waterfall_step',
  `insert into waterfall_step (workspace_id, id, run_id, seq, provider, capability, wanted, decision, reason, outcome, ledger_id, occurred_at)
   values ($1, $2, $3, (select coalesce(max(seq), 0) + 1 from waterfall_step where workspace_id = $1 and run_id = $3), $4, $5, $6::text[], $7, $8, $9, $10, $11)`,
);
