/** Failures in a row after which nobody is tried again: with the pauses below about three days. */
export const MOST_FAILURES = 80;

const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/** How long to wait after so many failures in a row (1 is the first): 5 s, 10 s, … up to an hour. */
export const retryPauseMs = (failures: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, Math.max(0, failures - 1)));
