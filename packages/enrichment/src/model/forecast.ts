import { drawRates } from './drawn-rates.ts';
import { walkRecord, type ForecastRecord } from './forecast-walk.ts';
import type { History } from './rates.ts';
import { seededRandom, seedOf } from './seeded-random.ts';
import type { Waterfall } from './waterfall.ts';

/** Nine of ten outcomes lie between `low` and `high`, as far as history and assumptions go. */
export type Range = { low: number; mid: number; high: number };

export type Forecast = {
  costMicros: Range;
  usable: Range;
  calls: Range;
  /** Expected calls and cost by `provider/capability`. */
  steps: { key: string; calls: number; costMicros: number }[];
};

/** What one draw of the rates gave, per record. */
export type Replicate = {
  cost: number;
  usable: number;
  calls: number;
  costSpread: number;
  usableSpread: number;
  callsSpread: number;
  steps: Map<string, { calls: number; costMicros: number }>;
};

export const REPLICATES = 60;

/**
 * One draw of the rates over the records: all of them, or as many drawn with replacement where they only stand for a longer list, so that
 * the draw of the sample counts as well.
 */
export function replicate(
  records: readonly ForecastRecord[],
  waterfall: Waterfall,
  history: History,
  at: { replicate: number; whole: boolean },
): Replicate {
  const rates = drawRates(history, waterfall.policy, at.replicate);
  const random = seededRandom(seedOf(at.replicate, 0x5eed));
  const steps = new Map<string, { calls: number; costMicros: number }>();
  const sums = { cost: 0, cost2: 0, usable: 0, calls: 0, calls2: 0 };
  for (let index = 0; index < records.length; index += 1) {
    const record = records[at.whole ? index : Math.floor(random() * records.length)];
    if (!record) continue;
    const walked = walkRecord(record, rates, at.replicate);
    for (const call of walked.calls) {
      const step = steps.get(call.key) ?? { calls: 0, costMicros: 0 };
      steps.set(call.key, { calls: step.calls + 1, costMicros: step.costMicros + call.costMicros });
    }
    sums.cost += walked.costMicros;
    sums.cost2 += walked.costMicros ** 2;
    sums.usable += walked.usable ? 1 : 0;
    sums.calls += walked.calls.length;
    sums.calls2 += walked.calls.length ** 2;
  }
  const count = Math.max(1, records.length);
  const spread = (sum: number, squares: number) => Math.max(0, squares / count - (sum / count) ** 2);
  return {
    cost: sums.cost / count,
    usable: sums.usable / count,
    calls: sums.calls / count,
    costSpread: spread(sums.cost, sums.cost2),
    usableSpread: spread(sums.usable, sums.usable),
    callsSpread: spread(sums.calls, sums.calls2),
    steps,
  };
}

/** The forecast for a list of `total` records of which `sampled` were walked. */
export function summarize(
  replicates: readonly Replicate[],
  counts: { sampled: number; total: number },
): Forecast {
  const steps = new Map<string, { calls: number; costMicros: number }>();
  for (const one of replicates)
    for (const [key, { calls, costMicros }] of one.steps) {
      const sum = steps.get(key) ?? { calls: 0, costMicros: 0 };
      steps.set(key, { calls: sum.calls + calls, costMicros: sum.costMicros + costMicros });
    }
  const perRecord = counts.total / (Math.max(1, counts.sampled) * Math.max(1, replicates.length));
  const range = (value: 'cost' | 'usable' | 'calls') =>
    rangeOf(
      replicates.map((one) => one[value]),
      mean(replicates.map((one) => one[`${value}Spread`])),
      counts,
    );
  return {
    costMicros: range('cost'),
    usable: range('usable'),
    calls: range('calls'),
    steps: [...steps].map(([key, sum]) => ({
      key,
      calls: sum.calls * perRecord,
      costMicros: Math.round(sum.costMicros * perRecord),
    })),
  };
}

/** How two forecasts over the same records and the same draws differ, draw by draw. */
export function difference(
  before: readonly Replicate[],
  after: readonly Replicate[],
  counts: { sampled: number; total: number },
): Pick<Forecast, 'costMicros' | 'usable'> {
  const of = (value: 'cost' | 'usable') =>
    rangeOf(
      after.map((one, at) => one[value] - (before[at]?.[value] ?? 0)),
      0,
      counts,
    );
  return { costMicros: of('cost'), usable: of('usable') };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/**
 * Total over the whole list. The luck of `sampled` records is more than that of `total`: the spread between the draws is brought down by
 * as much, while what is not known of the rates stays.
 * @param perRecord values of the draws, per record
 * @param recordSpread variance between records
 */
function rangeOf(
  perRecord: readonly number[],
  recordSpread: number,
  { sampled, total }: { sampled: number; total: number },
): Range {
  const middle = mean(perRecord);
  const between = mean(perRecord.map((value) => (value - middle) ** 2));
  const wanted =
    Math.max(0, between - recordSpread / Math.max(1, sampled)) + recordSpread / Math.max(1, total);
  const narrower = between === 0 ? 1 : Math.min(1, Math.sqrt(wanted / between));
  const sorted = perRecord.map((value) => middle + (value - middle) * narrower).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return {
    low: Math.min(at(0.05), middle) * total,
    mid: middle * total,
    high: Math.max(at(0.95), middle) * total,
  };
}
