import { scoreDocuments } from '@penstock/scoring/score-documents';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { DealDetail } from '../contracts.ts';
import { readChanges } from '../deal-statements.ts';
import { dealFacts, dealFor, recentSignals, viewDeal } from '../deal-view.ts';
import { judgeCriteria } from '../model/criterion.ts';
import { nextStage, stageOf } from '../model/stage.ts';
import { publishedPipeline } from '../pipeline-document.ts';

export const getDeal = query({
  name: 'deals.get',
  lane: 'hot',
  permission: 'deal.read',
  summary: 'A deal with the exit criteria of its stage, each with its evidence or what is missing.',
  input: z.object({ id: z.uuid() }),
  output: DealDetail,
  async run({ tx, actor, now }, input) {
    const deal = await dealFor(tx, actor, input.id);
    const { template } = await publishedPipeline(tx);
    const { intent } = await scoreDocuments(tx);
    const exit = stageOf(template, deal.stage)?.exit ?? [];
    return {
      ...viewDeal(deal, template, intent, now, await recentSignals(tx, [deal], now)),
      leadId: deal.leadId,
      personId: deal.personId,
      lostReason: deal.lostReason,
      criteria: judgeCriteria(exit, await dealFacts(tx, deal.id, now)),
      nextStage: deal.stageType === 'open' ? (nextStage(template, deal.stage)?.key ?? null) : null,
      changes: await tx.rows(readChanges, deal.id),
    };
  },
});
