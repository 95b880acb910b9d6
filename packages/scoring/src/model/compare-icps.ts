import { fitScore, type FitPart } from './fit.ts';
import type { IntentModel } from './intent.ts';
import { changesBetween } from './outlook.ts';
import { priorityOf, type PrioritySubject } from './priority.ts';
import { shiftsOf, type Shifts } from './rank-shift.ts';

/** An account of the queue, judged by two profiles. */
export type JudgedCandidate = Omit<PrioritySubject, 'fit'> & {
  id: string;
  name: string;
  parts: { before: readonly FitPart[]; after: readonly FitPart[] };
};

/** Who enters and leaves the top of the queue under another profile, with the criteria that moved them, in points of the priority. */
export function icpShift(
  candidates: readonly JudgedCandidate[],
  model: IntentModel,
  at: Date,
  top: number,
): Shifts {
  const under = (which: 'before' | 'after') => (candidate: JudgedCandidate) =>
    priorityOf(model, { ...candidate, fit: fitScore(candidate.parts[which]) }, at);
  return shiftsOf(
    candidates,
    { before: under('before'), after: under('after') },
    (candidate) => reasons(candidate, model.priority.fit),
    top,
  );
}

function reasons({ parts }: JudgedCandidate, weight: number) {
  const by = (fitScore(parts.after) - fitScore(parts.before)) * weight;
  // All points fall away at once: what did it is the criterion that excludes.
  const out = excluding(parts.after);
  if (out) return by === 0 ? [] : [{ kind: out.criterion, label: `${out.label} excludes it:`, points: by }];
  const wasOut = excluding(parts.before);
  if (wasOut)
    return by === 0
      ? []
      : [{ kind: wasOut.criterion, label: `${wasOut.label} no longer excludes it:`, points: by }];
  return changesBetween(pointsOf(parts.after, weight), pointsOf(parts.before, weight));
}

const excluding = (parts: readonly FitPart[]): FitPart | undefined =>
  parts.find(({ verdict }) => verdict === 'excluded');

/** Points by criterion; a kind that stands twice in a profile is told apart by its place among its like. */
function pointsOf(parts: readonly FitPart[], weight: number) {
  const seen = new Map<string, number>();
  return parts.map(({ criterion, label, points }) => {
    const nth = (seen.get(criterion) ?? 0) + 1;
    seen.set(criterion, nth);
    return { kind: nth === 1 ? criterion : `${criterion} ${nth}`, label, points: points * weight };
  });
}
