import { Instant, Named } from '@penstock/kernel/contract';
import { z } from 'zod';

export const LeadIntent = z.enum(['demo_request', 'contact_sales', 'webinar', 'download']);

export const LeadRow = z.object({
  id: z.string(),
  name: z.string(),
  company: z.string(),
  intent: LeadIntent,
  state: z.enum(['received', 'routed', 'claimed', 'converted', 'disqualified']),
  marks: z.array(z.string()),
  isTest: z.boolean(),
  owner: Named.nullable(),
  account: Named.nullable(),
  receivedAt: Instant,
  firstHumanTouchAt: Instant.nullable(),
});

/** System clock: form → first automatic touch. Human clock: form → first human touch. Durations in ms; null while it runs. */
export const Clocks = z.object({
  receivedAt: Instant,
  routedMs: z.int().nullable(),
  firstMailMs: z.int().nullable(),
  claimedMs: z.int().nullable(),
  firstHumanTouchMs: z.int().nullable(),
  humanTargetMs: z.int(),
});

export const LeadEvent = z.object({
  id: z.string(),
  kind: z.string(),
  text: z.string(),
  occurredAt: Instant,
});

const MailStateName = z.enum(['queued', 'sending', 'accepted', 'refused', 'unknown', 'withdrawn']);
export type MailState = z.infer<typeof MailStateName>;

export const WelcomeMail = z.object({
  id: z.string(),
  state: MailStateName,
  fromName: z.string(),
  subject: z.string(),
  bodyText: z.string(),
  lastCode: z.string(),
  createdAt: Instant,
  settledAt: Instant.nullable(),
});

export const LeadDetail = LeadRow.extend({
  email: z.string(),
  phone: z.string(),
  country: z.string(),
  message: z.string(),
  personId: z.string().nullable(),
  /** Why this owner: rule, who was passed over. */
  routing: z.object({ rule: z.string(), because: z.string(), passedOver: z.array(z.string()) }).nullable(),
  clocks: Clocks,
  events: z.array(LeadEvent),
  mail: WelcomeMail.nullable(),
  submissions: z.array(z.object({ id: z.string(), formName: z.string(), receivedAt: Instant })),
  dealId: z.string().nullable(),
  queueItemId: z.string().nullable(),
});

export const FormRow = z.object({
  id: z.string(),
  publicKey: z.string(),
  name: z.string(),
  intent: LeadIntent,
  allowedOrigins: z.array(z.string()),
  active: z.boolean(),
  hostedPath: z.string(),
  leads: z.int(),
});

export const MailRow = WelcomeMail.extend({
  purpose: z.enum(['welcome', 'first_message']),
  leadId: z.string().nullable(),
  queueItemId: z.string().nullable(),
  toName: z.string(),
  toAddress: z.string(),
});

export const BriefContact = z.object({
  personId: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  roleLabel: z.string().nullable(),
  engaged: z.boolean(),
  /** Why this one is tried at this place. */
  why: z.string(),
  email: z.string().nullable(),
  emailVerification: z.string().nullable(),
  /** Null for who asked not to be called. */
  phone: z.string().nullable(),
  phoneLineType: z.string().nullable(),
  doNotCall: z.boolean(),
  /** `Mon 09:14`; two differing texts where a country has several zones. */
  localTime: z
    .object({ from: z.string(), to: z.string(), working: z.boolean(), worksAgainAt: Instant.nullable() })
    .nullable(),
});

/** Everything to know before acting on a queue item. */
export const ItemBrief = z.object({
  asOf: Instant,
  action: z.object({
    action: z.enum([
      'call',
      'write',
      'call_later',
      'keep_promise',
      'find_somebody',
      'enrich',
      'widen',
      'wait',
    ]),
    label: z.string(),
    because: z.string(),
    personId: z.string().nullable(),
    at: Instant.nullable(),
  }),
  /** In the order in which to try them. */
  contacts: z.array(BriefContact),
  plays: z.array(
    z.object({
      kind: z.string(),
      label: z.string(),
      play: z.string(),
      points: z.number(),
      summary: z.string(),
      occurredAt: Instant,
      url: z.string().nullable(),
    }),
  ),
  tried: z.object({
    calls: z.int(),
    mails: z.int(),
    meetings: z.int(),
    lines: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['call', 'mail', 'meeting']),
        direction: z.enum(['in', 'out', 'none']),
        outcome: z.string(),
        by: z.string().nullable(),
        person: z.string().nullable(),
        at: Instant,
      }),
    ),
  }),
  /** Stored facts, each with where it is from. */
  research: z.array(
    z.object({
      label: z.string(),
      value: z.string(),
      source: z.string(),
      at: Instant.nullable(),
      url: z.string().nullable(),
    }),
  ),
  drafts: z.array(z.object({ key: z.string(), name: z.string(), subject: z.string(), text: z.string() })),
  /** First messages sent from this item, newest first; `mine`: the caller may take it back while it waits. */
  sent: z.array(
    z.object({
      id: z.string(),
      draftKey: z.string(),
      personId: z.string(),
      mine: z.boolean(),
      toName: z.string(),
      toAddress: z.string(),
      subject: z.string(),
      state: MailStateName,
      lastCode: z.string(),
      createdAt: Instant,
      settledAt: Instant.nullable(),
    }),
  ),
  /** False: mail of this workspace can't leave from here, because no mail server is set up. */
  mailServer: z.boolean(),
  /** Whom a first message can be sent to, in the order of `contacts`; the others with the reason why not. */
  recipients: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      title: z.string().nullable(),
      email: z.string().nullable(),
      whyNot: z.string().nullable(),
    }),
  ),
});
