import type { Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';
import { z } from 'zod';

import { CRITERION_KEYS } from './model/criterion.ts';
import type { PipelineTemplate } from './model/stage.ts';

export const PipelineBody = z.object({
  stages: z
    .array(
      z.object({
        key: z.string().regex(/^[a-z_]{1,40}$/),
        name: z.string().min(1).max(60),
        type: z.enum(['open', 'won', 'lost', 'post_sale']),
        probability: z.number().min(0).max(1),
        exit: z.array(z.enum(CRITERION_KEYS)),
      }),
    )
    .min(2),
});

/** The published pipeline of the workspace. */
export async function publishedPipeline(tx: Tx): Promise<{ versionId: string; template: PipelineTemplate }> {
  const version = await publishedDocument(tx, 'pipeline');
  return { versionId: version.versionId, template: PipelineBody.parse(version.body) };
}
