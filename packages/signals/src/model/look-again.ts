/** Whoever presses twice is not asked for twice. */
export const LEAST_GAP_MS = 2 * 60_000;

export type Looked = {
  active: boolean;
  /** Each look costs: its cadence and budget decide. */
  costs: boolean;
  lookedAt: Date | null;
  dueAt: Date;
  fault: string;
  /** Why its vendor gets no more requests today; null while it does. */
  resting: string | null;
};

/** Why a source is not looked at at once though somebody asks for it; null if it is. */
export function whyNotNow(source: Looked, now: Date): string | null {
  if (!source.active) return 'nobody watches it';
  if (source.costs) return 'each look costs: its cadence and budget decide';
  if (source.resting !== null) return source.resting;
  if (source.fault.startsWith('rate_limited') && source.dueAt > now) return 'it asked to be left alone';
  const since = source.lookedAt === null ? null : now.getTime() - source.lookedAt.getTime();
  return since !== null && since < LEAST_GAP_MS ? 'it was looked at just now' : null;
}
