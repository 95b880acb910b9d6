import { expect, it } from 'vitest';

import { backTest, rankShift } from './compare-models.ts';
import type { Mass } from './intent.ts';
import { DEFAULT_INTENT_MODEL as MODEL } from './presets.ts';
import { NO_STANDING } from './priority.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const DAY_MS = 86_400_000;
const mass = (kind: string, value: number): Mass => ({ kind, value, halfLifeDays: 30, at: NOW });
const VISITS_COUNT = {
  ...MODEL,
  kinds: { ...MODEL.kinds, visit: { label: 'Visits', cap: 0.9, saturation: 0.2 } },
};

it('names who enters and who leaves the top, with the kinds that did it', () => {
  const candidates = [
    { id: 'funded', name: 'Funded', fit: 50, masses: [mass('funding', 0.4)], standing: NO_STANDING },
    { id: 'visiting', name: 'Visiting', fit: 50, masses: [mass('visit', 1)], standing: NO_STANDING },
    { id: 'cold', name: 'Cold', fit: 0, masses: [], standing: NO_STANDING },
  ];
  const shift = rankShift(candidates, { before: MODEL, after: VISITS_COUNT }, NOW, 1);
  expect(shift).toMatchObject({
    enter: [{ id: 'visiting', before: 2, after: 1, because: [{ kind: 'visit' }] }],
    leave: [{ id: 'funded', before: 1, after: 2, because: [] }],
    stay: 0,
  });
  expect(rankShift(candidates, { before: MODEL, after: MODEL }, NOW, 2)).toEqual({
    enter: [],
    leave: [],
    stay: 2,
  });
});

const signal = (kind: string, daysAgo: number, recordedDaysAgo = daysAgo) => ({
  kind,
  strength: 0.8,
  halfLifeDays: 30,
  occurredAt: new Date(NOW.getTime() - daysAgo * DAY_MS),
  recordedAt: new Date(NOW.getTime() - recordedDaysAgo * DAY_MS),
});
const opened = (won: boolean, ...signals: ReturnType<typeof signal>[]) => ({
  at: new Date(NOW.getTime() - 10 * DAY_MS),
  won,
  signals,
});

it('tells a model that ranks what was won above what was lost', () => {
  const cases = [
    opened(true, signal('funding', 20)),
    opened(true, signal('funding', 15)),
    opened(false, signal('visit', 20)),
    opened(false),
  ];
  const few = { capacity: 2, calibration: null };
  expect(backTest(MODEL, cases, 2)).toEqual({ cases: 4, area: 1, precision: 1, ...few });
  expect(backTest(MODEL, [], 2)).toEqual({ cases: 0, area: null, precision: null, ...few });
});

it('does not see what was only known later: neither what happened after, nor what was recorded after', () => {
  const planted = [
    opened(true, signal('funding', 5)),
    opened(true, signal('funding', 20, 1)),
    opened(false),
    opened(false),
  ];
  expect(backTest(MODEL, planted, 2)).toMatchObject({ area: 0.5 });
});

it('foretells chances that come true on cases it was not fitted to', () => {
  // Funded accounts win three of four, others one of four.
  const cases = Array.from({ length: 400 }, (_, index) => {
    const funded = index % 2 === 0;
    const won = (index >> 1) % 4 === 0 ? !funded : funded;
    return funded ? opened(won, signal('funding', 20)) : opened(won);
  });
  const bins = backTest(MODEL, cases, 20).calibration ?? [];
  expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(400);
  for (const bin of bins) expect(Math.abs(bin.predicted - bin.observed)).toBeLessThan(0.05);
  expect(bins.map((bin) => Math.round(bin.observed * 100))).toEqual([25, 75]);
});
