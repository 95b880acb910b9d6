import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { RateLimit } from '../provider-port.ts';
import { laneOf, lanesOf, takeSlots } from './slots.ts';

const limit = (requests: number, windowMs: number, terms: Partial<RateLimit> = {}): RateLimit => ({
  requests,
  windowMs,
  window: 'rolling',
  scope: 'credential',
  counts: 'requests',
  ...terms,
});

/** Most arrivals in any window, if each call arrives up to 120 ms after its slot. */
function mostInAnyWindow(arrivals: readonly number[], windowMs: number): number {
  const sorted = arrivals.toSorted((a, b) => a - b);
  return Math.max(
    ...sorted.map((at, index) => sorted.slice(index).filter((other) => other - at < windowMs).length),
  );
}

it('never lets more calls arrive in any window than the limits say, whoever leases when', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(
        fc.record({ waitMs: fc.integer({ min: 0, max: 2_000 }), most: fc.integer({ min: 1, max: 20 }) }),
        { minLength: 1, maxLength: 30 },
      ),
      fc.infiniteStream(fc.integer({ min: 0, max: 120 })),
      (perSecond, perMinute, leases, delays) => {
        const limits = [limit(perSecond, 1_000), limit(perMinute * 10, 60_000), limit(300, 3_600_000)];
        const lanes = lanesOf(limits, 'finder');
        let times: ReadonlyMap<string, number> = new Map();
        let nowMs = 1_000_000;
        const arrivals: number[] = [];
        for (const lease of leases) {
          nowMs += lease.waitMs;
          const taken = takeSlots(lanes, times, { nowMs, untilMs: nowMs + 500, most: lease.most });
          times = taken.times;
          for (const slot of taken.slots) arrivals.push(slot + delays.next().value);
        }
        for (const { requests, windowMs } of limits)
          expect(mostInAnyWindow(arrivals, windowMs)).toBeLessThanOrEqual(requests);
      },
    ),
    { numRuns: 300 },
  );
});

it('uses nearly nine tenths of a limit', () => {
  for (const one of [limit(15, 1_000), limit(500, 60_000), limit(400, 3_600_000)]) {
    const lane = laneOf(one, 'finder');
    const perWindow = one.windowMs / lane.spacingMs;
    expect(perWindow / one.requests).toBeGreaterThan(0.89);
  }
});

it('lets a part of a long window go at once, and says when the next slot comes', () => {
  const lanes = lanesOf([limit(2_000, 86_400_000)], 'match');
  const first = takeSlots(lanes, new Map(), { nowMs: 5_000, untilMs: 5_500, most: 1_000 });
  expect(first.slots).toHaveLength(200);
  const second = takeSlots(lanes, first.times, { nowMs: 6_000, untilMs: 6_500, most: 10 });
  expect(second.slots).toHaveLength(0);
  expect(second.nextMs).toBeGreaterThan(40_000);
});

it('counts an endpoint by itself and a capability only where the limit names it', () => {
  const limits = [
    limit(15, 1_000, { scope: 'endpoint' }),
    limit(10, 1_000, { scope: 'endpoint', capabilities: ['verifier'] }),
  ];
  expect(lanesOf(limits, 'finder').map((lane) => lane.id)).toEqual(['finder 15/1000']);
  expect(lanesOf(limits, 'verifier').map((lane) => lane.id)).toEqual([
    'verifier 10/1000',
    'verifier 15/1000',
  ]);
});
