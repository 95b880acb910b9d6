import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addEvent, contributions, fallsBelowAt, massAt, signalScore, type Mass } from './intent.ts';
import { DEFAULT_INTENT_MODEL } from './presets.ts';

const start = new Date('2026-01-01T00:00:00Z');
const day = (n: number) => new Date(start.getTime() + n * 86_400_000);

const event = fc.record({
  kind: fc.constantFrom('funding', 'hiring', 'visit', 'intent', 'inbound_request'),
  strength: fc.double({ min: 0.01, max: 1, noNaN: true }),
  halfLifeDays: fc.constant(30),
  occurredAt: fc.integer({ min: 0, max: 60 }).map(day),
});

const fold = (events: { kind: string; strength: number; halfLifeDays: number; occurredAt: Date }[]) =>
  events.reduce<Mass[]>((masses, next) => addEvent(masses, next), []);

describe('signal score', () => {
  it('halves a mass after one half-life', () => {
    expect(massAt({ kind: 'visit', value: 0.8, halfLifeDays: 7, at: start }, day(7))).toBeCloseTo(0.4, 12);
  });

  it('is the sum of its contributions', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const masses = fold(events);
        const sum = contributions(DEFAULT_INTENT_MODEL, masses, day(61)).reduce(
          (total, part) => total + part.points,
          0,
        );
        expect(sum).toBeCloseTo(signalScore(DEFAULT_INTENT_MODEL, masses, day(61)), 9);
      }),
    );
  });

  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 2, maxLength: 20 }), (events) => {
        const forward = signalScore(DEFAULT_INTENT_MODEL, fold(events), day(61));
        expect(signalScore(DEFAULT_INTENT_MODEL, fold(events.toReversed()), day(61))).toBeCloseTo(forward, 9);
      }),
    );
  });

  it('never leaves 0 to 100, never rises by itself, and rises with every event', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), event, (events, one) => {
        const masses = fold(events);
        const now = signalScore(DEFAULT_INTENT_MODEL, masses, day(61));
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThan(100);
        expect(signalScore(DEFAULT_INTENT_MODEL, masses, day(80))).toBeLessThanOrEqual(now);
        expect(signalScore(DEFAULT_INTENT_MODEL, addEvent(masses, one), day(61))).toBeGreaterThanOrEqual(
          now - 1e-9,
        );
      }),
    );
  });

  it('counts a hundred visits for less than one funding round', () => {
    const visits = fold(
      Array.from({ length: 100 }, () => ({
        kind: 'visit',
        strength: 0.3,
        halfLifeDays: 7,
        occurredAt: start,
      })),
    );
    const funding = fold([{ kind: 'funding', strength: 0.9, halfLifeDays: 90, occurredAt: start }]);
    expect(signalScore(DEFAULT_INTENT_MODEL, visits, start)).toBeLessThan(
      signalScore(DEFAULT_INTENT_MODEL, funding, start),
    );
  });

  it('says when it falls below a level', () => {
    const masses = fold([{ kind: 'funding', strength: 0.9, halfLifeDays: 90, occurredAt: start }]);
    const now = signalScore(DEFAULT_INTENT_MODEL, masses, start);
    const at = fallsBelowAt(DEFAULT_INTENT_MODEL, masses, start, now / 2);
    expect(at).not.toBeNull();
    expect(signalScore(DEFAULT_INTENT_MODEL, masses, at ?? start)).toBeCloseTo(now / 2, 2);
  });
});
