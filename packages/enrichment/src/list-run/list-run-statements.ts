import { plannedAnew, statement } from '@penstock/store/statement';

import type { TraceLine } from './list-record.ts';
import type { EarlierCall, ObservationRow, PersonToEnrich } from '../run-statements.ts';

export type ListRunRow = {
  id: string;
  name: string;
  versionId: string;
  body: unknown;
  state: 'running' | 'paused' | 'cancelled' | 'finished';
  stateReason: string;
  records: number;
  chunks: number;
  guardMicros: number | null;
  guardAfter: number;
  teamId: string | null;
  campaignId: string | null;
  createdAt: Date;
  endedAt: Date | null;
};

/** A run with the waterfall version that is pinned to it. */
export const readListRun = statement<ListRunRow>(
  'read_list_run',
  `select r.id, r.name, r.waterfall_version_id as "versionId", v.body, r.state, r.state_reason as "stateReason", r.records, r.chunks,
     r.guard_cost_per_usable_micros as "guardMicros", r.guard_after_records as "guardAfter",
     r.team_id as "teamId", r.campaign_id as "campaignId", r.created_at as "createdAt", r.ended_at as "endedAt"
   from list_run r join document_version v on v.workspace_id = r.workspace_id and v.id = r.waterfall_version_id
   where r.workspace_id = $1 and r.id = $2`,
);

/** Whether calls may be made just now: read in the transaction that reserves them. */
export const readPermission = statement<{ state: ListRunRow['state']; stopped: boolean }>(
  'list_run_permission',
  `select r.state, w.paid_calls_stopped as stopped from list_run r join workspace w on w.workspace_id = r.workspace_id
   where r.workspace_id = $1 and r.id = $2`,
);

export const moveListRun = statement<{ id: string }>(
  'move_list_run',
  `update list_run set state = $3, state_reason = $4, ended_at = case when $3 in ('cancelled', 'finished') then $5::timestamptz end,
     paused_ms = paused_ms + coalesce(greatest(0, extract(epoch from $5::timestamptz - paused_at) * 1000)::bigint, 0),
     paused_at = case when $3 = 'paused' then $5::timestamptz end
   where workspace_id = $1 and id = $2 and state = any($6::text[]) returning id`,
);

export type RecordToEnrich = PersonToEnrich & { suppressed: boolean };

/** Open records of a chunk, with what earlier rounds told. Suppression is looked up by the caller, who knows the hashes. */
export const readRecords = statement<PersonToEnrich & { trace: TraceLine[] }>(
  'read_list_records',
  `select p.id, p.account_id as "accountId", p.given_name as "givenName", p.family_name as "familyName", p.email_key as "emailKey",
     a.name as "companyName", a.domain as "companyDomain", coalesce(p.country, a.country) as country, a.industry, a.employee_count as employees, p.erased_at is not null as erased, r.trace
   from list_run_record r join person p on p.workspace_id = r.workspace_id and p.id = r.person_id
   left join account a on a.workspace_id = p.workspace_id and a.id = p.account_id
   where r.workspace_id = $1 and r.run_id = $2 and r.chunk = $3 and r.state = 'open' order by p.id`,
);

export const readCallsOf = plannedAnew<EarlierCall & { personId: string }>(
  'read_calls_of_people',
  `select person_id as "personId", id as "ledgerId", call_key as "callKey", run_id as "runId", state, answered, charged_micros as "chargedMicros",
     reserved_micros as "reservedMicros", reserved_at as "reservedAt", parked
   from spend_ledger where workspace_id = $1 and person_id = any($2::uuid[])`,
);

/** All people in one walk of each month's index: a look for each of them would be one for each of them in each month. */
export const readObservationsOf = plannedAnew<ObservationRow & { personId: string }>(
  'read_observations_of_people',
  `select person_id as "personId", id, field, value, provider, confidence, verification, line_type as "lineType", occurred_at as "occurredAt", expires_at as "expiresAt"
   from observation where workspace_id = $1 and person_id = any($2::uuid[])`,
);

/** Ids of what is kept of many people, for those who know the rest by now: what was read once is not read again. Left out is of whom nothing is kept. */
export const readObservationIdsOf = plannedAnew<{ personId: string; ids: string }>(
  'read_observation_ids_of_people',
  `select person_id as "personId", string_agg(id::text, ',') as ids from observation where workspace_id = $1 and person_id = any($2::uuid[]) group by person_id`,
);

/** Observations of many people ($14 names each of them once), each with the call that it came from. Of whom was merged with another meanwhile it is the other's. */
export const insertObservationsOf = statement(
  'insert_observations_of_people',
  `with merged as materialized (
     select id, merged_into_id as into_id from person where workspace_id = $1 and id = any($14::uuid[]) and merged_into_id is not null)
   insert into observation (workspace_id, id, person_id, field, value, provider, ledger_id, confidence, verification, line_type, lawful_basis, cost_micros, occurred_at, recorded_at, expires_at)
   select $1::uuid, o.id, coalesce((select m.into_id from merged m where m.id = o.person_id), o.person_id), o.field, o.value, o.provider, o.ledger_id, o.confidence, nullif(o.verification, ''), nullif(o.line_type, ''),
     coalesce(nullif(t.lawful_basis, ''), nullif((select u.basis from lawful_use u where u.workspace_id = $1), ''), 'not_recorded'), o.cost_micros, $12::timestamptz, $12::timestamptz, $13::timestamptz
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::float8[], $9::text[], $10::text[], $11::bigint[])
     as o (id, person_id, field, value, provider, ledger_id, confidence, verification, line_type, cost_micros)
   left join (select provider, lawful_basis from provider_terms where workspace_id = $1 offset 0) t on t.provider = o.provider`,
);

export const writeVisibleOf = statement(
  'write_visible_values_of_people',
  `insert into visible_value (workspace_id, subject_id, field, subject_kind, value, observation_id, provider, confidence, verification, line_type, usable, chosen_because, observed_at, expires_at, updated_at)
   select $1::uuid, v.subject_id, v.field, 'person', v.value, v.observation_id, v.provider, v.confidence, nullif(v.verification, ''), nullif(v.line_type, ''), v.usable, v.chosen_because, v.observed_at, v.expires_at, $14::timestamptz
   from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::float8[], $8::text[], $9::text[], $10::boolean[], $11::text[], $12::timestamptz[], $13::timestamptz[])
     as v (subject_id, field, value, observation_id, provider, confidence, verification, line_type, usable, chosen_because, observed_at, expires_at)
   order by v.subject_id, v.field
   on conflict (workspace_id, subject_id, field) do update set
     value = excluded.value, observation_id = excluded.observation_id, provider = excluded.provider, confidence = excluded.confidence,
     verification = excluded.verification, line_type = excluded.line_type, usable = excluded.usable, chosen_because = excluded.chosen_because,
     observed_at = excluded.observed_at, expires_at = excluded.expires_at, updated_at = excluded.updated_at`,
);

/** Locks of many calls, taken in the order of their keys; those that somebody else holds stay theirs. */
export const claimLocks = statement<{ callKey: string }>(
  'claim_call_locks',
  `insert into spend_call_key (workspace_id, call_key, ledger_id)
   select $1::uuid, k.call_key, k.ledger_id from unnest($2::text[], $3::uuid[]) as k (call_key, ledger_id) order by k.call_key
   on conflict (workspace_id, call_key) do update set ledger_id = excluded.ledger_id
     where exists (select 1 from spend_ledger l where l.workspace_id = $1 and l.id = spend_call_key.ledger_id
       and l.state in ('charged', 'reconciled') and l.reserved_at < $4)
   returning call_key as "callKey"`,
);

/** Each by its key: locks that somebody else holds stay theirs. */
export const freeLocks = statement(
  'free_call_locks',
  `delete from spend_call_key k using unnest($2::text[], $3::uuid[]) as f (call_key, ledger_id)
   where k.workspace_id = $1 and k.call_key = any($2::text[]) and k.call_key = f.call_key and k.ledger_id = f.ledger_id`,
);

/** Budgets of records that have none, with what is reserved of them where the ceiling leaves room for it. */
export const makeRecordBudgets = statement<{ id: string; period: string }>(
  'make_record_budgets',
  `insert into budget (workspace_id, id, scope, period, limit_micros, reserved_micros)
   select $1::uuid, w.id, 'record', w.period, $5::bigint, case when w.micros <= $5 then w.micros else 0 end
   from unnest($2::uuid[], $3::text[], $4::bigint[]) as w (id, period, micros)
   order by w.period on conflict (workspace_id, scope, period) do nothing returning id, period`,
);
/**
 * What was settled of budgets of records, together with what comes next, where there is room for both. Between the lowest id and the highest: without
 * statistics all budgets of the workspace would be walked.
 */
export const changeRecordBudgets = statement<{ id: string }>(
  'change_record_budgets',
  `update budget b set reserved_micros = b.reserved_micros + c.reserved + c.price, charged_micros = b.charged_micros + c.charged
   from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[]) as c (id, reserved, charged, price)
   where b.workspace_id = $1 and b.id >= $6::uuid and b.id <= $7::uuid and b.id = c.id
     and (c.price <= 0 or b.limit_micros - b.reserved_micros - b.charged_micros >= c.reserved + c.charged + c.price) returning b.id`,
);

/** Each by its key: there is a budget for every person. */
export const findBudgets = statement<{ id: string; scope: string; period: string }>(
  'find_budgets',
  `select b.id, w.scope, w.period from unnest($2::text[], $3::text[]) as w (scope, period)
   cross join lateral (select id from budget where workspace_id = $1 and scope = w.scope and period = w.period offset 0) b`,
);
/** Room of budgets, locked in one order: those of records first, as a list takes them, then by their ids. */
export const lockBudgets = statement<{ id: string; roomMicros: number }>(
  'lock_budgets',
  `select id, limit_micros - reserved_micros - charged_micros as "roomMicros" from budget
   where workspace_id = $1 and id = any($2::uuid[]) order by scope <> 'record', id for update`,
);
export const changeBudgets = statement(
  'change_budgets',
  `update budget b set reserved_micros = b.reserved_micros + c.reserved, charged_micros = b.charged_micros + c.charged
   from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as c (id, reserved, charged) where b.workspace_id = $1 and b.id = c.id`,
);
export const readHeld = statement<{ id: string }>(
  'read_held_calls',
  `select l.id from (
     select id, person_id from spend_ledger where workspace_id = $1 and run_id = $2 and state = 'reserved' and held offset 0
   ) l cross join lateral (
     select chunk from list_run_record where workspace_id = $1 and run_id = $2 and person_id = l.person_id offset 0
   ) r where r.chunk = $3`,
);
export const findLedger = statement<{ state: string }>(
  'find_ledger',
  'select state from spend_ledger where workspace_id = $1 and id = $2',
);
/** Name of the team or the campaign of a run. */
export const readSpenders = statement<{ team: string | null; campaign: string | null }>(
  'read_names_of_run_budgets',
  `select t.name as team, c.name as campaign from list_run r left join team t on t.workspace_id = $1 and t.id = r.team_id
   left join campaign c on c.workspace_id = $1 and c.id = r.campaign_id where r.workspace_id = $1 and r.id = $2`,
);
/** Whether calls are under way anywhere in the workspace: what they don't cost becomes free again. */
export const anyReserved = statement<{ reserved: boolean }>(
  'any_reserved_calls',
  `select exists (select 1 from spend_ledger where workspace_id = $1 and state = 'reserved') as reserved`,
);
export const raiseRunBudget = statement<{ id: string }>(
  'raise_run_budget',
  `insert into budget (workspace_id, id, scope, period, limit_micros) values ($1, $2, 'run', $3, $4)
   on conflict (workspace_id, scope, period) do update set limit_micros = excluded.limit_micros returning id`,
);

/** Each with the budgets that all of them have ($10) and its record's own. */
export const insertLedgers = statement(
  'insert_ledgers',
  `insert into spend_ledger (workspace_id, id, call_key, run_id, person_id, credential_id, provider, capability, state, reserved_micros, budget_ids, reserved_at, held, wanted, position)
   select $1::uuid, l.id, l.call_key, $9::uuid, l.person_id, l.credential_id, l.provider, l.capability, 'reserved', l.micros, $10::uuid[] || l.budget_id, $11::timestamptz, l.held, string_to_array(l.wanted, ','), l.position
   from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::bigint[], $12::uuid[], $13::boolean[], $14::text[], $15::smallint[])
     as l (id, call_key, person_id, credential_id, provider, capability, micros, budget_id, held, wanted, position)`,
);

export const settleLedgers = statement<{ id: string; reservedMicros: number; budgetIds: string[] }>(
  'settle_ledgers',
  `update spend_ledger l set state = s.state, charged_micros = s.charged, vendor_credits = s.credits, outcome = s.outcome, latency_ms = s.latency, settled_at = $9, answered = s.answered,
     gave = string_to_array(s.gave, ','), verdict = s.verdict
   from unnest($2::uuid[], $3::text[], $4::bigint[], $5::float8[], $6::text[], $7::int[], $8::boolean[], $10::text[], $11::text[]) as s (id, state, charged, credits, outcome, latency, answered, gave, verdict)
   where l.workspace_id = $1 and l.id >= $12::uuid and l.id <= $13::uuid and l.id = s.id and l.state in ('reserved', 'unknown')
   returning l.id, l.reserved_micros as "reservedMicros", l.budget_ids as "budgetIds"`,
);

export const finishRecords = statement(
  'finish_list_records',
  `update list_run_record r set state = 'done', found = f.found, verified = f.verified, usable = f.usable, stop_reason = f.reason, trace = r.trace || f.trace::jsonb, ended_at = $9
   from unnest($3::uuid[], $4::boolean[], $5::boolean[], $6::boolean[], $7::text[], $8::text[]) as f (person_id, found, verified, usable, reason, trace)
   where r.workspace_id = $1 and r.run_id = $2 and r.person_id = f.person_id and r.state = 'open'`,
);

/** What was asked for records that come back later. */
export const keepTraces = statement(
  'keep_list_traces',
  `update list_run_record r set trace = r.trace || t.trace::jsonb from unnest($3::uuid[], $4::text[]) as t (person_id, trace)
   where r.workspace_id = $1 and r.run_id = $2 and r.person_id = t.person_id and r.state = 'open'`,
);

export const readChunkPeople = statement<{ id: string }>(
  'read_list_chunk_people',
  'select person_id as id from list_run_record where workspace_id = $1 and run_id = $2 and chunk = $3',
);

/** The chunk's figures anew from its records and the ledger of its people ($5): right also after a crash. Calls of the run have ids from $6 up to $7. */
export const countChunk = plannedAnew(
  'count_list_chunk',
  `with asked as materialized (
     select state, reserved_micros, charged_micros from spend_ledger
     where workspace_id = $1 and person_id = any($5::uuid[]) and run_id = $2 and id >= $6::uuid and id < $7::uuid)
   update list_run_chunk c set done = n.done, found = n.found, verified = n.verified, usable = n.usable, calls = m.calls, spent_micros = m.spent,
     state = case when n.done = c.records then 'done' else 'open' end, updated_at = $4
   from (select count(*) filter (where state = 'done')::int as done, count(*) filter (where found)::int as found, count(*) filter (where verified)::int as verified,
           count(*) filter (where usable)::int as usable from list_run_record where workspace_id = $1 and run_id = $2 and chunk = $3) n,
        (select count(*)::int as calls, coalesce(sum(case when state in ('reserved', 'unknown') then reserved_micros else charged_micros end), 0)::bigint as spent
         from asked) m
   where c.workspace_id = $1 and c.run_id = $2 and c.chunk = $3`,
);

export type RunFigures = {
  done: number;
  found: number;
  verified: number;
  usable: number;
  calls: number;
  spentMicros: number;
  openChunks: number;
};
export const sumChunks = statement<RunFigures>(
  'sum_list_chunks',
  `select coalesce(sum(done), 0)::int as done, coalesce(sum(found), 0)::int as found, coalesce(sum(verified), 0)::int as verified, coalesce(sum(usable), 0)::int as usable,
     coalesce(sum(calls), 0)::int as calls, coalesce(sum(spent_micros), 0)::bigint as "spentMicros", (count(*) filter (where state = 'open'))::int as "openChunks"
   from list_run_chunk where workspace_id = $1 and run_id = $2`,
);

export const openChunks = statement<{ chunk: number }>(
  'open_list_chunks',
  `select chunk from list_run_chunk where workspace_id = $1 and run_id = $2 and state = 'open' order by chunk limit $3`,
);

/** Facts that providers reported fill gaps of accounts; what a person entered stays. */
export const fillAccounts = statement<{ id: string }>(
  'fill_facts_of_accounts',
  `update account a set employee_count = coalesce(a.employee_count, f.employees), industry = coalesce(a.industry, nullif(f.industry, '')), updated_at = $5
   from unnest($2::uuid[], $3::int[], $4::text[]) as f (id, employees, industry)
   where a.workspace_id = $1 and a.id = f.id and ((a.employee_count is null and f.employees is not null) or (a.industry is null and f.industry <> ''))
   returning a.id`,
);
