import { combineShares, type Share, type SharePart } from '@penstock/scoring/model/risk';

/** What threatens an open deal: news about the account, and what is missing or late in the deal itself (R031, R096). */

export type DealAtRisk = {
  stageType: 'open' | 'won' | 'lost' | 'post_sale';
  nextStep: string;
  nextStepDueAt: Date | null;
  /** A day, `2026-11-23`. */
  expectedCloseOn: string | null;
  stageEnteredAt: Date;
};

const DAY_MS = 86_400_000;
/** Days in one stage from which a deal is watched, flagged, and nearly given up (R140–R143). */
const IDLE = [
  { days: 30, share: 0.45 },
  { days: 14, share: 0.3 },
  { days: 7, share: 0.1 },
] as const;
/** From the fewest on. */
export const IDLE_DAYS: readonly number[] = IDLE.map(({ days }) => days).toReversed();

/**
 * Risk of an open deal, 0–100, with parts that add up to it; null for one that is decided.
 * @param accountRisk risk of its account, 0–100
 */
export function dealRisk(
  deal: DealAtRisk,
  accountRisk: { risk: number; parts: readonly { kind: string; label: string; points: number }[] },
  at: Date,
): { risk: number; parts: SharePart[] } | null {
  if (deal.stageType !== 'open') return null;
  const shares = [...accountShares(accountRisk), ...ownShares(deal, at)];
  const { total, parts } = combineShares(shares);
  return { risk: total, parts };
}

/** The account's parts, each with the share that makes them combine to the account's risk again. */
function accountShares(account: Parameters<typeof dealRisk>[1]): Share[] {
  const log = -Math.log1p(-account.risk / 100);
  return account.parts.map(({ kind, label, points }) => ({
    key: kind,
    label,
    share: account.risk === 0 ? 0 : -Math.expm1((-log * points) / account.risk),
  }));
}

function ownShares(deal: DealAtRisk, at: Date): Share[] {
  const today = at.toISOString().slice(0, 10);
  const idleDays = Math.floor((at.getTime() - deal.stageEnteredAt.getTime()) / DAY_MS);
  const idle = IDLE.find(({ days }) => idleDays >= days);
  return [
    ...(deal.nextStep === '' ? [{ key: 'no_next_step', label: 'No next step', share: 0.25 }] : []),
    ...(deal.nextStep !== '' && deal.nextStepDueAt !== null && deal.nextStepDueAt < at
      ? [{ key: 'overdue_next_step', label: 'Next step overdue', share: 0.2 }]
      : []),
    ...(deal.expectedCloseOn !== null && deal.expectedCloseOn < today
      ? [{ key: 'past_close_date', label: 'Close date passed', share: 0.3 }]
      : []),
    ...(idle ? [{ key: 'idle', label: `${idleDays} days in this stage`, share: idle.share }] : []),
  ];
}
