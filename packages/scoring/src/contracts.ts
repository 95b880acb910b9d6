import { Cursor, Instant, Named } from '@penstock/kernel/contract';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { z } from 'zod';

import { PRIORITY_TERMS } from './model/priority.ts';

/** Part of a score; the points of all parts add up to the score. */
export const Contribution = z.object({
  kind: z.string(),
  label: z.string(),
  points: z.number(),
  /** Mass now, half-life, and when it last grew. */
  mass: z.number(),
  halfLifeDays: z.number(),
  lastEventAt: Instant,
});

export const FitPart = z.object({
  criterion: z.string(),
  label: z.string(),
  verdict: z.enum(['match', 'miss', 'unknown', 'excluded']),
  points: z.number(),
  actual: z.string(),
  expected: z.string(),
});

const Change = z.object({ kind: z.string(), label: z.string(), points: z.number() });

const Shift = z.object({
  id: z.string(),
  name: z.string(),
  before: z.int(),
  after: z.int(),
  because: z.array(Change),
});

/** Who enters and leaves the top of the queue under another version, and what moves them most. */
export const RankShifts = z.object({
  enter: z.array(Shift),
  leave: z.array(Shift),
  stay: z.int(),
});

/** The newest signal of a kind, and what shows it. */
export const KindEvidence = z.object({
  kind: z.string(),
  summary: z.string(),
  occurredAt: Instant,
  /** Signals of this kind that are known of the account, counted up to 1,000. */
  count: z.int(),
  url: z.string().nullable(),
  quote: z.string().nullable(),
});

export const ScoreExplained = z.object({
  asOf: Instant,
  /** Intent alone, 0–100. */
  signalScore: z.number(),
  contributions: z.array(Contribution),
  /** 0–100. */
  fit: z.number(),
  fitParts: z.array(FitPart),
  /** Queue order, 0–100; the formula in words, and the points of each of its terms. */
  priority: z.number(),
  priorityFormula: z.string(),
  priorityParts: z.array(
    z.object({
      term: z.enum(PRIORITY_TERMS),
      label: z.string(),
      value: z.number(),
      weight: z.number(),
      points: z.number(),
    }),
  ),
  /** When the signal score falls below 50 % of what it is now, if nothing new happens; null if it is 0. */
  halvesAt: Instant.nullable(),
  evidence: z.array(KindEvidence),
  /** 0–100, beside the signal score and never set off against it. */
  risk: z.number(),
  riskParts: z.array(Contribution),
  /** Signal score seven days ago, and which kinds moved it since. */
  weekAgo: z.object({ signalScore: z.number(), changes: z.array(Change) }),
  /** The line is the priority of the last item that a day's work reaches; null while fewer than that are open. */
  line: z
    .object({
      rank: z.int(),
      priority: z.number(),
      above: z.boolean(),
      fallsBelowAt: Instant.nullable(),
      wouldLift: z.array(z.object({ kind: z.string(), label: z.string(), priority: z.number() })),
    })
    .nullable(),
});

const WithAndWithout = z.object({ now: z.number(), without: z.number() });

/** What one signal does to its account: each number as it is, and as it would be without the signal. */
export const SignalWeight = z.object({
  asOf: Instant,
  /** False once later news has ended it, or if it is a test about a real account. */
  counts: z.boolean(),
  /** Of its strength, 0–1, after the time since it occurred. */
  strengthLeft: z.number(),
  /** Under the model in force. */
  halfLifeDays: z.number(),
  signalScore: WithAndWithout,
  risk: WithAndWithout,
  priority: WithAndWithout,
  /** Where the account stands in the queue; null if it is not in it, or not for the caller. Places are counted up to 100. */
  item: z
    .object({ id: z.string(), state: z.enum(['open', 'snoozed']), place: z.int().nullable() })
    .nullable(),
});

export const QueueItem = z.object({
  id: z.string(),
  band: z.enum(['inbound', 'ranked']),
  state: z.enum(['open', 'snoozed', 'done']),
  /** Why it is here, in one sentence. */
  reason: z.string(),
  /** Who passed it on to its owner, and why. */
  passedOn: z.object({ by: z.string(), reason: z.string() }).nullable(),
  priority: z.number(),
  signalScore: z.number(),
  fit: z.number(),
  account: z.object({
    id: z.string(),
    name: z.string(),
    domain: z.string().nullable(),
    state: z.string(),
    industry: z.string().nullable(),
    employeeCount: z.int().nullable(),
    country: z.string().nullable(),
  }),
  lead: z
    .object({
      id: z.string(),
      intent: z.string(),
      receivedAt: Instant,
      firstHumanTouchAt: Instant.nullable(),
    })
    .nullable(),
  /** Whom to call. Values are those chosen by survivorship; `null` where none is usable yet. */
  contact: z
    .object({
      personId: z.string(),
      name: z.string(),
      title: z.string().nullable(),
      email: z.string().nullable(),
      emailVerification: z.string().nullable(),
      phone: z.string().nullable(),
      phoneLineType: z.string().nullable(),
      doNotCall: z.boolean(),
    })
    .nullable(),
  owner: Named.nullable(),
  claim: z.object({ memberId: z.string(), name: z.string(), expiresAt: Instant }).nullable(),
  contributions: z.array(Contribution),
  createdAt: Instant,
});

export const QueuePage = z.object({
  asOf: Instant,
  items: z.array(QueueItem),
  /** There are requests sent as tests; they are listed under the filter `test` only. */
  hasTests: z.boolean(),
  nextCursor: Cursor.nullable(),
});

const Weighted = {
  weight: z.number().min(0).max(10),
  required: z.boolean(),
  excluded: z.boolean().default(false),
};
const Bound = z.int().nonnegative().nullable();
const Words = z.array(z.string().trim().min(1).max(80)).min(1, 'names nothing').max(50);
const WithinDays = z.int().min(1).max(730);

const SignalKindName = z
  .string()
  .refine((kind) => kind in SIGNAL_KINDS, 'is no kind of signal; choose one of the known kinds');

export const IcpCriterion = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['employee_count', 'annual_revenue_usd', 'stakeholders', 'departments']),
    min: Bound,
    max: Bound,
    ...Weighted,
  }),
  z.object({
    kind: z.enum([
      'industry',
      'business_model',
      'growth_stage',
      'tech_stack',
      'competing_tools',
      'pain_points',
    ]),
    anyOf: Words,
    ...Weighted,
  }),
  z.object({
    kind: z.literal('country'),
    anyOf: z.array(z.string().trim().length(2)).min(1, 'names nothing').max(250),
    ...Weighted,
  }),
  z.object({ kind: z.literal('growing_department'), anyOf: Words, withinDays: WithinDays, ...Weighted }),
  z.object({
    kind: z.literal('behaviour'),
    anyOf: z.array(SignalKindName).min(1, 'names nothing').max(30),
    withinDays: WithinDays,
    ...Weighted,
  }),
]);

export const IcpBody = z.object({
  name: z.string().trim().min(1).max(120),
  criteria: z.array(IcpCriterion).min(1).max(20),
});
export type IcpBody = z.output<typeof IcpBody>;
