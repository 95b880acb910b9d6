/** On the clock of `performance.now()`: when something waits since, and by when it has to be done; infinite for no such time. */
export type Due = { sinceMs: number; byMs: number };

/** One place in so many is for whoever has waited longest, so that nobody waits for ever. */
const PLACES_TO_A_TURN = 8;

/**
 * Takes `most` of those that wait out of `waiting`: the nearest times first that can still be met, then those without one, last those whose time
 * has passed, for whom nothing is gained any more. Whoever has waited longest is among them whatever the rest.
 */
export function takeDue<One extends Due>(waiting: One[], most: number, nowMs: number): One[] {
  if (waiting.length <= most) return waiting.splice(0);
  const longest = waiting.toSorted((a, b) => a.sinceMs - b.sinceMs);
  const chosen = new Set(longest.slice(0, Math.max(1, Math.floor(most / PLACES_TO_A_TURN))));
  const rank = ({ byMs }: Due): number => (byMs > nowMs ? 0 : 1);
  const urgent = waiting.toSorted(
    (a, b) => rank(a) - rank(b) || compare(a.byMs, b.byMs) || a.sinceMs - b.sinceMs,
  );
  for (const one of urgent) {
    if (chosen.size >= most) break;
    chosen.add(one);
  }
  const left = waiting.filter((one) => !chosen.has(one));
  waiting.splice(0, waiting.length, ...left);
  return [...chosen];
}

/** Two infinite times are the same. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);
