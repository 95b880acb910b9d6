/** How good a ranking was, once it is known what came of it. */

export type Judged = { score: number; positive: boolean };

/**
 * Area under the ROC curve: the chance that a positive is ranked above a negative, ties counting half (Mann–Whitney). Null without
 * one of either.
 */
export function areaUnderCurve(judged: readonly Judged[]): number | null {
  const sorted = judged.toSorted((a, b) => a.score - b.score);
  const positives = judged.filter((one) => one.positive).length;
  const negatives = judged.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let rankSum = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to += 1;
    const meanRank = (from + 1 + to) / 2;
    for (let at = from; at < to; at += 1) if (sorted[at]?.positive) rankSum += meanRank;
    from = to;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Standard error of an AUC (Hanley and McNeil, Radiology 143, 1982). */
export function standardErrorOfArea(area: number, positives: number, negatives: number): number {
  const q1 = area / (2 - area);
  const q2 = (2 * area * area) / (1 + area);
  const variance =
    (area * (1 - area) + (positives - 1) * (q1 - area * area) + (negatives - 1) * (q2 - area * area)) /
    (positives * negatives);
  return Math.sqrt(Math.max(0, variance));
}

/** Share of positives among the `capacity` ranked highest: what a team that can work so many would have met. Null for nothing. */
export function precisionAt(judged: readonly Judged[], capacity: number): number | null {
  const worked = judged.toSorted((a, b) => b.score - a.score).slice(0, capacity);
  return worked.length === 0 ? null : worked.filter((one) => one.positive).length / worked.length;
}

export type CalibrationBin = { from: number; to: number; count: number; predicted: number; observed: number };

/** What was foretold against what came, in ten equal steps of probability; empty steps are left out. */
export function calibration(foretold: readonly Judged[]): CalibrationBin[] {
  return Array.from({ length: 10 }, (_, step) => {
    const inside = foretold.filter((one) => Math.min(9, Math.floor(one.score * 10)) === step);
    const sum = inside.reduce((total, one) => total + one.score, 0);
    const positives = inside.filter((one) => one.positive).length;
    return {
      from: step / 10,
      to: (step + 1) / 10,
      count: inside.length,
      predicted: sum / inside.length,
      observed: positives / inside.length,
    };
  }).filter((bin) => bin.count > 0);
}

/** Mean squared difference between what was foretold and what came (Brier); 0 is perfect. */
export function brierScore(foretold: readonly Judged[]): number {
  return foretold.reduce((sum, one) => sum + (one.score - (one.positive ? 1 : 0)) ** 2, 0) / foretold.length;
}
