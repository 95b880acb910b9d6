import fc from 'fast-check';
import { expect, it } from 'vitest';

import { addEvent, signalScore, type Mass } from './intent.ts';
import { fallsBelowLineAt, massesBefore, wouldLift } from './outlook.ts';
import { DEFAULT_INTENT_MODEL as MODEL } from './presets.ts';
import { NO_STANDING, priorityOf } from './priority.ts';
import { combineShares } from './risk.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const DAY_MS = 86_400_000;
const HALF_LIVES = { funding: 90, hiring: 45, visit: 7 };

const event = fc.record({
  kind: fc.constantFrom(...(['funding', 'hiring', 'visit'] as const)),
  strength: fc.double({ min: 0.05, max: 1, noNaN: true }),
  daysAgo: fc.double({ min: 0, max: 40, noNaN: true }),
});
type Drawn = { kind: keyof typeof HALF_LIVES; strength: number; daysAgo: number };
const asEvent = ({ kind, strength, daysAgo }: Drawn) => ({
  kind,
  strength,
  halfLifeDays: HALF_LIVES[kind],
  occurredAt: new Date(NOW.getTime() - daysAgo * DAY_MS),
});
const massesOf = (events: readonly Drawn[]): Mass[] => {
  let masses: Mass[] = [];
  for (const one of events) masses = addEvent(masses, asEvent(one));
  return masses;
};
const placed = (masses: readonly Mass[], fit = 40) => ({ model: MODEL, masses, fit, standing: NO_STANDING });

it('tells the score of a week ago as it was computed then', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      const weekAgo = new Date(NOW.getTime() - 7 * DAY_MS);
      const since = events.filter((one) => asEvent(one).occurredAt > weekAgo);
      const then = events.filter((one) => asEvent(one).occurredAt <= weekAgo);
      const told = signalScore(MODEL, massesBefore(massesOf(events), since.map(asEvent)), weekAgo);
      expect(told).toBeCloseTo(signalScore(MODEL, massesOf(then), weekAgo), 5);
    }),
  );
});

it('foretells the minute at which an account falls below the line', () => {
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 13, max: 60 }),
      (events, line) => {
        const at = fallsBelowLineAt(placed(massesOf(events)), NOW, line);
        const priority = (ms: number) => priorityOf(MODEL, placed(massesOf(events)), new Date(ms));
        if (at === null) {
          expect(priority(NOW.getTime())).toBeLessThan(line);
          return;
        }
        expect(priority(at.getTime())).toBeLessThan(line);
        expect(priority(at.getTime() - 2 * 60_000)).toBeGreaterThanOrEqual(line);
      },
    ),
  );
});

it('names only kinds that do lift an account above the line, and none for one that is there', () => {
  const usual = [
    { kind: 'funding', strength: 0.6, halfLifeDays: 90 },
    { kind: 'visit', strength: 0.05, halfLifeDays: 7 },
  ];
  expect(wouldLift(placed([]), usual, NOW, 30).map((lift) => lift.kind)).toEqual(['funding']);
  expect(wouldLift(placed([]), usual, NOW, 5)).toEqual([]);
  expect(wouldLift(placed([]), [{ kind: 'unheard of', strength: 1, halfLifeDays: 9 }], NOW, 30)).toEqual([]);
});

it('combines shares to parts that add up', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 0.9, noNaN: true }), { maxLength: 8 }), (shares) => {
      const { total, parts } = combineShares(
        shares.map((share, at) => ({ key: String(at), label: '', share })),
      );
      expect(parts.reduce((sum, part) => sum + part.points, 0)).toBeCloseTo(total, 9);
      expect(total).toBeCloseTo(100 * (1 - shares.reduce((left, share) => left * (1 - share), 1)), 9);
    }),
  );
});
