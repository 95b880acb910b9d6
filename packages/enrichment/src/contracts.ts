import { Instant } from '@penstock/kernel/contract';
import { z } from 'zod';

import { KeyLimits } from './key-limits.ts';
import { LAWFUL_BASES } from './model/provider-terms.ts';

export const WaterfallStepRow = z.object({
  seq: z.int(),
  provider: z.string(),
  capability: z.string(),
  wanted: z.array(z.string()),
  decision: z.enum(['asked', 'skipped', 'stopped']),
  /** Why it was asked, skipped, or why the waterfall stopped here. */
  reason: z.string(),
  /** What came back: `hit work_email, title`, `miss: no match`, `timeout: charge unknown`. Empty while it runs. */
  outcome: z.string(),
  ledgerState: z.enum(['reserved', 'charged', 'released', 'unknown', 'reconciled']).nullable(),
  costMicros: z.int(),
  latencyMs: z.int().nullable(),
  occurredAt: Instant,
});

export const RunTrace = z.object({
  id: z.string(),
  state: z.enum(['running', 'finished', 'stopped']),
  stopReason: z.string(),
  waterfallVersion: z.int(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  costMicros: z.int(),
  steps: z.array(WaterfallStepRow),
});

export const ProviderRow = z.object({
  id: z.string(),
  name: z.string(),
  host: z.string(),
  capabilities: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      gives: z.array(z.string()),
      priceMicros: z.int(),
      charged: z.string(),
      /** Date on which the price was read. */
      priceReadOn: z.string(),
      mode: z.string(),
      batchMax: z.int(),
    }),
  ),
  region: z.string(),
  lawfulUse: z.string(),
  retentionDays: z.int().nullable(),
  /** What this workspace says on top of it. */
  terms: z.object({
    barredCountries: z.array(z.string()),
    asksUnknownCountry: z.boolean(),
    keepDays: z.int().nullable(),
    /** On what asking it rests; null for what the workspace says of all. */
    lawfulBasis: z.enum(LAWFUL_BASES).nullable(),
    basisNote: z.string(),
  }),
  notes: z.array(z.string()),
  /** False for sources that cost nothing and know no keys; they are switched on instead. */
  needsKey: z.boolean(),
  /** `order`: the first key that can be used; `share`: calls are spread over all that can. */
  keyUse: z.enum(['order', 'share']),
  /** What the vendor publishes for a key, whose plan says nothing else. */
  publishedLimits: KeyLimits,
  /** In the order in which they are used. */
  keys: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      lastFour: z.string(),
      calls: z.int(),
      /** Of the plan behind it; null for those that the vendor publishes. */
      limits: KeyLimits.nullable(),
      /** What the vendor said last, for those that tell for free. */
      balance: z.object({ credits: z.number(), at: z.iso.datetime() }).nullable(),
      /** Set while it is not asked: it wants to be left alone, or does not work. */
      blocked: z
        .object({
          reason: z.enum(['rate_limited', 'quota_exhausted', 'unauthorized', 'failing', 'probing']),
          until: z.iso.datetime(),
        })
        .nullable(),
    }),
  ),
  spentMicros: z.int(),
  calls: z.int(),
  unknownCalls: z.int(),
});

/** A run over a list. Found: a provider gave a way of reaching the person that was wanted; verified: one has a good verdict; usable: all meet the version's policy too. */
export const ListRunView = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['running', 'paused', 'cancelled', 'finished']),
  /** Why it stands still and what to do; empty while it runs. */
  stateReason: z.string(),
  waterfallVersion: z.int(),
  records: z.int(),
  done: z.int(),
  found: z.int(),
  verified: z.int(),
  usable: z.int(),
  calls: z.int(),
  spentMicros: z.int(),
  budgetMicros: z.int().nullable(),
  guardMicros: z.int().nullable(),
  /** Records after which the guard judges. */
  guardAfterRecords: z.int(),
  recordsPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
});

export const ListRecordRow = z.object({
  personId: z.string(),
  name: z.string(),
  company: z.string().nullable(),
  state: z.enum(['open', 'done']),
  found: z.boolean(),
  verified: z.boolean(),
  usable: z.boolean(),
  stopReason: z.string(),
  values: z.record(z.string(), z.object({ value: z.string(), usable: z.boolean(), provider: z.string() })),
  trace: z.array(
    z.object({
      provider: z.string(),
      capability: z.string(),
      decision: z.enum(['asked', 'skipped']),
      reason: z.string(),
      ledgerId: z.string().nullable(),
    }),
  ),
  calls: z.array(
    z.object({
      ledgerId: z.string(),
      outcome: z.string(),
      state: z.enum(['reserved', 'charged', 'released', 'unknown', 'reconciled']),
      costMicros: z.int(),
      latencyMs: z.int().nullable(),
    }),
  ),
});
