import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { StageRow } from '../contracts.ts';
import { criterionLabel } from '../model/criterion.ts';
import { stageWarnings } from '../model/stage.ts';
import { publishedPipeline } from '../pipeline-document.ts';

export const listStages = query({
  name: 'deals.stages',
  lane: 'hot',
  permission: 'deal.read',
  summary: 'Stages of the published pipeline, with exit criteria and what the linter says.',
  input: z.object({}),
  output: z.object({ items: z.array(StageRow) }),
  async run({ tx }) {
    const { template } = await publishedPipeline(tx);
    return {
      items: template.stages.map((stage) => ({
        key: stage.key,
        name: stage.name,
        type: stage.type,
        probability: stage.probability,
        criteria: stage.exit.map((key) => ({ key, label: criterionLabel(key) })),
        warnings: stageWarnings(stage, template),
      })),
    };
  },
});
