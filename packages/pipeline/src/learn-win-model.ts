import { learnWinModel } from '@penstock/scoring/model/win-probability';
import { scoreDocuments } from '@penstock/scoring/score-documents';
import { one, type Tx } from '@penstock/store/tx';
import { publishDocument, saveDraft } from '@penstock/workspace/documents';

import { dealFactsThen } from './model/deal-facts.ts';
import { publishedPipeline } from './pipeline-document.ts';
import { bodyOf, dealThen, learnedModel, type WinModelBody } from './win-model-document.ts';
import { countDecided, readPastMoments } from './win-statements.ts';

/** Decided deals that are learned from, the newest: two thousand of them are learned from in about a second. */
const MOST_DEALS = 2_000;
const DAY_MS = 86_400_000;

/** Learns from the workspace's own decided deals and publishes what came of it as a new version. */
export async function learnFromOutcomes(
  tx: Tx,
  by: { authorId: string; now: Date },
): Promise<{ versionId: string; model: WinModelBody }> {
  const { template } = await publishedPipeline(tx);
  const open = template.stages.filter((stage) => stage.type === 'open').map((stage) => stage.key);
  const { intent } = await scoreDocuments(tx);
  const moments = await tx.rows(readPastMoments, MOST_DEALS, open);
  const model = learnWinModel(
    moments.map((moment) => ({
      facts: dealFactsThen(dealThen(moment), intent),
      won: moment.won,
      group: moment.dealId,
    })),
  );
  const body = bodyOf(model, await one(tx, countDecided));
  const note = `${model.won} won and ${model.lost} lost deals`;
  const saved = await saveDraft(tx, { kind: 'win_model', body, note, ...by });
  await publishDocument(tx, { ...saved, note, now: by.now });
  return { versionId: saved.versionId, model: body };
}

/** Once a day, if deals were decided since. Answers whether it learned. */
export async function learnIfDue(tx: Tx, now: Date): Promise<boolean> {
  const { until } = await one(tx, countDecided);
  if (until === null) return false;
  const learned = await learnedModel(tx);
  const isNew =
    learned === null ||
    (until > learned.publishedAt && now.getTime() - learned.publishedAt.getTime() >= DAY_MS);
  if (isNew) await learnFromOutcomes(tx, { authorId: 'penstock', now });
  return isNew;
}
