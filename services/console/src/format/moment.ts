const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `34 ms`, `0.4 s`, `41 s`, `3 min`, `2 h 5 min`, `4 d`. */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.floor(ms / 1_000)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) {
    const minutes = Math.floor((ms % HOUR) / MINUTE);
    return minutes === 0 ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / HOUR)} h ${minutes} min`;
  }
  return `${Math.floor(ms / DAY)} d`;
}

/** A running clock: `0:41`, `12:07`, `1:02:33`; days as `3 d 4 h`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds >= 86_400)
    return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3_600)} h`;
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `now`, `3 min ago`, `in 2 d`, and the date when it is far. */
export function relative(iso: string, nowMs: number): string {
  const difference = Date.parse(iso) - nowMs;
  const size = Math.abs(difference);
  if (size < 10_000) return 'now';
  if (size >= 60 * DAY) return day(iso);
  const amount = size < DAY ? duration(Math.floor(size)).replace(/ (\d+ min)$/, '') : duration(size);
  return difference < 0 ? `${amount} ago` : `in ${amount}`;
}

/** `23 Nov 2026`. */
export function day(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(timeZone && { timeZone }),
  }).format(new Date(iso));
}

/** `Mon 23 Nov 2026, 14:05:09 GMT+1`, in the reader's zone. */
export function exact(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone && { timeZone }),
  }).format(new Date(iso));
}

const ISO_IN_WORDS = /\b\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(?:\.\d+)?Z)?\b/g;
/** What somebody said or named is left as it is. */
const QUOTED = /(“[^”]*”)/;

/** Dates in a sentence that the server made, as people write them: an instant by its day in the zone, a date as the day it names. */
export function dated(text: string, timeZone?: string): string {
  const write = (iso: string, time: string | undefined) =>
    Number.isNaN(Date.parse(iso)) ? iso : day(iso, time === undefined ? 'UTC' : timeZone);
  return text
    .split(QUOTED)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(ISO_IN_WORDS, write)))
    .join('');
}

/** `today`, `tomorrow`, `on Thursday` within a week, else `on 23 Dec 2026`; in the reader's zone. */
export function onDay(iso: string, nowMs: number, timeZone: string): string {
  const dayOf = (ms: number) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(ms);
  const then = Date.parse(iso);
  const days = (Date.parse(dayOf(then)) - Date.parse(dayOf(nowMs))) / DAY;
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days > 1 && days < 7)
    return `on ${new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone }).format(then)}`;
  return `on ${day(iso, timeZone)}`;
}
