/** Rules of a run over a list. */

export const MOST_RECORDS = 200_000;

const MOST_PER_CHUNK = 500;
const FEWEST_PER_CHUNK = 50;
const CHUNKS_OF_A_SHORT_LIST = 16;

/**
 * Records per chunk: a long list has full chunks, a short one is cut smaller, so that several workers share it and one that is killed
 * holds up little of it.
 */
export function recordsPerChunk(records: number): number {
  const shared = Math.ceil(records / CHUNKS_OF_A_SHORT_LIST);
  return Math.min(MOST_PER_CHUNK, Math.max(FEWEST_PER_CHUNK, shared));
}

const CHUNKS_AT_ONCE = 6;
const SMALL_CHUNKS_AT_ONCE = 8;

/**
 * Chunks under way at once: while one waits for its commit or for a slow vendor, others are with other vendors. Small chunks keep a
 * worker less busy than full ones, of which more would only take turns.
 */
export const chunksAtOnce = (records: number): number =>
  recordsPerChunk(records) < MOST_PER_CHUNK ? SMALL_CHUNKS_AT_ONCE : CHUNKS_AT_ONCE;

export type GuardFigures = { done: number; usable: number; spentMicros: number };

/**
 * Why a run should stop because a usable contact costs more than was allowed, or null. Judged once `afterRecords` records are done, so
 * that a bad start is not taken for a bad list.
 */
export function breaksEven(
  figures: GuardFigures,
  guard: { perUsableMicros: number; afterRecords: number },
): string | null {
  if (figures.done < guard.afterRecords || figures.spentMicros === 0) return null;
  const perUsable = figures.usable === 0 ? Infinity : figures.spentMicros / figures.usable;
  if (perUsable <= guard.perUsableMicros) return null;
  const dollars = (micros: number) => `$${(micros / 1_000_000).toFixed(4)}`;
  const cost =
    figures.usable === 0 ? 'nothing usable was found' : `a usable contact costs ${dollars(perUsable)}`;
  return `After ${figures.done} records ${cost} (${dollars(figures.spentMicros)} spent), above the ${dollars(guard.perUsableMicros)} that was allowed.`;
}
