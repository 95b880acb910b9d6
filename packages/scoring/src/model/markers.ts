/** Markers of a serious buyer (R041), each with the moment at which it lapses unless something new is seen. */

const DAY_MS = 86_400_000;
/** A decision further away than this is no urgency. */
const URGENT_DAYS = 90;
/** Who has been silent for longer responds no more. */
const RESPONDING_DAYS = 30;

/** End of the latest day of decision that a buyer has named and that lay within 90 days when it was noted; null if there is none. */
export function urgentUntil(dates: readonly string[], notedAt: readonly Date[]): Date | null {
  const ends = dates.flatMap((date, index) => {
    const day = new Date(`${date}T00:00:00Z`).getTime();
    const noted = notedAt[index]?.getTime();
    if (Number.isNaN(day) || noted === undefined || day - noted > URGENT_DAYS * DAY_MS) return [];
    return [day + DAY_MS];
  });
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}

/**
 * Two people or more respond, until the second of them has been silent for 30 days.
 * @param engagedAt when each person last responded, the latest first
 */
export function respondingUntil(engagedAt: readonly Date[]): Date | null {
  const second = engagedAt[1];
  return second ? new Date(second.getTime() + RESPONDING_DAYS * DAY_MS) : null;
}
