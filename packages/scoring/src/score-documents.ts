import { publishedBodies } from '@penstock/workspace/documents';
import type { Tx } from '@penstock/store/tx';
import { z } from 'zod';

import { IcpBody } from './contracts.ts';
import type { Icp } from './model/icp.ts';
import type { IntentModel } from './model/intent.ts';
import { DEFAULT_PRIORITY, DEFAULT_RISK } from './model/presets.ts';
import { PRIORITY_TERMS } from './model/priority.ts';

const Kinds = z.record(
  z.string().max(40),
  z.object({
    label: z.string().min(1).max(80),
    cap: z.number().min(0).max(0.95),
    saturation: z.number().min(0.05).max(10),
    halfLifeDays: z
      .number()
      .min(0.5, 'is shorter than half a day: news would be gone before anybody reads it')
      .max(730, 'is longer than two years: news would never fade')
      .optional(),
  }),
);

const Weight = z.number().min(0, 'is negative: weights would cancel').max(1);
/** A term that the formula does not know is refused by its name; those that an earlier version did not have count nothing. */
const Priority = z
  .strictObject({
    signal: Weight,
    fit: Weight,
    value: Weight.default(0),
    stage: Weight.default(0),
    freshness: Weight.default(0),
    urgency: Weight.default(0),
    committee: Weight.default(0),
    budget: Weight.default(0),
    responding: Weight.default(0),
    freshnessHalfLifeDays: z.number().min(1).max(90).default(DEFAULT_PRIORITY.freshnessHalfLifeDays),
    halfValueMinor: z
      .record(z.string().regex(/^[A-Z]{3}$/, 'is not an ISO currency code'), z.int().min(100).max(1e12))
      .default(DEFAULT_PRIORITY.halfValueMinor),
  })
  .refine(
    (formula) => Math.abs(PRIORITY_TERMS.reduce((sum, term) => sum + formula[term], 0) - 1) < 1e-6,
    'the weights do not add up to 1 (100 %)',
  );

/** Weights of kinds and of the priority, within bounds in which a score stays a score. */
export const IntentModelBody = z.object({
  kinds: Kinds,
  risk: Kinds.default(DEFAULT_RISK),
  priority: Priority,
});

export type ScoreDocuments = { intent: IntentModel; intentVersionId: string; icp: Icp; icpVersionId: string };

const readScoreDocuments = publishedBodies({ intent_model: IntentModelBody, icp: IcpBody });

/** The published intent model and ICP of the workspace. */
export async function scoreDocuments(tx: Tx): Promise<ScoreDocuments> {
  const { intent_model: intent, icp } = await readScoreDocuments(tx);
  return {
    intent: intent.body,
    intentVersionId: intent.versionId,
    icp: icp.body,
    icpVersionId: icp.versionId,
  };
}
