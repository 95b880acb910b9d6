/** Names under which vendors say how many calls are left in a window, with the window's length where no reset is given. */
const LEFT: readonly { left: string; reset: string | null; windowMs: number }[] = [
  { left: 'ratelimit-remaining', reset: 'ratelimit-reset', windowMs: 60_000 },
  { left: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset', windowMs: 60_000 },
  { left: 'x-rate-limit-remaining', reset: 'x-rate-limit-reset', windowMs: 60_000 },
  { left: 'x-minute-requests-left', reset: null, windowMs: 60_000 },
  { left: 'x-minute-request-left', reset: null, windowMs: 60_000 },
  { left: 'x-hourly-requests-left', reset: null, windowMs: 3_600_000 },
  { left: 'x-24-hour-requests-left', reset: null, windowMs: 86_400_000 },
];
/** A reset above this is a time (seconds since 1970), below it a duration in seconds. */
const EPOCH_FROM_SECONDS = 1_000_000_000;
const LONGEST_MS = 3_600_000;

/**
 * How long a vendor's own headers say that nothing may be asked any more; 0 if they leave room or say nothing. Milliseconds, at most an
 * hour: headers are believed where they are stricter than what is published, never where they are looser.
 */
export function blockedByHeaders(headers: Readonly<Record<string, string>>, nowMs: number): number {
  let longestMs = 0;
  for (const { left, reset, windowMs } of LEFT) {
    const count = headers[left];
    if (count === undefined || !/^\s*0+\s*$/.test(count)) continue;
    longestMs = Math.max(longestMs, waitOf(reset === null ? undefined : headers[reset], windowMs, nowMs));
  }
  return Math.min(LONGEST_MS, longestMs);
}

function waitOf(reset: string | undefined, windowMs: number, nowMs: number): number {
  const text = reset?.trim() ?? '';
  const seconds = Number(text);
  if (text !== '' && Number.isFinite(seconds))
    return seconds > EPOCH_FROM_SECONDS ? seconds * 1_000 - nowMs : seconds * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? windowMs : at - nowMs;
}
