/**
 * Reads a `Retry-After` value (RFC 9110, 10.2.3): delay in seconds, or an HTTP-date seen from `now`.
 * Returns milliseconds, never negative, at most a day; undefined where there is none or it can't be read.
 */
export function retryAfterMs(value: string | undefined, now: Date): number | undefined {
  const text = value?.trim() ?? '';
  if (text === '') return undefined;
  // Some vendors send fractions of a second.
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  if (!Number.isFinite(ms) || (!/^\d/.test(text) && !/[a-z]/i.test(text))) return undefined;
  return Math.min(Math.max(Math.ceil(ms), 0), ONE_DAY_MS);
}

const ONE_DAY_MS = 86_400_000;
