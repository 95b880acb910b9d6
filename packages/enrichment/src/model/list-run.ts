/** Rules of a run over a list. */

export const CHUNK_RECORDS = 500;
export const MOST_RECORDS = 200_000;

/** Records per chunk so that a short list is still worked on by several at once. */
export function chunkOf(index: number): number {
  return Math.floor(index / CHUNK_RECORDS);
}

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
