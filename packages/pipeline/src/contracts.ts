import { Instant, Named, pageOf } from '@penstock/kernel/contract';
import { z } from 'zod';

export const CriterionStatus = z.object({
  key: z.string(),
  label: z.string(),
  met: z.boolean(),
  /** The evidence that meets it, or what is missing and how to add it. */
  explanation: z.string(),
  /** How a person can add it: by recording an activity, by evidence with a quote, or only by the product itself. */
  producedBy: z.enum(['product', 'activity', 'evidence']),
});

export const StageRow = z.object({
  key: z.string(),
  name: z.string(),
  type: z.enum(['open', 'won', 'lost', 'post_sale']),
  probability: z.number(),
  criteria: z.array(z.object({ key: z.string(), label: z.string() })),
  /** Said by the linter: a seller's activity as a name, too many stages. */
  warnings: z.array(z.string()),
});

export const DealRow = z.object({
  id: z.string(),
  name: z.string(),
  account: Named,
  owner: Named,
  stage: z.string(),
  stageName: z.string(),
  stageType: z.enum(['open', 'won', 'lost', 'post_sale']),
  state: z.enum(['active', 'nurture', 'closed']),
  valueMinor: z.int(),
  currency: z.string(),
  /** Of its stage, by the pipeline's definition. */
  probability: z.number(),
  /** Learned from the workspace's own outcomes; null where nothing that holds was learned, or the deal is decided. */
  winProbability: z.number().nullable(),
  signalScore: z.number(),
  /** What the score has changed by since seven days ago. */
  signalChange: z.number(),
  /** 0–100; null for a deal that is decided. */
  risk: z.number().nullable(),
  /** What the risk is made of, largest first; the points add up to it. */
  riskParts: z.array(z.object({ key: z.string(), label: z.string(), points: z.number() })),
  /** It has had no move for longer than is usual in its stage; null if it has, or is decided. */
  stalled: z
    .object({
      since: Instant,
      lastMovedAt: Instant,
      usualDays: z.int(),
      /** By the median of won deals, or the default where too few were won. */
      usualFrom: z.enum(['won_deals', 'default']),
    })
    .nullable(),
  /** New intent at the account of a stalled deal since it stalled; null for none, or too little. */
  reactivating: z
    .object({
      /** Signal score that the new signals alone give. */
      points: z.number(),
      since: Instant,
      parts: z.array(
        z.object({ kind: z.string(), label: z.string(), points: z.number(), lastEventAt: Instant }),
      ),
    })
    .nullable(),
  /** Roles of the buying committee that nobody known fills; null where they were not asked for. */
  missing: z.array(z.string()).nullable(),
  /** What to do next; null for a deal that is decided. */
  advice: z.string().nullable(),
  nextStep: z.string(),
  nextStepDueAt: Instant.nullable(),
  expectedCloseOn: z.string().nullable(),
  stageEnteredAt: Instant,
  createdAt: Instant,
});

/** Amounts in different currencies have no sum, so there is one of these for each. */
export const CurrencyWorth = z.object({
  currency: z.string(),
  count: z.int(),
  /** Deals that nothing known speaks against closing. */
  closable: z.int(),
  valueMinor: z.int(),
  /** Value times probability of the stage, less the deal's own risk; of what can close only. */
  expectedMinor: z.number(),
});

/** `worth` is that of the whole list (of its 20,000 largest deals); it stands on the first page. */
export const DealPage = pageOf(DealRow).extend({
  asOf: Instant,
  count: z.int(),
  worth: z.array(CurrencyWorth).nullable(),
});

export const DealChangeRow = z.object({
  id: z.string(),
  kind: z.enum(['created', 'moved', 'overridden', 'edited']),
  fromStage: z.string().nullable(),
  toStage: z.string().nullable(),
  reason: z.string(),
  actorName: z.string(),
  occurredAt: Instant,
});

/** What was said in talks about the deal, latest talk first. */
export const ConversationPoint = z.object({
  id: z.string(),
  kind: z.enum(['competitor', 'sentiment', 'commitment', 'question']),
  side: z.enum(['us', 'them']),
  who: z.string().nullable(),
  quote: z.string(),
  tool: z.string(),
  mood: z.number().nullable(),
  dueAt: Instant.nullable(),
  title: z.string(),
  url: z.string(),
  occurredAt: Instant,
});

export const DealDetail = DealRow.extend({
  leadId: z.string().nullable(),
  personId: z.string().nullable(),
  lostReason: z.string().nullable(),
  /** The new signals by which a stalled deal reactivates, the newest first, each with its evidence. */
  revivedBy: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      label: z.string(),
      summary: z.string(),
      occurredAt: Instant,
      url: z.string().nullable(),
      quote: z.string().nullable(),
    }),
  ),
  /** Exit criteria of the present stage. */
  criteria: z.array(CriterionStatus),
  /** What speaks for and against winning it, beside the usual deal, the weightiest first. */
  winFactors: z.array(z.object({ label: z.string(), value: z.string(), logit: z.number() })),
  nextStage: z.string().nullable(),
  changes: z.array(DealChangeRow),
  talks: z.array(ConversationPoint),
});
