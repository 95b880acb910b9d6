import { ago } from './next-action.ts';

/** A rep's day as one list: who waits, what was promised, then what is worth most; each with the reason for its place. */

export type DayEntry = {
  kind: 'inbound' | 'task' | 'next_step' | 'ranked';
  id: string;
  title: string;
  accountId: string;
  accountName: string;
  dealId: string | null;
  dueAt: Date | null;
  /** Why it is there at all. */
  about: string;
  /** 0–100, of queue items; null for what was promised. */
  priority: number | null;
};
export type PlacedEntry = DayEntry & { late: boolean; because: string };

const BANDS = ['waiting', 'late', 'today', 'ranked'] as const;

/**
 * First who waits (longest first), then what is late (longest first), what is due by the end of the day, and the queue by priority.
 * @param endOfDay last moment of the rep's own day
 */
export function orderDay(entries: readonly DayEntry[], now: Date, endOfDay: Date): PlacedEntry[] {
  const placed = entries.filter((entry) => entry.kind === 'ranked' || (entry.dueAt ?? now) <= endOfDay);
  const inBand = (band: (typeof BANDS)[number]) =>
    placed
      .filter((entry) => bandOf(entry, now) === band)
      .toSorted(
        (a, b) =>
          (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0) ||
          (b.priority ?? 0) - (a.priority ?? 0) ||
          (a.id < b.id ? -1 : 1),
      );
  return BANDS.flatMap((band) =>
    inBand(band).map((entry, index) => ({
      ...entry,
      late: band === 'late' || (band === 'waiting' && entry.dueAt !== null && entry.dueAt < now),
      because: reason(entry, band, index, now),
    })),
  );
}

function bandOf(entry: DayEntry, now: Date): (typeof BANDS)[number] {
  if (entry.kind === 'inbound') return 'waiting';
  if (entry.kind === 'ranked') return 'ranked';
  return entry.dueAt !== null && entry.dueAt < now ? 'late' : 'today';
}

function reason(entry: DayEntry, band: (typeof BANDS)[number], index: number, now: Date): string {
  if (band === 'waiting') return entry.about;
  if (band === 'ranked')
    return `Number ${index + 1} of your queue by priority (${Math.round(entry.priority ?? 0)}): ${entry.about}`;
  const what = entry.kind === 'task' ? 'Your task' : 'Next step of an open deal';
  return band === 'late' && entry.dueAt !== null
    ? `${what}, due ${ago(entry.dueAt, now)}`
    : `${what}, due today`;
}
