/** What a draft would change: who enters and leaves the top, why, and how both would have ranked what is known by now. */

import {
  areaUnderCurve,
  calibration,
  precisionAt,
  type CalibrationBin,
  type Judged,
} from './judge-ranking.ts';
import { addEvent, contributions, fading, signalScore, type IntentModel, type Mass } from './intent.ts';
import { fitLogistic, logitOf, sigmoid, type SparseRow } from './logistic.ts';
import { changesBetween } from './outlook.ts';
import { priorityOf, priorityParts, type PrioritySubject } from './priority.ts';
import { shiftsOf, type Shifts } from './rank-shift.ts';

export type Candidate = PrioritySubject & { id: string; name: string };
/** Those that enter and leave the first `top` of the candidates under another model, the highest rank first. */
export function rankShift(
  candidates: readonly Candidate[],
  models: { before: IntentModel; after: IntentModel },
  at: Date,
  top: number,
): Shifts {
  const under = (model: IntentModel) => (candidate: Candidate) => priorityOf(model, candidate, at);
  return shiftsOf(
    candidates,
    { before: under(models.before), after: under(models.after) },
    (candidate) =>
      changesBetween(
        partsOfPriority(models.after, candidate, at),
        partsOfPriority(models.before, candidate, at),
      ),
    top,
  );
}

/** Points of the priority, those of the signal score by kind. */
function partsOfPriority(model: IntentModel, candidate: Candidate, at: Date) {
  return [
    ...contributions(model, candidate.masses, at).map(({ kind, label, points }) => ({
      kind,
      label,
      points: points * model.priority.signal,
    })),
    ...priorityParts(model, candidate, at)
      .filter(({ term }) => term !== 'signal')
      .map(({ term, label, points }) => ({ kind: `priority.${term}`, label, points })),
  ];
}

export type PastCase = {
  /** When the decision was open: what became known later does not count. */
  at: Date;
  won: boolean;
  signals: readonly {
    kind: string;
    strength: number;
    halfLifeDays: number;
    occurredAt: Date;
    recordedAt: Date;
  }[];
};
export type BackTest = {
  cases: number;
  area: number | null;
  precision: number | null;
  capacity: number;
  /** Chance to win that the score stood for, by cases it was not fitted to, against what came; null with too few of either. */
  calibration: CalibrationBin[] | null;
};

const FOLDS = 5;
/** Won and lost cases below which a chance would be noise. */
const FEWEST_FORETOLD = 10;

/** How a model would have ranked closed deals when they were opened, by the signals that were recorded by then. */
export function backTest(model: IntentModel, cases: readonly PastCase[], capacity: number): BackTest {
  const judged = cases.map(({ at, won, signals }) => {
    let masses: Mass[] = [];
    for (const signal of signals)
      if (signal.recordedAt <= at && signal.occurredAt <= at)
        masses = addEvent(masses, fading(model, signal));
    return { score: signalScore(model, masses, at), positive: won };
  });
  return {
    cases: cases.length,
    area: areaUnderCurve(judged),
    precision: precisionAt(judged, capacity),
    capacity,
    calibration: foretold(judged),
  };
}

/** A score is no chance; what chance it stands for is learned from four fifths of the cases and held against the rest. */
function foretold(judged: readonly Judged[]): CalibrationBin[] | null {
  const won = judged.filter(({ positive }) => positive).length;
  if (Math.min(won, judged.length - won) < FEWEST_FORETOLD) return null;
  const rowOf = ({ score }: Judged): SparseRow => [[0, score / 100]];
  const models = Array.from({ length: FOLDS }, (_, fold) => {
    const others = judged.filter((__, index) => index % FOLDS !== fold);
    return fitLogistic(
      others.map(rowOf),
      others.map(({ positive }) => positive),
      1,
      1e-3,
    );
  });
  return calibration(
    judged.map((one, index) => {
      const model = models[index % FOLDS];
      return { ...one, score: model ? sigmoid(logitOf(model, rowOf(one))) : 0.5 };
    }),
  );
}
