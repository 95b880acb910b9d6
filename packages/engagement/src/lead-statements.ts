import { namesOfAccount } from '@penstock/accounts/item-names';
import { statement } from '@penstock/store/statement';

/** Submissions of one address wait for each other, so that the same person twice becomes one lead. */
export const lockAddress = statement(
  'lock_lead_address',
  `select pg_advisory_xact_lock(hashtextextended($1::uuid::text || ':lead:' || $2::text, 0))`,
);

export const openLeadOf = statement<{ id: string }>(
  'open_lead_of_address',
  `select id from lead where workspace_id = $1 and email = $2 and form_id = $3 and is_test = $4
     and state in ('received', 'routed', 'claimed') and received_at > $5 order by received_at desc limit 1`,
);

export const sameSubmission = statement<{ leadId: string }>(
  'same_submission',
  `select lead_id as "leadId" from lead_submission where workspace_id = $1 and lead_id = $2 and answers = $3::jsonb and received_at > $4 limit 1`,
);

/** The lead, its first submission and the beginning of its trace, in one round trip: somebody waits for the answer. */
export const insertLead = statement<{ id: string }>(
  'insert_lead',
  `with made as (
     insert into lead (workspace_id, id, form_id, state, intent, email, given_name, family_name, company, phone, country, message, marks, is_test, received_at, recorded_at)
     values ($1, $2, $3, 'received', (select intent from form where workspace_id = $1 and id = $3), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
     on conflict (workspace_id, id) do nothing returning id
   ), sent as (
     insert into lead_submission (workspace_id, id, lead_id, form_id, answers, received_at)
     select $1, $14::uuid, made.id, $3::uuid, $15::jsonb, $13 from made
   ), noted as (
     insert into lead_event (workspace_id, id, lead_id, kind, detail, occurred_at, recorded_at)
     select $1, $16::uuid, made.id, 'received', '{}', $13, $13 from made
   )
   select id from made`,
);

export const insertSubmission = statement(
  'insert_lead_submission',
  `insert into lead_submission (workspace_id, id, lead_id, form_id, answers, received_at) values ($1, $2, $3, $4, $5::jsonb, $6) on conflict do nothing`,
);

export const insertLeadEvent = statement<{ id: string }>(
  'insert_lead_event',
  `insert into lead_event (workspace_id, id, lead_id, kind, detail, occurred_at, recorded_at)
   values ($1, $2, $3, $4, $5::jsonb, $6, $6) on conflict do nothing returning id`,
);

export type LeadToWork = {
  id: string;
  state: string;
  intent: 'demo_request' | 'contact_sales' | 'webinar' | 'download';
  email: string;
  givenName: string;
  familyName: string;
  company: string;
  country: string;
  marks: string[];
  isTest: boolean;
  receivedAt: Date;
  personId: string | null;
  accountId: string | null;
  formName: string;
  workspaceName: string;
};

export const lockLead = statement<LeadToWork>(
  'lock_lead',
  `select l.id, l.state, l.intent, l.email, l.given_name as "givenName", l.family_name as "familyName", l.company, l.country, l.marks,
     l.is_test as "isTest", l.received_at as "receivedAt", l.person_id as "personId", l.account_id as "accountId",
     f.name as "formName", w.name as "workspaceName"
   from lead l join form f on f.workspace_id = l.workspace_id and f.id = l.form_id join workspace w on w.workspace_id = l.workspace_id
   where l.workspace_id = $1 and l.id = $2 for update of l`,
);

export const routeLead = statement(
  'route_lead',
  `update lead set state = 'routed', person_id = $3, account_id = $4, owner_id = $5, marks = $6 where workspace_id = $1 and id = $2`,
);

export const leadStarted = statement(
  'lead_workflow_started',
  'update lead set workflow_started_at = coalesce(workflow_started_at, $3) where workspace_id = $1 and id = $2',
);
export const leadSettled = statement(
  'lead_settled',
  'update lead set settled_at = coalesce(settled_at, $3) where workspace_id = $1 and id = $2',
);
export const leadClaimed = statement<{ id: string }>(
  'lead_claimed',
  `update lead set state = 'claimed' where workspace_id = $1 and id = $2 and state = 'routed' returning id`,
);

/** Nobody works on it any more: it waits again for somebody. */
export const leadsReleased = statement<{ id: string }>(
  'leads_released',
  `update lead set state = 'routed' where workspace_id = $1 and id = any($2::uuid[]) and state = 'claimed' returning id`,
);

export type RoutingCandidate = {
  memberId: string;
  name: string;
  email: string;
  teamId: string | null;
  active: boolean;
  takesLeads: boolean;
  lastAssignedAt: Date | null;
};

/** Turns are taken one at a time: the lock is held until the decision is committed. */
export const lockRoundRobin = statement(
  'lock_round_robin',
  `select pg_advisory_xact_lock(hashtextextended($1::uuid::text || ':round-robin', 0))`,
);

export const routingCandidates = statement<RoutingCandidate>(
  'routing_candidates',
  `select m.id as "memberId", m.name, m.email, m.team_id as "teamId", m.active, m.takes_leads as "takesLeads", r.last_assigned_at as "lastAssignedAt"
   from member m left join round_robin r on r.workspace_id = m.workspace_id and r.member_id = m.id and r.pool = 'leads'
   where m.workspace_id = $1 and m.role in ('rep', 'manager') order by m.id`,
);

/** Turns have a time each, also those of one moment: else ties would go to the same member again and again. */
export const countTurn = statement(
  'count_round_robin_turn',
  `with turn as (
     select greatest($3::timestamptz, max(last_assigned_at) + interval '1 ms') as at from round_robin where workspace_id = $1 and pool = 'leads'
   )
   insert into round_robin (workspace_id, pool, member_id, last_assigned_at, assigned_count) select $1, 'leads', $2, turn.at, 1 from turn
   on conflict (workspace_id, pool, member_id) do update set last_assigned_at = excluded.last_assigned_at, assigned_count = round_robin.assigned_count + 1`,
);

/** An inbound request waits in the first band, each as an item of its own: two people of one company are two people who wait. */
export const enterInbound = statement<{ id: string }>(
  'enter_inbound',
  `insert into queue_item (workspace_id, id, account_id, lead_id, owner_id, band, state, reason, bound_0, bound_1, is_test, names, created_at, updated_at)
   values ($1, $2, $3, $4, $5, 0, 'open', $6, $9, $9, $7, ${namesOfAccount('$1', '$3')}, $8, $8)
   on conflict (workspace_id, lead_id) where lead_id is not null do update set updated_at = excluded.updated_at
   returning id`,
);

export const insertWelcome = statement<{ id: string }>(
  'insert_welcome_mail',
  `insert into outgoing_mail (workspace_id, id, purpose, lead_id, person_id, member_id, from_name, from_address, to_name, to_address, subject, body_text, message_id, state, created_at)
   values ($1, $2, 'welcome', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'queued', $13)
   on conflict (workspace_id, purpose, lead_id) where purpose = 'welcome' do nothing returning id`,
);
