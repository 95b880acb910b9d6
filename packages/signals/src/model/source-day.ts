/** What a source may be asked on a day; null where there is no such limit. */
export type DayLimit = { mostRequests: number | null; mostMicros: number | null };
export type DayUse = { requests: number; costMicros: number };

const DAY_MS = 86_400_000;

/** The day that a moment belongs to, `YYYY-MM-DD`. Days are those of UTC, as the months of budgets are. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** When the next day begins. */
export const nextDay = (at: Date): Date => new Date((Math.floor(at.getTime() / DAY_MS) + 1) * DAY_MS);

/**
 * How many of the wanted requests the day has room for, each at a cost.
 * @param cost micro-dollars of one request; 0 where asking is free
 */
export function roomOfDay(limit: DayLimit, used: DayUse, wanted: number, cost: number): number {
  const byCount = limit.mostRequests === null ? wanted : limit.mostRequests - used.requests;
  const left = limit.mostMicros === null ? null : limit.mostMicros - used.costMicros;
  // What costs is known only afterwards, or nothing: it is asked until the money of the day is spent.
  const byCost = left === null ? wanted : cost === 0 ? (left > 0 ? wanted : 0) : Math.floor(left / cost);
  return Math.max(0, Math.min(wanted, byCount, byCost));
}

/** Why nothing more is asked on a day; null while something may be. */
export function whyResting(limit: DayLimit, used: DayUse): string | null {
  if (limit.mostRequests !== null && used.requests >= limit.mostRequests)
    return `all ${limit.mostRequests.toLocaleString('en-US')} requests of this day are used`;
  if (limit.mostMicros !== null && used.costMicros >= limit.mostMicros)
    return `$${(limit.mostMicros / 1_000_000).toFixed(2)} of this day are spent`;
  return null;
}
