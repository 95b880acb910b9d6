/** Service level of a queue: minutes from entering to the first touch by a person. */

export type Waiting = 'touched' | 'waiting' | 'soon' | 'missed';

/** With less than this share of the time left, it is about to be missed. */
const SOON_SHARE = 0.25;
const MINUTE_MS = 60_000;

/** Where an open item stands at a moment; who touched it late has missed it all the same. */
export function waitingState(
  item: { createdAt: Date; firstTouchAt: Date | null },
  serviceLevelMinutes: number,
  at: Date,
): Waiting {
  const levelMs = serviceLevelMinutes * MINUTE_MS;
  const waitedMs = (item.firstTouchAt ?? at).getTime() - item.createdAt.getTime();
  if (waitedMs > levelMs) return 'missed';
  if (item.firstTouchAt !== null) return 'touched';
  return levelMs - waitedMs <= levelMs * SOON_SHARE ? 'soon' : 'waiting';
}

/** The middle of the times to first touch, in minutes; null without any. */
export function medianMinutes(waitedMs: readonly number[]): number | null {
  const sorted = waitedMs.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? null : (low + high) / 2 / MINUTE_MS;
}
