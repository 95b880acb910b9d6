/**
 * A moment within a sentence, to the second: `2026-11-30T08:15:00Z`. A sentence is read in many time zones, so which day that was is left
 * to whoever shows it; the console writes it as its reader does.
 */
export const instantInWords = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A date that is the same day everywhere, as people write it: `2026-08-31` → `31 Aug 2026`. */
export const dayInWords = (isoDate: string): string => DAY.format(new Date(`${isoDate}T00:00:00Z`));
