import fc from 'fast-check';
import { expect, it } from 'vitest';

import { sigmoid } from './logistic.ts';
import { areaUnderCurve, precisionAt } from './judge-ranking.ts';
import {
  FEWEST_OF_EACH,
  learnWinModel,
  winFactors,
  winProbability,
  type Outcome,
} from './win-probability.ts';

/** Repeatable draws, 0 … 1. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Deals of a size and a source; what `chance` says of a deal decides whether it is won. */
function deals(
  count: number,
  chance: (size: number, source: string) => number,
  more: (won: boolean, draw: () => number) => Outcome['facts'] = () => ({}),
): Outcome[] {
  const draw = draws(7);
  return Array.from({ length: count }, () => {
    const size = draw() * 10;
    const source = draw() < 0.5 ? 'referral' : 'paid';
    const won = draw() < chance(size, source);
    const known = draw() < 0.9;
    return { facts: { size: known ? size : null, source, ...more(won, draw) }, won };
  });
}
const skilled = (size: number, source: string) =>
  1 / (1 + Math.exp(-(size - 5) - (source === 'referral' ? 1 : -1)));

it('learns what wins, and its probabilities come true', () => {
  const model = learnWinModel(deals(1_500, skilled));
  expect(model).toMatchObject({ state: 'ready', count: 1_500, leaks: [] });
  if (model.state !== 'ready') return;
  expect(model.area).toBeGreaterThan(0.85);
  for (const bin of model.calibration.filter((one) => one.count >= 100))
    expect(Math.abs(bin.predicted - bin.observed)).toBeLessThan(0.1);
  expect(winProbability(model, { size: 9, source: 'referral' })).toBeGreaterThan(0.9);
  expect(winProbability(model, { size: 1, source: 'paid' })).toBeLessThan(0.1);
  const unknown = winProbability(model, { size: null, source: 'never seen' });
  expect(unknown).toBeGreaterThan(0.2);
  expect(unknown).toBeLessThan(0.8);
});

it('says that there is no skill in facts that tell nothing', () => {
  expect(learnWinModel(deals(600, () => 0.4))).toMatchObject({ state: 'no_skill', count: 600 });
});

it('says how many are needed when there are too few of either', () => {
  expect(learnWinModel(deals(500, () => 0.01))).toMatchObject({ state: 'too_few', needed: FEWEST_OF_EACH });
  expect(learnWinModel([])).toMatchObject({ state: 'too_few', count: 0 });
});

it('catches a planted fact that is recorded after the outcome', () => {
  const planted = deals(800, skilled, (won, draw) => ({
    closing_call_s: (won ? 600 : 200) + 500 * draw(),
    day: draw(),
    region: draw() < 0.5 ? 'north' : 'south',
    seller: draw() < 0.3 ? 'ada' : 'bo',
  }));
  const model = learnWinModel(planted);
  expect(model.state === 'ready' && model.leaks.map((leak) => leak.fact)).toEqual(['closing_call_s']);
});

it('is not flattered by deals that occur twice', () => {
  const none = deals(
    300,
    () => 0.5,
    (_, draw) => ({ id: `deal ${Math.floor(draw() * 1e9)}` }),
  );
  expect(learnWinModel([...none, ...none, ...none]).state).toBe('no_skill');
});

it('puts the area at the chance that a won deal is ranked above a lost one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), positive: fc.boolean() }), {
        maxLength: 40,
      }),
      (judged) => {
        const pairs = judged
          .filter((one) => one.positive)
          .flatMap((won) => judged.filter((one) => !one.positive).map((lost) => won.score - lost.score));
        const wins: number = pairs.reduce((sum, by) => sum + (by > 0 ? 1 : by === 0 ? 0.5 : 0), 0);
        const area = areaUnderCurve(judged);
        if (pairs.length === 0) expect(area).toBeNull();
        else expect(area).toBeCloseTo(wins / pairs.length, 12);
      },
    ),
  );
});

it('counts precision among those a team can work', () => {
  const judged = [0.9, 0.8, 0.7, 0.1].map((score, at) => ({ score, positive: at % 2 === 0 }));
  expect([
    precisionAt(judged, 1),
    precisionAt(judged, 2),
    precisionAt(judged, 3),
    precisionAt([], 3),
  ]).toEqual([1, 0.5, 2 / 3, null]);
});

it('opens a probability into factors that add up to it, also after it was stored as text', () => {
  const model = learnWinModel(deals(800, skilled));
  const stored: unknown = JSON.parse(JSON.stringify(model));
  expect(stored).toEqual(model);
  if (model.state !== 'ready') return;
  for (const facts of [
    { size: 9, source: 'paid' },
    { size: null, source: 'referral' },
    { source: 'never seen' },
  ]) {
    const { usual, factors } = winFactors(model, facts);
    const logit = factors.reduce((sum, factor) => sum + factor.logit, usual);
    expect(sigmoid(logit)).toBeCloseTo(winProbability(model, facts), 9);
  }
  expect(winFactors(model, { size: 9, source: 'paid' }).factors[0]?.fact).toBe('size');
});

it('counts a deal once however often it was looked at, and never asks about one that it has seen', () => {
  const once = deals(
    300,
    () => 0.5,
    (_, draw) => ({ id: `deal ${Math.floor(draw() * 1e9)}` }),
  );
  const seen = once.flatMap((deal, at) =>
    [0, 1, 2].map((age) => ({ ...deal, facts: { ...deal.facts, age }, group: `${at}` })),
  );
  expect(learnWinModel(seen)).toMatchObject({ state: 'no_skill', count: 300 });
});
