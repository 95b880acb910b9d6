import { statement } from '@penstock/store/statement';

import type { KnownFacts, RateLimit } from '../provider-port.ts';

export type TicketRow = {
  id: string;
  credentialId: string;
  provider: string;
  capability: string;
  ticket: string | null;
  state: 'asked' | 'waiting' | 'done' | 'given_up';
  dueAt: Date | null;
  polls: number;
  giveUpAt: Date;
  createdAt: Date;
};
const COLUMNS = `id, credential_id as "credentialId", provider, capability, ticket, state, due_at as "dueAt", polls, give_up_at as "giveUpAt", created_at as "createdAt"`;

export const insertTicket = statement(
  'insert_provider_ticket',
  `insert into provider_ticket (workspace_id, id, credential_id, provider, capability, state, give_up_at, created_at)
   values ($1, $2, $3, $4, $5, 'asked', $6, $7)`,
);

export const insertTicketRecords = statement(
  'insert_provider_ticket_records',
  `insert into provider_ticket_record (workspace_id, ledger_id, ticket_id, person_id, known)
   select $1::uuid, r.ledger_id, $2::uuid, r.person_id, r.known::jsonb from unnest($3::uuid[], $4::uuid[], $5::text[]) as r (ledger_id, person_id, known)`,
);

export const readTicket = statement<TicketRow>(
  'read_provider_ticket',
  `select ${COLUMNS} from provider_ticket where workspace_id = $1 and id = $2`,
);

/** The vendor has taken it; an answer that was there before this one stays. */
export const takeTicket = statement<{ id: string }>(
  'take_provider_ticket',
  `update provider_ticket set ticket = $3, state = 'waiting', due_at = $4 where workspace_id = $1 and id = $2 and state = 'asked' returning id`,
);

/** One replica at a time asks about a ticket; who asks and dies is followed by another after a while. */
export const claimTicket = statement<TicketRow>(
  'claim_provider_ticket',
  `update provider_ticket set due_at = $3, polls = polls + 1 where workspace_id = $1 and id = $2 and state = 'waiting' and due_at <= $4 returning ${COLUMNS}`,
);

/** Its vendor says that there is something to fetch. */
export const hastenTicket = statement(
  'hasten_provider_ticket',
  `update provider_ticket set state = 'waiting', due_at = $3 where workspace_id = $1 and id = $2 and state in ('waiting', 'given_up') and ticket is not null`,
);

export const delayTicket = statement(
  'delay_provider_ticket',
  `update provider_ticket set due_at = $3 where workspace_id = $1 and id = $2 and state = 'waiting'`,
);

export const endTicket = statement<{ id: string }>(
  'end_provider_ticket',
  `update provider_ticket set state = $3, due_at = null where workspace_id = $1 and id = $2 and state <> 'done' returning id`,
);

export type TicketRecord = { ledgerId: string; personId: string; known: KnownFacts };
/** All records that were handed in, in the order in which they were: some vendors tell answers apart by their place alone. */
export const readTicketRecords = statement<TicketRecord & { answered: boolean }>(
  'read_provider_ticket_records',
  `select ledger_id as "ledgerId", person_id as "personId", known, answered_at is not null as answered
   from provider_ticket_record where workspace_id = $1 and ticket_id = $2 order by ledger_id`,
);

/** Whoever gets the row keeps the answer: it counts once, however often it comes. */
export const claimAnswer = statement<{ personId: string }>(
  'claim_later_answer',
  `update provider_ticket_record set answered_at = $3, known = '{}' where workspace_id = $1 and ledger_id = $2 and answered_at is null
   returning person_id as "personId"`,
);

export const parkCalls = statement<{ id: string }>(
  'park_calls',
  `update spend_ledger set parked = true where workspace_id = $1 and id = any($2::uuid[]) and state = 'reserved' returning id`,
);

/** Their vendor never answered: whether they were charged is unknown. */
export const giveUpCalls = statement<{ id: string }>(
  'give_up_parked_calls',
  `update spend_ledger set state = 'unknown', outcome = 'no answer came: whether it was charged is unknown', settled_at = $3, parked = false
   where workspace_id = $1 and id = any($2::uuid[]) and state = 'reserved' returning id`,
);

/** When a vendor is asked next about somebody of these people. */
export const nextTicket = statement<{ dueAt: Date | null }>(
  'next_ticket_of_people',
  `select min(t.due_at) as "dueAt" from provider_ticket_record r join provider_ticket t on t.workspace_id = r.workspace_id and t.id = r.ticket_id
   where r.workspace_id = $1 and r.person_id = any($2::uuid[]) and r.answered_at is null and t.state = 'waiting'`,
);

export type TicketCredential = {
  id: string;
  provider: string;
  secretSealed: string;
  limits: RateLimit[] | null;
  definition: null;
  use: 'order';
  passedOver: boolean;
  barredCountries: string[];
  asksUnknownCountry: boolean;
  lawfulBasis: string;
  basisNeededIn: string[];
};
/** Also one that is not used for new calls any more. */
export const readTicketCredential = statement<TicketCredential>(
  'read_ticket_credential',
  `select id, provider, secret_sealed as "secretSealed", limits, null as definition, 'order' as use, false as "passedOver", '{}'::text[] as "barredCountries", true as "asksUnknownCountry", '' as "lawfulBasis", '{}'::text[] as "basisNeededIn" from provider_credential where workspace_id = $1 and id = $2 and secret_sealed <> ''`,
);

export type LaterAbout = { accountId: string | null; body: unknown; wanted: string[] };
/** Whom a call is about, and the version of the run that made it. */
export const readLaterAbout = statement<LaterAbout>(
  'read_about_later_answer',
  `select p.account_id as "accountId", v.body, l.wanted from spend_ledger l
   join person p on p.workspace_id = l.workspace_id and p.id = l.person_id
   left join enrichment_run e on e.workspace_id = l.workspace_id and e.id = l.run_id
   left join list_run r on r.workspace_id = l.workspace_id and r.id = l.run_id
   join document_version v on v.workspace_id = l.workspace_id and v.id = case when e.waterfall_version_id is not null then e.waterfall_version_id else r.waterfall_version_id end
   where l.workspace_id = $1 and l.id = $2`,
);
