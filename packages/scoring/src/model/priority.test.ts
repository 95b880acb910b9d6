import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addEvent, type Mass } from './intent.ts';
import { respondingUntil, urgentUntil } from './markers.ts';
import { DEFAULT_INTENT_MODEL as MODEL } from './presets.ts';
import { formulaInWords, NO_STANDING, priorityOf, priorityParts, type Standing } from './priority.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
const until = fc.option(fc.integer({ min: -40, max: 90 }).map(inDays));
const standing: fc.Arbitrary<Standing> = fc.record({
  dealValueMinor: fc.option(fc.integer({ min: 0, max: 1e12 })),
  dealCurrency: fc.option(fc.constantFrom('USD', 'EUR', 'CHF')),
  stageProbability: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  urgentUntil: until,
  committeeUntil: until,
  respondingUntil: until,
  budgetDocumented: fc.option(fc.boolean()),
});
const masses: fc.Arbitrary<Mass[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('funding', 'visit', 'budget_cut'),
      strength: fc.double({ min: 0.01, max: 1, noNaN: true }),
      halfLifeDays: fc.constant(14),
      occurredAt: fc.integer({ min: -60, max: 3 }).map(inDays),
    }),
    { maxLength: 8 },
  )
  .map((events) => {
    let grown: Mass[] = [];
    for (const event of events) grown = addEvent(grown, event);
    return grown;
  });
const subject = fc.record({ masses, fit: fc.double({ min: 0, max: 100, noNaN: true }), standing });

describe('priority', () => {
  it('is the sum of its parts, and lies between 0 and 100', () => {
    fc.assert(
      fc.property(subject, (one) => {
        const total = priorityParts(MODEL, one, inDays(5)).reduce((sum, part) => sum + part.points, 0);
        expect(priorityOf(MODEL, one, inDays(5))).toBeCloseTo(total, 9);
        expect(total).toBeGreaterThanOrEqual(0);
        expect(total).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });

  it('never rises by itself, so that an earlier one bounds it', () => {
    fc.assert(
      fc.property(
        subject,
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 200 }),
        (one, a, b) => {
          const from = priorityOf(MODEL, one, inDays(4 + a));
          expect(priorityOf(MODEL, one, inDays(4 + a + b))).toBeLessThanOrEqual(from + 1e-9);
        },
      ),
    );
  });

  it('R041: each marker lifts an account above its equal', () => {
    const equal = { masses: [], fit: 50, standing: NO_STANDING };
    const lifted = (change: Partial<Standing>) =>
      priorityOf(MODEL, { ...equal, standing: { ...NO_STANDING, ...change } }, NOW) -
      priorityOf(MODEL, equal, NOW);
    expect(lifted({ urgentUntil: inDays(1) })).toBeCloseTo(5, 9);
    expect(lifted({ committeeUntil: inDays(1) })).toBeCloseTo(3, 9);
    expect(lifted({ budgetDocumented: true })).toBeCloseTo(3, 9);
    expect(lifted({ respondingUntil: inDays(1) })).toBeCloseTo(3, 9);
    expect(lifted({ urgentUntil: inDays(-1) })).toBe(0);
  });

  it('counts a value without a known currency as unknown, and twice the value less than twice', () => {
    const valued = (dealValueMinor: number, dealCurrency: string) =>
      priorityParts(
        MODEL,
        { masses: [], fit: 0, standing: { ...NO_STANDING, dealValueMinor, dealCurrency } },
        NOW,
      ).find(({ term }) => term === 'value')?.value;
    expect(valued(5_000_000, 'USD')).toBeCloseTo(50, 9);
    expect(valued(10_000_000, 'USD')).toBeCloseTo(66.67, 2);
    expect(valued(10_000_000, 'CHF')).toBe(50);
  });

  it('is told in words, heaviest first', () => {
    expect(formulaInWords(MODEL.priority)).toMatch(
      /^0\.5 × signal score \+ 0\.2 × fit \+ 0\.08 × deal value/,
    );
  });
});

describe('markers', () => {
  it('a decision counts until its day ends, a later one replaces it, and what is no date or too far is none', () => {
    const noted = new Date('2026-11-01T10:00:00Z');
    expect(urgentUntil(['2026-11-30', '2026-12-15'], [noted, noted])).toEqual(
      new Date('2026-12-16T00:00:00Z'),
    );
    expect(urgentUntil(['2026-13-45', 'soon', '2027-06-01'], [noted, noted, noted])).toBeNull();
  });

  it('two respond until the second has been silent for 30 days', () => {
    expect(respondingUntil([NOW])).toBeNull();
    expect(respondingUntil([NOW, inDays(-10), inDays(-80)])).toEqual(inDays(20));
  });
});
