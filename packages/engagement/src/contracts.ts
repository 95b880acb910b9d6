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

export const WelcomeMail = z.object({
  id: z.string(),
  state: z.enum(['queued', 'sending', 'accepted', 'refused', 'unknown']),
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

export const MailRow = WelcomeMail.extend({ leadId: z.string(), toName: z.string(), toAddress: z.string() });
