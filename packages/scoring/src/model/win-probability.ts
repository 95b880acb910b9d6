import { areaUnderCurve, brierScore, calibration, standardErrorOfArea } from './judge-ranking.ts';
import type { CalibrationBin, Judged } from './judge-ranking.ts';
import { fitLogistic, logitOf, sigmoid, type Logistic, type SparseRow } from './logistic.ts';
import {
  encode,
  encodeColumn,
  encodingOf,
  UNKNOWN,
  type Column,
  type Encoding,
  type Facts,
} from './win-encoding.ts';

/** Probability to close, learned from a workspace's own closed deals, and honest about what it can't tell. */

/** `group`: rows of one deal, seen at several times. They are learned from and asked about together, and count once. */
export type Outcome = { facts: Facts; won: boolean; group?: string };

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
const LEAK_ALONE = 0.75;
const LEAK_DROP = 0.08;
const CERTAIN_ALONE = 0.97;
/** Among fewer others it is no surprise that one fact outweighs them. */
const LEAK_FEWEST_OTHERS = 4;

/** Learns from closed deals; says what it rests on, and instead of a model that there is too little, or no skill in it. */
export function learnWinModel(outcomes: readonly Outcome[]): WinModel {
  const rested = restedOn(outcomes);
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
  const encoding = encodingOf(outcomes.map(factsOf), names);
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

function restedOn(outcomes: readonly Outcome[]): Rested {
  const deals = new Map(outcomes.map(({ group, won }, index) => [group ?? index, won]));
  const won = [...deals.values()].filter(Boolean).length;
  return { count: deals.size, won, lost: deals.size - won };
}

export type WinFactor = { fact: string; value: string | number | null; logit: number };

/**
 * What speaks for and against a deal, in log-odds beside the usual deal, the weightiest first; with the log-odds of the usual deal they
 * add up to those of the probability.
 */
export function winFactors(
  model: Extract<WinModel, { state: 'ready' }>,
  facts: Facts,
): { usual: number; factors: WinFactor[] } {
  const slope = model.stretch.weights[0] ?? 1;
  const weightAt = (at: number): number => model.logistic.weights[at] ?? 0;
  let usual = model.logistic.intercept;
  const factors = model.encoding.columns.map((column): WinFactor => {
    const value = facts[column.fact] ?? null;
    const usually = usualOf(column, weightAt);
    usual += usually;
    const own = encodeColumn(column, value).reduce((sum, [at, cell]) => sum + weightAt(at) * cell, 0);
    return { fact: column.fact, value, logit: slope * (own - usually) };
  });
  return {
    usual: model.stretch.intercept + slope * usual,
    factors: factors.toSorted((a, b) => Math.abs(b.logit) - Math.abs(a.logit)),
  };
}

/** What a column gives to the usual deal: of a number its mean, which is 0, or that it is unknown. */
function usualOf(column: Column, weightAt: (at: number) => number): number {
  if (column.kind === 'number') return column.unknownShare * weightAt(column.at + 1);
  return Object.values(column.places).reduce((sum, { at, share }) => sum + share * weightAt(at), 0);
}

const isWon = (outcome: Outcome) => outcome.won;
const factsOf = (outcome: Outcome) => outcome.facts;
const asRow = (logit: number): SparseRow => [[0, logit]];
const judge = (outcomes: readonly Outcome[], scores: readonly number[]): Judged[] =>
  outcomes.map((outcome, index) => ({ score: scores[index] ?? 0, positive: outcome.won }));
const factNames = (outcomes: readonly Outcome[]): string[] =>
  [...new Set(outcomes.flatMap((outcome) => Object.keys(outcome.facts)))].toSorted((a, b) =>
    a < b ? -1 : 1,
  );

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
    const encoding = encodingOf(others.map(factsOf), names);
    const logistic = fitOn(others, encoding);
    outcomes.forEach((outcome, index) => {
      if (folds[index] === fold) logits[index] = logitOf(logistic, encode(encoding, outcome.facts));
    });
  }
  return logits;
}

/** By what is known of the deal: equal deals fall into the same fold, else the model would have seen what it is asked. */
function foldOf(outcome: Outcome, names: readonly string[]): number {
  const words =
    outcome.group === undefined ? names.map((name) => outcome.facts[name] ?? UNKNOWN) : [outcome.group];
  let hash = 0x811c9dc5;
  for (const word of words) {
    for (const letter of `${word}\u0001`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
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
