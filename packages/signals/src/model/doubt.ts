/** What is believed of a list that shows what is newest, against what was known of it. Pure. */

export type ShownWindow = {
  /** When each item was published; null where the source does not say. */
  published: readonly (Date | null)[];
  /** How many of them were known. */
  known: number;
};
export type WindowMemory = {
  /** When the source was seen first; null before. */
  baselineAt: Date | null;
  lastSuccessAt: Date | null;
  /** Looks that were believed, and since the last of them such as showed nothing known. */
  successes: number;
  strange: number;
};

/** Looks in a row that have to show the same stranger before it is taken for the source. */
const BELIEVED_AFTER = 3;

/**
 * `baseline`: seen as for the first time, what is dated after the first sight is news. `news`: what is not known is new. `strange`: not
 * believed.
 */
export type Belief = 'baseline' | 'news' | 'strange';

export function believe(shown: ShownWindow, memory: WindowMemory, now: Date): Belief {
  if (memory.baselineAt === null) return 'baseline';
  if (shown.known > 0 || shown.published.length === 0) return 'news';
  const since = memory.lastSuccessAt ?? memory.baselineAt;
  const newer = shown.published.filter((at) => at !== null && at > since && at <= now).length;
  // After a long silence a busy source shows nothing of before, and all of it is newer.
  if (newer * 2 > shown.published.length) return 'news';
  // Nobody knows yet which of the two sights was the wrong one.
  if (memory.successes < 2) return 'baseline';
  return memory.strange >= BELIEVED_AFTER ? 'baseline' : 'strange';
}

/** Whether an item that was not known is news. A date that has not come yet says nothing. */
export function isNews(
  publishedAt: Date | null,
  belief: Belief,
  baselineAt: Date | null,
  now: Date,
): boolean {
  if (belief === 'news') return true;
  if (baselineAt === null || belief === 'strange') return false;
  return publishedAt !== null && publishedAt > baselineAt && publishedAt <= now;
}

const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 60 * MINUTE_MS;

/**
 * How long a document that could not be read is left alone: at the first time until the next look, then two minutes, four … six hours.
 * One that does not come at all waits from the first time on: the others go first.
 */
export const itemPauseMs = (attempts: number, hangs: boolean): number =>
  attempts === 0 && !hangs ? 0 : Math.min(LONGEST_PAUSE_MS, 2 * MINUTE_MS * 2 ** Math.min(10, attempts));
