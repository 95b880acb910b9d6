import { publishedBodies } from '@penstock/workspace/documents';
import type { Tx } from '@penstock/store/tx';
import { z } from 'zod';

import { IcpBody } from './contracts.ts';
import type { Icp } from './model/fit.ts';
import type { IntentModel } from './model/intent.ts';

export const IntentModelBody = z.object({
  kinds: z.record(
    z.string(),
    z.object({
      label: z.string().min(1).max(80),
      cap: z.number().min(0).lt(1),
      saturation: z.number().positive(),
    }),
  ),
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
