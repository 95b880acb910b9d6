const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A site that can't be read is tried again after an hour, then ever later. */
const LONGEST_PAUSE_MS = 30 * DAY_MS;

export type SearchOutcome = 'found' | 'proposed' | 'none' | 'forbidden' | 'failed';

/** When a company's site is looked at again; `failures` in a row before this look. */
export function nextSearchAt(
  { outcome, failures }: { outcome: SearchOutcome; failures: number },
  cadenceDays: number,
  now: Date,
): Date {
  const pauseMs =
    outcome === 'failed'
      ? Math.min(HOUR_MS * 4 ** Math.min(failures, 8), LONGEST_PAUSE_MS)
      : cadenceDays * DAY_MS;
  return new Date(now.getTime() + pauseMs);
}
