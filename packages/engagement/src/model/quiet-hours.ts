import { clockIn } from '@penstock/accounts/model/local-time';

/** When a member wants to be left alone, by their own clock: minutes since midnight, over midnight where `from` is later than `to`. */
export type Quiet = { from: number | null; to: number | null; weekends: boolean };

const QUARTER_MS = 15 * 60_000;
/** A week and a day: the longest that quiet can last, and one more. */
const MOST_QUARTERS = 8 * 24 * 4;
const HOUR_MINUTES = 60;

/** Whether a moment is in somebody's quiet hours; the clock of the zone decides, also where it is changed. */
export function isQuiet({ from, to, weekends }: Quiet, zone: string, at: Date): boolean {
  const { minutes, weekday } = clockIn(zone, at);
  if (weekends && (weekday === 'Sat' || weekday === 'Sun')) return true;
  if (from === null || to === null || from === to) return false;
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

/** The moment itself, or the first quarter of an hour after it that is not quiet. */
export function nextLoud(quiet: Quiet, zone: string, at: Date): Date {
  if (!isQuiet(quiet, zone, at)) return at;
  return quarterAfter(at, (moment) => !isQuiet(quiet, zone, moment));
}

/** When the next digest leaves: with the hour, or at an hour of the member's day; never in quiet hours. */
export function nextDigest(
  plan: { every: 'hourly' | 'daily'; hour: number; quiet: Quiet; zone: string },
  at: Date,
): Date {
  const { every, quiet, zone } = plan;
  const minutesAt = (moment: Date) => clockIn(zone, moment).minutes;
  const wanted = plan.hour * HOUR_MINUTES;
  // Where the clock jumps over the hour, the first quarter behind it counts; where it comes twice, the first of both.
  const arrives = (moment: Date) => {
    const now = minutesAt(moment);
    const before = minutesAt(new Date(moment.getTime() - QUARTER_MS));
    return now >= wanted && (before < wanted || before > now + HOUR_MINUTES);
  };
  const due = quarterAfter(
    at,
    every === 'hourly' ? (moment) => minutesAt(moment) % HOUR_MINUTES === 0 : arrives,
  );
  return nextLoud(quiet, zone, due);
}

function quarterAfter(at: Date, fits: (moment: Date) => boolean): Date {
  const start = (Math.floor(at.getTime() / QUARTER_MS) + 1) * QUARTER_MS;
  for (let step = 0; step < MOST_QUARTERS; step += 1) {
    const moment = new Date(start + step * QUARTER_MS);
    if (fits(moment)) return moment;
  }
  return new Date(start);
}
