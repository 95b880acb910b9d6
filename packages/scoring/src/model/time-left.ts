/**
 * Seconds that work still takes, by how much of it was done lately.
 * @returns null before there is anything to judge by
 */
export function secondsLeft(work: { left: number; doneLately: number; latelyS: number }): number | null {
  if (work.left <= 0) return 0;
  if (work.doneLately <= 0 || work.latelyS <= 0) return null;
  return Math.ceil((work.left * work.latelyS) / work.doneLately);
}
