import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { LeadDetail, type WelcomeMail } from '../contracts.ts';
import { LEAD_COLUMNS, LEAD_JOINS, viewLead, type LeadRecord } from './list-leads.ts';

/** The human clock's promise (R050). */
export const HUMAN_TARGET_MS = 5 * 60_000;

type DetailRecord = LeadRecord & {
  phone: string;
  country: string;
  message: string;
  personId: string | null;
  dealId: string | null;
  queueItemId: string | null;
};
const readLead = statement<DetailRecord>(
  'read_lead',
  `select ${LEAD_COLUMNS}, l.phone, l.country, l.message, l.person_id as "personId",
     (select d.id from deal d where d.workspace_id = l.workspace_id and d.lead_id = l.id) as "dealId",
     (select q.id from queue_item q where q.workspace_id = l.workspace_id and q.lead_id = l.id order by q.created_at desc limit 1) as "queueItemId"
   from lead l ${LEAD_JOINS}
   where l.workspace_id = $1 and l.id = $2 and ($3::text[] is null or l.owner_id is null or l.owner_id = any($3::text[]))`,
);
type EventRecord = {
  id: string;
  kind: string;
  detail: Record<string, unknown>;
  occurredAt: Date;
  memberName: string | null;
};
const readEvents = statement<EventRecord>(
  'read_lead_events',
  `select e.id, e.kind, e.detail, e.occurred_at as "occurredAt", m.name as "memberName" from lead_event e
   left join member m on m.workspace_id = e.workspace_id and m.id = e.detail ->> 'memberId'
   where e.workspace_id = $1 and e.lead_id = $2 order by e.occurred_at, e.id`,
);
const readMail = statement<z.input<typeof WelcomeMail>>(
  'read_welcome_mail',
  `select id, state, from_name as "fromName", subject, body_text as "bodyText", last_code as "lastCode", created_at as "createdAt", settled_at as "settledAt"
   from outgoing_mail where workspace_id = $1 and lead_id = $2 and purpose = 'welcome'`,
);
const readSubmissions = statement<{ id: string; formName: string; receivedAt: Date }>(
  'read_lead_submissions',
  `select s.id, f.name as "formName", s.received_at as "receivedAt" from lead_submission s
   join form f on f.workspace_id = s.workspace_id and f.id = s.form_id where s.workspace_id = $1 and s.lead_id = $2 order by s.received_at`,
);

/** Everything about a lead: clocks, trace, routing reason, welcome mail, requests. */
export const getLead = query({
  name: 'leads.get',
  lane: 'hot',
  permission: 'lead.read',
  summary: 'A lead with both clocks, its trace, the routing reason and the welcome mail.',
  input: z.object({ id: z.uuid() }),
  output: LeadDetail,
  async run({ tx, actor }, input) {
    const lead = await maybeOne(tx, readLead, input.id, actor.visibleOwnerIds);
    if (!lead)
      throw new DomainError(
        'not_found',
        'This lead does not exist or belongs to somebody whose work you do not see.',
      );
    const events = await tx.rows(readEvents, lead.id);
    return {
      ...viewLead(lead),
      email: lead.email,
      phone: lead.phone,
      country: lead.country,
      message: lead.message,
      personId: lead.personId,
      dealId: lead.dealId,
      queueItemId: lead.queueItemId,
      routing: routingOf(events),
      clocks: clocksOf(lead, events),
      events: events.map((event) => ({
        id: event.id,
        kind: event.kind,
        text: textOf(event),
        occurredAt: event.occurredAt,
      })),
      mail: await maybeOne(tx, readMail, lead.id),
      submissions: await tx.rows(readSubmissions, lead.id),
    };
  },
});

function clocksOf(lead: DetailRecord, events: readonly EventRecord[]): z.input<typeof LeadDetail>['clocks'] {
  const after = (kind: string): number | null => {
    const event = events.find((one) => one.kind === kind);
    return event ? Math.max(0, event.occurredAt.getTime() - lead.receivedAt.getTime()) : null;
  };
  return {
    receivedAt: lead.receivedAt,
    routedMs: after('routed'),
    firstMailMs: after('welcome_accepted'),
    claimedMs: after('claimed'),
    firstHumanTouchMs: after('first_human_touch'),
    humanTargetMs: HUMAN_TARGET_MS,
  };
}

const RoutedDetail = z.object({ rule: z.string(), because: z.string(), passedOver: z.array(z.string()) });

function routingOf(events: readonly EventRecord[]): z.input<typeof LeadDetail>['routing'] {
  const routed = events.find((event) => event.kind === 'routed');
  return routed ? (RoutedDetail.safeParse(routed.detail).data ?? null) : null;
}

function textOf(event: EventRecord): string {
  const because = typeof event.detail['because'] === 'string' ? event.detail['because'] : '';
  switch (event.kind) {
    case 'received':
      return 'Form stored';
    case 'matched':
      return `Matched to an account: ${because}`;
    case 'routed':
      return `Routed: ${because}`;
    case 'welcome_accepted':
      return 'Welcome mail accepted by the mail server';
    case 'welcome_unknown':
      return 'Welcome mail may or may not have left; it is never sent again by itself';
    case 'welcome_refused':
      return event.detail['code'] === 'suppressed'
        ? 'Welcome mail not sent: the person is not to be written to'
        : 'Welcome mail refused by the mail server';
    case 'enriched':
      return because === '' ? 'Enriched' : `Enriched: ${because}`;
    case 'scored':
      return 'Account scored and in the queue';
    case 'claimed':
      return `Claimed by ${event.memberName ?? 'somebody'}`;
    case 'released':
      return 'Given back';
    case 'first_human_touch':
      return `First human touch: ${String(event.detail['kind'])}${event.detail['selfReported'] === true ? ' (self-reported)' : ''}`;
    default:
      return 'Became a deal';
  }
}
