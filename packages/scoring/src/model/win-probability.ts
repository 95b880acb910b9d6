import { areaUnderCurve, brierScore, calibration, standardErrorOfArea } from './judge-ranking.ts';
import type { CalibrationBin, Judged } from './judge-ranking.ts';
import { fitLogistic, logitOf, sigmoid, type Logistic, type SparseRow } from './logistic.ts';

/** Probability to close, learned from a workspace's own closed deals, and honest about what it can't tell. */

/** What was known of a deal; null is unknown, which is a value of its own. */
export type Facts = Readonly<Record<string, string | number | null>>;
export type Outcome = { facts: Facts; won: boolean };

export type Leak = { fact: string; alone: number; without: number };

type Rested = { count: number; won: number; lost: number };
export type WinModel = Rested &
  (
    | { state: 'too_few'; needed: number }
    | { state: 'no_skill'; area: number; areaLow: number }
    | {
        state: 'ready';
        /** Area under the curve over five folds, and its lower 95 % bound. */
        area: number;
        areaLow: number;
        brier: number;
        calibration: CalibrationBin[];
        /** Facts that tell too much: probably known only after the outcome. */
        leaks: Leak[];
        encoding: Encoding;
        logistic: Logistic;
        /** Stretches the log-odds so that out of fold they are right on average (Platt). */
        stretch: Logistic;
      }
  );

/** Won and lost deals that are needed of each: below it a probability would be noise. */
export const FEWEST_OF_EACH = 25;
const FOLDS = 5;
const PENALTY = 2;
const LEAK_ALONE = 0.7;
const LEAK_DROP = 0.08;
const CERTAIN_ALONE = 0.97;
/** Among fewer others it is no surprise that one fact outweighs them. */
const LEAK_FEWEST_OTHERS = 4;
/** A category seen less often says nothing by itself. */
const FEWEST_OF_CATEGORY = 3;

/** Learns from closed deals; says what it rests on, and instead of a model that there is too little, or no skill in it. */
export function learnWinModel(outcomes: readonly Outcome[]): WinModel {
  const won = outcomes.filter((outcome) => outcome.won).length;
  const rested = { count: outcomes.length, won, lost: outcomes.length - won };
  if (Math.min(rested.won, rested.lost) < FEWEST_OF_EACH)
    return { ...rested, state: 'too_few', needed: FEWEST_OF_EACH };
  const names = factNames(outcomes);
  const logits = outOfFold(outcomes, names);
  const area = areaUnderCurve(judge(outcomes, logits)) ?? 0.5;
  const areaLow = area - 1.96 * standardErrorOfArea(area, rested.won, rested.lost);
  if (areaLow <= 0.5) return { ...rested, state: 'no_skill', area, areaLow };
  const stretch = fitLogistic(logits.map(asRow), outcomes.map(isWon), 1, 1e-6);
  const foretold = judge(
    outcomes,
    logits.map((logit) => sigmoid(logitOf(stretch, asRow(logit)))),
  );
  const encoding = encodingOf(outcomes, names);
  return {
    ...rested,
    state: 'ready',
    area,
    areaLow,
    brier: brierScore(foretold),
    calibration: calibration(foretold),
    leaks: leaksOf(outcomes, names, area),
    encoding,
    logistic: fitOn(outcomes, encoding),
    stretch,
  };
}

/** Probability that a deal of which this is known is won. */
export function winProbability(model: Extract<WinModel, { state: 'ready' }>, facts: Facts): number {
  const logit = logitOf(model.logistic, encode(model.encoding, facts));
  return sigmoid(logitOf(model.stretch, asRow(logit)));
}

const isWon = (outcome: Outcome) => outcome.won;
const asRow = (logit: number): SparseRow => [[0, logit]];
const judge = (outcomes: readonly Outcome[], scores: readonly number[]): Judged[] =>
  outcomes.map((outcome, index) => ({ score: scores[index] ?? 0, positive: outcome.won }));
const factNames = (outcomes: readonly Outcome[]): string[] =>
  [...new Set(outcomes.flatMap((outcome) => Object.keys(outcome.facts)))].toSorted((a, b) =>
    a < b ? -1 : 1,
  );

/** Columns of a fact: a number (with "is unknown" beside it), or one per category (with "unknown" among them). */
type Column = { fact: string } & (
  | { kind: 'number'; at: number; mean: number; deviation: number }
  | { kind: 'category'; places: ReadonlyMap<string, number> }
);
export type Encoding = { columns: readonly Column[]; width: number };

const UNKNOWN = '\u0000unknown';

function encodingOf(outcomes: readonly Outcome[], names: readonly string[]): Encoding {
  let width = 0;
  const columns = names.map((fact): Column => {
    const values = outcomes.map((outcome) => outcome.facts[fact] ?? null);
    const numbers = values.filter((value) => typeof value === 'number');
    if (numbers.length > 0 && values.every((value) => typeof value !== 'string')) {
      const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
      const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
      width += 2;
      return { fact, kind: 'number', at: width - 2, mean, deviation: Math.sqrt(variance) || 1 };
    }
    const counts = new Map<string, number>();
    for (const value of values) {
      const key = value === null ? UNKNOWN : String(value);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const kept = [...counts].filter(([, count]) => count >= FEWEST_OF_CATEGORY).map(([key]) => key);
    const from = width;
    width += kept.length;
    return { fact, kind: 'category', places: new Map(kept.map((key, index) => [key, from + index])) };
  });
  return { columns, width };
}

function encode(encoding: Encoding, facts: Facts): SparseRow {
  return encoding.columns.flatMap((column): SparseRow => {
    const value = facts[column.fact] ?? null;
    if (column.kind === 'number')
      return typeof value === 'number'
        ? [[column.at, (value - column.mean) / column.deviation]]
        : [[column.at + 1, 1]];
    const place = column.places.get(value === null ? UNKNOWN : String(value));
    return place === undefined ? [] : [[place, 1]];
  });
}

function fitOn(outcomes: readonly Outcome[], encoding: Encoding): Logistic {
  return fitLogistic(
    outcomes.map((outcome) => encode(encoding, outcome.facts)),
    outcomes.map(isWon),
    encoding.width,
    PENALTY,
  );
}

/** Log-odds of each outcome by a model that has not seen it. */
function outOfFold(outcomes: readonly Outcome[], names: readonly string[]): number[] {
  const folds = outcomes.map((outcome) => foldOf(outcome, names));
  const logits = outcomes.map(() => 0);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = outcomes.filter((_, index) => folds[index] !== fold);
    const encoding = encodingOf(others, names);
    const logistic = fitOn(others, encoding);
    outcomes.forEach((outcome, index) => {
      if (folds[index] === fold) logits[index] = logitOf(logistic, encode(encoding, outcome.facts));
    });
  }
  return logits;
}

/** By what is known of the deal: equal deals fall into the same fold, else the model would have seen what it is asked. */
function foldOf(outcome: Outcome, names: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const name of names) {
    for (const letter of `${outcome.facts[name] ?? UNKNOWN}\u0001`)
      hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) % FOLDS;
}

/**
 * A fact that by itself tells wins from losses almost surely, or better than all (several) others together, was most likely recorded
 * after the outcome: the length of the call that closed the deal.
 */
function leaksOf(outcomes: readonly Outcome[], names: readonly string[], area: number): Leak[] {
  const areaOf = (facts: readonly string[]): number =>
    facts.length === 0 ? 0.5 : (areaUnderCurve(judge(outcomes, outOfFold(outcomes, facts))) ?? 0.5);
  return names.flatMap((fact): Leak[] => {
    const alone = areaOf([fact]);
    if (alone < LEAK_ALONE) return [];
    const others = names.filter((name) => name !== fact);
    const without = areaOf(others);
    const outweighs = others.length >= LEAK_FEWEST_OTHERS && alone > without && area - without >= LEAK_DROP;
    return alone >= CERTAIN_ALONE || outweighs ? [{ fact, alone, without }] : [];
  });
}
