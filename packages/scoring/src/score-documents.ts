import { publishedBodies } from '@penstock/workspace/documents';
import type { Tx } from '@penstock/store/tx';
import { z } from 'zod';

import { IcpBody } from './contracts.ts';
import type { Icp } from './model/fit.ts';
import type { IntentModel } from './model/intent.ts';
import { DEFAULT_RISK } from './model/presets.ts';

const Kinds = z.record(
  z.string().max(40),
  z.object({
    label: z.string().min(1).max(80),
    cap: z.number().min(0).max(0.95),
    saturation: z.number().min(0.05).max(10),
  }),
);

/** Weights of kinds and of the priority, within bounds in which a score stays a score. */
export const IntentModelBody = z.object({
  kinds: Kinds,
  risk: Kinds.default(DEFAULT_RISK),
  priority: z
    .object({ signal: z.number().min(0).max(1), fit: z.number().min(0).max(1) })
    .refine((weights) => Math.abs(weights.signal + weights.fit - 1) < 1e-9, 'weights add up to 1'),
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
