import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Capability, WantedField } from '../provider-port.ts';
import { difference, replicate, REPLICATES, summarize } from './forecast.ts';
import type { ForecastRecord } from './forecast-walk.ts';
import { secondsOf } from './pace.ts';
import type { PlannableStep } from './planner.ts';
import { DEFAULT_WATERFALL } from './presets.ts';
import type { CallRates, History } from './rates.ts';
import type { Waterfall } from './waterfall.ts';

const sells = (
  id: string,
  gives: WantedField[],
  credits: number,
  kind: Capability['kind'] = 'find_person',
  charged: Capability['price']['charged'] = 'on_hit',
): Capability => ({
  id,
  kind,
  mode: 'sync',
  batchMax: 1,
  gives,
  needs: kind === 'verify_email' ? [['email']] : [['givenName']],
  price: { credits, microsPerCredit: 10_000, charged, bills: [], again: 'charged', readOn: '2026-11-24' },
  timeoutMs: 1_000,
});
const OFFERS = {
  cheap: sells('find', ['work_email'], 1),
  dear: sells('find', ['work_email'], 10),
  check: sells('verify', [], 1, 'verify_email', 'on_call'),
};
type Vendor = keyof typeof OFFERS;

const waterfall = (...order: Vendor[]): Waterfall => ({
  ...DEFAULT_WATERFALL,
  wanted: ['work_email'],
  steps: order.map((provider) => ({ provider, capability: OFFERS[provider].id, only: null, when: [] })),
});
const records = (count: number, of: Waterfall): ForecastRecord[] =>
  Array.from({ length: count }, (_, at) => ({
    key: `record ${at}`,
    addressFrom: null,
    input: {
      waterfall: of,
      steps: of.steps.map(({ provider }): PlannableStep => ({
        provider,
        capability: OFFERS[provider as Vendor],
        only: null,
        when: [],
        hasCredential: true,
        barred: null,
        state: null,
      })),
      known: { givenName: 'A' },
      facts: { country: null, seniority: null, industry: null, employees: null },
      usable: [],
      emailToVerify: null,
      phoneToCheck: null,
      spentMicros: 0,
      stopped: false,
      elapsedSeconds: null,
      holdsForAnswers: true,
    },
  }));
const seen = (provider: Vendor, hits: number, of: number, more: Partial<CallRates> = {}): CallRates => ({
  provider,
  capability: OFFERS[provider].id,
  first: { hits, of },
  later: { hits, of },
  fields: { work_email: hits * 2 },
  chargedOnHitMicros: hits * 2 * OFFERS[provider].price.credits * 10_000,
  chargedOnMissMicros: 0,
  verdicts: {},
  ...more,
});
/** Each knows half, and nine of ten addresses are good: from many thousands of calls. */
const KNOWN: History = {
  rates: [seen('cheap', 25_000, 50_000), seen('dear', 25_000, 50_000)],
  qualities: (['cheap', 'dear'] as const).flatMap((provider) => [
    { provider, field: 'work_email', verification: 'valid', lineType: '', values: 90_000 },
    { provider, field: 'work_email', verification: 'invalid', lineType: '', values: 10_000 },
  ]),
};
const NOTHING: History = { rates: [], qualities: [] };

const drawn = (of: Waterfall, history: History, sampled: number, whole = true) =>
  Array.from({ length: REPLICATES }, (_, at) =>
    replicate(records(sampled, of), of, history, { replicate: at, whole }),
  );
const look = (of: Waterfall, history: History, sampled: number, total = sampled) =>
  summarize(drawn(of, history, sampled, total === sampled), { sampled, total });

describe('the forecast of a run', () => {
  it('comes to what the rates say: coverage, money and calls', () => {
    const forecast = look(waterfall('cheap', 'check', 'dear'), KNOWN, 400);
    // 0.5 · 0.9 found by the first; of the other 55 % again 45 % by the second.
    expect(forecast.usable.mid / 400).toBeCloseTo(0.45 + 0.55 * 0.45, 1);
    const perRecord = 0.5 * 10_000 + 0.5 * 10_000 + 0.55 * (0.5 * 100_000 + 0.5 * 10_000);
    expect(forecast.costMicros.mid / 400 / perRecord).toBeCloseTo(1, 1);
    expect(forecast.usable.low).toBeLessThan(forecast.usable.mid);
    expect(forecast.usable.high).toBeGreaterThan(forecast.usable.mid);
    expect(forecast.steps.map(({ key }) => key).toSorted()).toEqual([
      'cheap/find',
      'check/verify',
      'dear/find',
    ]);
  }, 60_000);

  it('scales a sample to the whole list, and is surer of a long list than of a short one', () => {
    const of = waterfall('cheap', 'check');
    const [short, long] = [look(of, KNOWN, 200), look(of, KNOWN, 200, 20_000)];
    expect(long.usable.mid / short.usable.mid / 100).toBeCloseTo(1, 0);
    const width = ({ usable }: typeof short, total: number) => (usable.high - usable.low) / total;
    expect(width(long, 20_000)).toBeLessThan(width(short, 200));
  });

  it('counts who happened to be in the sample, also where everything is known and nobody would be asked', () => {
    const nobody = waterfall();
    const known = records(400, nobody).map((record, at) =>
      at % 5 === 0 ? { ...record, input: { ...record.input, usable: ['work_email' as const] } } : record,
    );
    const draws = Array.from({ length: REPLICATES }, (_, at) =>
      replicate(known, nobody, KNOWN, { replicate: at, whole: false }),
    );
    const { usable } = summarize(draws, { sampled: 400, total: 10_000 });
    // A fifth of 400: give or take 3.3 % of the list in nine of ten samples.
    expect(usable.mid / 10_000).toBeCloseTo(0.2, 1);
    expect((usable.high - usable.low) / 10_000).toBeGreaterThan(0.04);
    expect((usable.high - usable.low) / 10_000).toBeLessThan(0.1);
  });

  it('is far less sure without a history', () => {
    const of = waterfall('cheap', 'check');
    const width = ({ usable }: ReturnType<typeof look>) => usable.high - usable.low;
    expect(width(look(of, NOTHING, 400))).toBeGreaterThan(3 * width(look(of, KNOWN, 400)));
  });

  it('tells two orders apart draw by draw: the dear one first costs more for the same coverage', () => {
    const [before, after] = [waterfall('cheap', 'check', 'dear'), waterfall('dear', 'check', 'cheap')];
    const changed = difference(drawn(before, KNOWN, 300), drawn(after, KNOWN, 300), {
      sampled: 300,
      total: 300,
    });
    expect(changed.costMicros.low).toBeGreaterThan(0);
    expect(Math.abs(changed.usable.mid)).toBeLessThan(300 * 0.05);
    const same = difference(drawn(before, KNOWN, 100), drawn(before, KNOWN, 100), {
      sampled: 100,
      total: 100,
    });
    expect(same.costMicros).toEqual({ low: 0, mid: 0, high: 0 });
  });

  it('never expects more than the ceiling allows, more usable than records, or a range turned round', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['cheap', 'dear', 'check'] as Vendor[], { minLength: 1 }),
        fc.nat(30),
        fc.integer({ min: 1, max: 300_000 }),
        fc.record({ hits: fc.nat(50), misses: fc.nat(50) }),
        (order, count, ceilingMicros, { hits, misses }) => {
          const of = { ...waterfall(...order), ceilingMicros };
          const history = { ...KNOWN, rates: [seen('cheap', hits, hits + misses)] };
          const { costMicros, usable, calls } = look(of, history, count);
          expect(costMicros.high).toBeLessThanOrEqual(count * ceilingMicros + 1);
          expect(usable.high).toBeLessThanOrEqual(count);
          for (const { low, mid, high } of [costMicros, usable, calls]) {
            expect(low).toBeLessThanOrEqual(mid + 1e-6);
            expect(mid).toBeLessThanOrEqual(high + 1e-6);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('how long it takes', () => {
  const calls = { low: 90, mid: 100, high: 110 };
  const slow = {
    id: 'slow',
    limits: [
      { requests: 10, windowMs: 1_000, window: 'rolling', scope: 'credential', counts: 'requests' } as const,
    ],
  };

  it('is the calls at the pace of earlier runs', () => {
    expect(secondsOf(calls, new Map(), [50, 40, 60], [])).toMatchObject({
      seconds: { mid: 2 },
      heldBy: null,
    });
  });

  it('counts for a limit what the limit counts', () => {
    const limits = slow.limits.map((limit) => ({ ...limit, capabilities: ['search'] }));
    expect(
      secondsOf(calls, new Map([['slow/find', 100]]), [1_000], [{ ...slow, share: 1, limits }]).heldBy,
    ).toBeNull();
  });

  it('is no less than the strictest vendor allows', () => {
    expect(secondsOf(calls, new Map([['slow/find', 100]]), [1_000], [{ ...slow, share: 1 }])).toEqual({
      seconds: { low: 9, mid: 9, high: 9 },
      heldBy: 'slow',
    });
  });

  it('is shorter where several keys share a vendor’s calls, and as long as the slowest of them takes', () => {
    const asked = new Map([['slow/find', 100]]);
    const half = { ...slow, share: 0.5 };
    expect(secondsOf(calls, asked, [1_000], [half, half]).seconds.mid).toBe(4);
    const slower = {
      ...half,
      limits: slow.limits.map((limit) => ({ ...limit, requests: limit.requests / 2 })),
    };
    expect(secondsOf(calls, asked, [1_000], [half, slower]).seconds.mid).toBe(9);
  });
});
