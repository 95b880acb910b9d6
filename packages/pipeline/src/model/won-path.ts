/** What the workspace's own outcomes suggest for its stages (R105). */

export type PassedStage = {
  key: string;
  name: string;
  exit: readonly string[];
  wonShare: number | null;
  lostShare: number | null;
};
export type ProvenCriterion = { criterion: string; label: string; won: number; lost: number };
export type Suggestion = { kind: 'milestone' | 'stage'; text: string };

/** Of either kind; below it a share says little. */
const FEWEST = 20;
/** Won deals have it this often at least, and this much more often than lost ones. */
const OFTEN = 0.6;
const MORE_OFTEN = 0.25;
/** A stage that fewer won deals passed is no step on the way. */
const SELDOM = 0.4;

/** Milestones that tell won from lost deals and no stage asks for yet, and stages that won deals mostly skip. */
export function suggestMilestones(known: {
  won: number;
  lost: number;
  stages: readonly PassedStage[];
  proven: readonly ProvenCriterion[];
}): Suggestion[] {
  const { won, lost, stages, proven } = known;
  if (Math.min(won, lost) < FEWEST) return [];
  const asked = new Set(stages.flatMap(({ exit }) => exit));
  const milestones = proven
    .map((one) => ({ ...one, wonShare: one.won / won, lostShare: one.lost / lost }))
    .filter(
      ({ criterion, wonShare, lostShare }) =>
        !asked.has(criterion) && wonShare >= OFTEN && wonShare - lostShare >= MORE_OFTEN,
    )
    .toSorted((a, b) => b.wonShare - b.lostShare - (a.wonShare - a.lostShare))
    .map(({ label, wonShare, lostShare }): Suggestion => ({
      kind: 'milestone',
      text: `Ask for “${label}”: proven in ${percent(wonShare)} of won deals and ${percent(lostShare)} of lost ones.`,
    }));
  const skipped = stages
    .filter(({ wonShare }) => wonShare !== null && wonShare < SELDOM)
    .map(({ name, wonShare }): Suggestion => ({
      kind: 'stage',
      text: `“${name}” was passed by ${percent(wonShare ?? 0)} of won deals only: leave it out, or make it optional.`,
    }));
  return [...milestones, ...skipped];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
