/** Risk: what may cost an account or its deals, as a number of its own. Never set off against intent. */

import { contributions, signalScore, type Contribution, type IntentModel, type Mass } from './intent.ts';

/** Risk of an account at a moment, 0–100, from its risk signals, with parts that add up to it. */
export function accountRisk(
  model: IntentModel,
  masses: readonly Mass[],
  at: Date,
): { risk: number; parts: Contribution[] } {
  const asRisk = { ...model, kinds: model.risk };
  return { risk: signalScore(asRisk, masses, at), parts: contributions(asRisk, masses, at) };
}

export type Share = { key: string; label: string; share: number };
export type SharePart = { key: string; label: string; points: number };

/**
 * Several shares (each 0 ≤ share < 1) as one number `100 · (1 − Π (1 − share))` and its parts, largest first. The parts add up to it:
 * each has the part of the sum that its logarithm has.
 */
export function combineShares(shares: readonly Share[]): { total: number; parts: SharePart[] } {
  const logs = shares.map(({ share }) => -Math.log1p(-share));
  const sum = logs.reduce((all, one) => all + one, 0);
  const total = -100 * Math.expm1(-sum);
  const parts = shares
    .map(({ key, label }, at) => ({ key, label, points: sum === 0 ? 0 : (total * (logs[at] ?? 0)) / sum }))
    .filter((part) => part.points > 0)
    .toSorted((a, b) => b.points - a.points);
  return { total, parts };
}
