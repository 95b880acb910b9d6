import { missingRoles } from '@penstock/accounts/missing-roles';
import type { IntentModel } from '@penstock/scoring/model/intent';
import { winFactors, winProbability, type WinFactor } from '@penstock/scoring/model/win-probability';
import { readRevivingSignals, stalledDeals, type StalledDeal } from '@penstock/scoring/stalled-deals';
import { scoreDocuments } from '@penstock/scoring/score-documents';
import { INTENT_KINDS } from '@penstock/signals/model/signal-kind';
import type { Tx } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { DealDetail } from '../contracts.ts';
import { readPoints } from '../conversation-statements.ts';
import { readChanges, type DealRecord } from '../deal-statements.ts';
import { dealFacts, dealFor, recentSignals, viewDeal } from '../deal-view.ts';
import { judgeCriteria } from '../model/criterion.ts';
import { FACT_LABELS, factInWords } from '../model/deal-facts.ts';
import { nextStage, stageOf } from '../model/stage.ts';
import { publishedPipeline } from '../pipeline-document.ts';
import { dealFactsNow, learnedModel } from '../win-model-document.ts';

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
    const win = await winOf(tx, deal, now);
    const stalled = await stalledDeals(tx, intent, { ids: [deal.id], owners: null }, now);
    const known = {
      recent: await recentSignals(tx, [deal], now),
      wins: win.wins,
      stalled,
      missing: await missingRoles(tx, [deal.accountId], now),
    };
    const view = viewDeal(deal, template, intent, now, known);
    return {
      ...view,
      winFactors: win.factors.map(({ fact, value, logit }) => ({
        label: FACT_LABELS[fact] ?? fact,
        value: factInWords(fact, value, view.stageName),
        logit,
      })),
      revivedBy: await revivedBy(tx, intent, stalled.get(deal.id), now),
      leadId: deal.leadId,
      personId: deal.personId,
      lostReason: deal.lostReason,
      criteria: judgeCriteria(exit, await dealFacts(tx, deal.id, now)),
      nextStage: deal.stageType === 'open' ? (nextStage(template, deal.stage)?.key ?? null) : null,
      talks: await tx.rows(readPoints, deal.id),
      changes: await tx.rows(readChanges, deal.id),
    };
  },
});

async function revivedBy(tx: Tx, model: IntentModel, stalled: StalledDeal | undefined, now: Date) {
  if (!stalled?.reactivation) return [];
  const { accountId, stall } = stalled;
  const signals = await tx.rows(readRevivingSignals, accountId, stall.since, now, INTENT_KINDS);
  return signals.map((signal) => ({ ...signal, label: model.kinds[signal.kind]?.label ?? signal.kind }));
}

const MOST_FACTORS = 6;
/** Less is no reason: the probability would stay the same to a per cent. */
const LEAST_LOGIT = 0.02;

/** Probability of an open deal and what it is made of; empty where nothing that holds was learned. */
async function winOf(
  tx: Tx,
  deal: DealRecord,
  now: Date,
): Promise<{ wins: ReadonlyMap<string, number>; factors: WinFactor[] }> {
  const learned = deal.stageType === 'open' ? await learnedModel(tx) : null;
  if (learned?.model.state !== 'ready') return { wins: new Map(), factors: [] };
  const facts = (await dealFactsNow(tx, [deal.id], now)).get(deal.id) ?? {};
  const { factors } = winFactors(learned.model, facts);
  return {
    wins: new Map([[deal.id, winProbability(learned.model, facts)]]),
    factors: factors.filter(({ logit }) => Math.abs(logit) >= LEAST_LOGIT).slice(0, MOST_FACTORS),
  };
}
