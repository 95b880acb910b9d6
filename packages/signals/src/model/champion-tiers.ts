import type { ChampionTier } from './departure.ts';

/** How often vendors are asked about champions of a tier, and what that may cost in a month. */
export type TierTerms = { everyDays: number; budgetMicros: number };

/** Until RevOps sets others: at the prices of today about 70, 35 and 15 questions a month. */
export const DEFAULT_TIERS: Readonly<Record<ChampionTier, TierTerms>> = {
  key: { everyDays: 14, budgetMicros: 20_000_000 },
  standard: { everyDays: 30, budgetMicros: 10_000_000 },
  light: { everyDays: 90, budgetMicros: 5_000_000 },
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MOST_BACKOFF_MS = 2 * DAY_MS;

/** When a vendor is asked again: after its cadence, sooner after a fault, and daily looked at whether what holds it is gone. */
export function nextCheckAt(
  after: { state: 'answered' | 'failed' | 'held'; failures: number; retryAfterMs?: number | null },
  { everyDays }: Pick<TierTerms, 'everyDays'>,
  now: Date,
): Date {
  if (after.state === 'answered') return new Date(now.getTime() + everyDays * DAY_MS);
  if (after.state === 'held') return new Date(now.getTime() + DAY_MS);
  const backoffMs = Math.min(MOST_BACKOFF_MS, HOUR_MS * 2 ** Math.min(10, Math.max(0, after.failures - 1)));
  return new Date(now.getTime() + Math.max(backoffMs, after.retryAfterMs ?? 0));
}

/** A charged question may be asked again once its cadence is over; an hour early, since watchers don't wake on the second. */
export const paidSince = ({ everyDays }: Pick<TierTerms, 'everyDays'>, now: Date): Date =>
  new Date(now.getTime() - everyDays * DAY_MS + HOUR_MS);

/** Budget of a tier's month. */
export const tierPeriod = (tier: ChampionTier, now: Date): string =>
  `champions/${tier}/${now.toISOString().slice(0, 7)}`;
