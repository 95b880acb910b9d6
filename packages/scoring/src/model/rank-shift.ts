/** Who enters and leaves the top under another version, and why. */

type Change = { kind: string; label: string; points: number };

export type RankShift = {
  id: string;
  name: string;
  /** Ranks from 1. */
  before: number;
  after: number;
  /** What moves its priority most, with the change. */
  because: Change[];
};

export type Shifts = { enter: RankShift[]; leave: RankShift[]; stay: number };

const MOST_REASONS = 2;

/** Those that enter and leave the first `top` of some candidates, the highest rank first. */
export function shiftsOf<Candidate extends { id: string; name: string }>(
  candidates: readonly Candidate[],
  priority: { before: (candidate: Candidate) => number; after: (candidate: Candidate) => number },
  because: (candidate: Candidate) => Change[],
  top: number,
): Shifts {
  const before = ranksBy(priority.before, candidates);
  const after = ranksBy(priority.after, candidates);
  const placed = candidates.map((candidate) => ({
    candidate,
    before: before.get(candidate.id) ?? 0,
    after: after.get(candidate.id) ?? 0,
  }));
  const told = ({ candidate, ...ranks }: (typeof placed)[number]): RankShift => ({
    id: candidate.id,
    name: candidate.name,
    ...ranks,
    because: because(candidate).slice(0, MOST_REASONS),
  });
  return {
    enter: placed
      .filter((shift) => shift.after <= top && shift.before > top)
      .toSorted((a, b) => a.after - b.after)
      .map(told),
    leave: placed
      .filter((shift) => shift.before <= top && shift.after > top)
      .toSorted((a, b) => a.before - b.before)
      .map(told),
    stay: placed.filter((shift) => shift.before <= top && shift.after <= top).length,
  };
}

function ranksBy<Candidate extends { id: string }>(
  priority: (candidate: Candidate) => number,
  candidates: readonly Candidate[],
): Map<string, number> {
  const ranked = candidates
    .map((candidate) => ({ id: candidate.id, priority: priority(candidate) }))
    .toSorted((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  return new Map(ranked.map(({ id }, index) => [id, index + 1]));
}
