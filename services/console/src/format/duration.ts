import { plural } from './words.ts';

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/** Minutes in the unit that is read at a glance. */
export function minutesInWords(minutes: number): string {
  if (minutes < 2 * HOUR_MINUTES) return plural(Math.round(minutes), 'minute');
  return minutes < 2 * DAY_MINUTES
    ? plural(Math.round(minutes / HOUR_MINUTES), 'hour')
    : plural(Math.round(minutes / DAY_MINUTES), 'day');
}

/** Seconds, or minutes from two on. */
export const secondsInWords = (seconds: number): string =>
  seconds < 120 ? plural(Math.max(1, Math.round(seconds)), 'second') : minutesInWords(seconds / 60);
