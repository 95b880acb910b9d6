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

/** What a draw gave for one of the records. */
type Walk = { record: number; cost: number; usable: number; calls: number };

/** What one draw of the rates gave, per record. */
export type Replicate = {
  cost: number;
  usable: number;
  calls: number;
  walks: readonly Walk[];
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
  const walks: Walk[] = [];
  for (let index = 0; index < records.length; index += 1) {
    const chosen = at.whole ? index : Math.floor(random() * records.length);
    const record = records[chosen];
    if (!record) continue;
    const walked = walkRecord(record, rates, at.replicate);
    for (const call of walked.calls) {
      const step = steps.get(call.key) ?? { calls: 0, costMicros: 0 };
      steps.set(call.key, { calls: step.calls + 1, costMicros: step.costMicros + call.costMicros });
    }
    const usable = walked.usable ? 1 : 0;
    walks.push({ record: chosen, cost: walked.costMicros, usable, calls: walked.calls.length });
  }
  const of = (value: Value) => mean(walks.map((walk) => walk[value]));
  return { cost: of('cost'), usable: of('usable'), calls: of('calls'), walks, steps };
}

type Value = 'cost' | 'usable' | 'calls';

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
  const range = (value: Value) =>
    rangeOf(
      replicates.map((one) => one[value]),
      luckOf(replicates, value),
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

/** Variance of one and the same record from draw to draw: what luck alone makes of it. */
function luckOf(replicates: readonly Replicate[], value: Value): number {
  const records = new Map<number, { count: number; sum: number; squares: number }>();
  for (const { walks } of replicates)
    for (const walk of walks) {
      const known = records.get(walk.record) ?? { count: 0, sum: 0, squares: 0 };
      known.count += 1;
      known.sum += walk[value];
      known.squares += walk[value] ** 2;
      records.set(walk.record, known);
    }
  let apart = 0;
  let freedom = 0;
  for (const { count, sum, squares } of records.values()) {
    apart += Math.max(0, squares - sum ** 2 / count);
    freedom += count - 1;
  }
  return apart / Math.max(1, freedom);
}

/**
 * Total over the whole list. The luck of `sampled` records is more than that of `total`: the spread between the draws is brought down by
 * as much, while what is not known of the rates stays, and who happened to be in the sample.
 * @param perRecord values of the draws, per record
 * @param luck variance of one record from draw to draw
 */
function rangeOf(
  perRecord: readonly number[],
  luck: number,
  { sampled, total }: { sampled: number; total: number },
): Range {
  const middle = mean(perRecord);
  const between = mean(perRecord.map((value) => (value - middle) ** 2));
  const wanted = Math.max(0, between - luck / Math.max(1, sampled)) + luck / Math.max(1, total);
  const narrower = between === 0 ? 1 : Math.min(1, Math.sqrt(wanted / between));
  const sorted = perRecord.map((value) => middle + (value - middle) * narrower).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return {
    low: Math.min(at(0.05), middle) * total,
    mid: middle * total,
    high: Math.max(at(0.95), middle) * total,
  };
}
