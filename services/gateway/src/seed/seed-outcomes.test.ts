import { buildWorld } from '@penstock/sandbox/world/build-world';
import { backTest } from '@penstock/scoring/model/compare-models';
import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { expect, it } from 'vitest';

import { outcomesOf } from './seed-outcomes.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const STAGES = ['first', 'second', 'third'].map((key) => ({
  key,
  name: key,
  type: 'open' as const,
  probability: 0.2,
  exit: [],
}));
const outcomes = outcomesOf(buildWorld(), STAGES, ['ana', 'ben'], NOW);
const cases = outcomes.map(({ deal, signals }) => ({
  at: deal.created_at,
  won: deal.stage === 'won',
  signals: signals.map((signal) => ({
    ...signal,
    halfLifeDays: SIGNAL_KINDS[signal.kind].halfLifeDays,
    recordedAt: signal.occurredAt,
  })),
}));

it('lets signals foretell which deals of the sandbox were won, but not all of them', () => {
  const { area, calibration } = backTest(DEFAULT_INTENT_MODEL, cases, 20);
  expect(area).toBeGreaterThan(0.65);
  expect(area).toBeLessThan(0.85);
  expect(calibration?.length).toBeGreaterThan(2);
});

it('has seen nothing of a deal after it was opened, and of some of either outcome nothing at all', () => {
  expect(cases.flatMap(({ at, signals }) => signals.filter(({ occurredAt }) => occurredAt >= at))).toEqual(
    [],
  );
  for (const outcome of [true, false])
    expect(cases.some(({ won, signals }) => won === outcome && signals.length === 0)).toBe(true);
});
