import { signalScore, type IntentModel } from '@penstock/scoring/model/intent';
import { massesBefore } from '@penstock/scoring/model/outlook';
import { accountRisk } from '@penstock/scoring/model/risk';
import { readSignalsSince, type RecentSignal } from '@penstock/scoring/recent-signals';
import { massesOf } from '@penstock/scoring/rescore';
import type { StalledDeal } from '@penstock/scoring/stalled-deals';
import { maybeOne, one, type Tx } from '@penstock/store/tx';
import { DomainError } from '@penstock/kernel/domain-error';
import type { Actor } from '@penstock/workspace/model/actor';
import type { z } from 'zod';

import type { DealRow } from './contracts.ts';
import { readDeal, readEvidence, readFacts, type DealRecord } from './deal-statements.ts';
import type { DealFacts } from './model/criterion.ts';
import { dealAdvice } from './model/deal-advice.ts';
import { dealRisk } from './model/deal-risk.ts';
import { stageOf, type PipelineTemplate } from './model/stage.ts';

export type DealRowView = z.input<typeof DealRow>;

export const exactSignal = (
  model: IntentModel,
  deal: Pick<DealRecord, 'kinds' | 'values' | 'halfLives' | 'at'>,
  asOf: Date,
): number => signalScore(model, massesOf(deal), asOf);

const WEEK_MS = 7 * 86_400_000;
const weekBefore = (asOf: Date): Date => new Date(asOf.getTime() - WEEK_MS);

/** What happened at the accounts of these deals in the week before, for `viewDeal`. */
export function recentSignals(tx: Tx, deals: readonly DealRecord[], asOf: Date): Promise<RecentSignal[]> {
  const accountIds = [...new Set(deals.map((deal) => deal.accountId))];
  return accountIds.length === 0 ? Promise.resolve([]) : readSignalsSince(tx, accountIds, weekBefore(asOf));
}

/** What is read of many deals at once. */
export type Known = {
  recent: readonly RecentSignal[];
  wins: ReadonlyMap<string, number>;
  stalled: ReadonlyMap<string, StalledDeal>;
  /** By account; null where nobody asked. */
  missing: ReadonlyMap<string, string[]> | null;
};

/** A deal as the list shows it. */
export function viewDeal(
  deal: DealRecord,
  template: PipelineTemplate,
  model: IntentModel,
  asOf: Date,
  { recent, wins, ...known }: Known,
): DealRowView {
  const signal = exactSignal(model, deal, asOf);
  const masses = massesOf(deal);
  const risk = dealRisk(deal, accountRisk(model, masses, asOf), asOf);
  const since = recent.filter((one) => one.accountId === deal.accountId && one.occurredAt > weekBefore(asOf));
  const stage = stageOf(template, deal.stage);
  const { stall = null, reactivation = null } = known.stalled.get(deal.id) ?? {};
  const missing = known.missing?.get(deal.accountId) ?? null;
  const { nextStep } = deal;
  return {
    id: deal.id,
    name: deal.name,
    account: { id: deal.accountId, name: deal.accountName },
    owner: { id: deal.ownerId, name: deal.ownerName },
    stage: deal.stage,
    stageName: stage?.name ?? deal.stage,
    stageType: deal.stageType,
    state: deal.state,
    valueMinor: deal.valueMinor,
    currency: deal.currency,
    probability: stage?.probability ?? 0,
    winProbability: deal.stageType === 'open' ? (wins.get(deal.id) ?? null) : null,
    signalScore: signal,
    signalChange: signal - signalScore(model, massesBefore(masses, since), weekBefore(asOf)),
    risk: risk?.risk ?? null,
    riskParts: risk?.parts ?? [],
    stalled: stall,
    reactivating: reactivation,
    missing,
    advice: risk
      ? dealAdvice({
          play: reactivation?.play ?? null,
          riskParts: risk.parts,
          stalled: stall !== null,
          nextStep,
          missing,
        })
      : null,
    nextStep,
    nextStepDueAt: deal.nextStepDueAt,
    expectedCloseOn: deal.expectedCloseOn,
    stageEnteredAt: deal.stageEnteredAt,
    createdAt: deal.createdAt,
  };
}

/** The deal, if this actor sees it. */
export async function dealFor(tx: Tx, actor: Actor, id: string): Promise<DealRecord> {
  const deal = await maybeOne(tx, readDeal, id, actor.visibleOwnerIds);
  if (!deal)
    throw new DomainError(
      'not_found',
      'This deal does not exist or belongs to somebody whose work you do not see.',
    );
  return deal;
}

/** Everything that criteria are judged by. */
export async function dealFacts(tx: Tx, dealId: string, now: Date): Promise<DealFacts> {
  return { now, ...(await one(tx, readFacts, dealId)), evidence: await tx.rows(readEvidence, dealId) };
}
