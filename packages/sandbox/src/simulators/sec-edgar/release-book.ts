import { join } from 'node:path';

import type { Clock } from '@penstock/kernel/clock';
import { z } from 'zod';

import { openJournal } from '../../journal.ts';
import type { Filing } from './filing.ts';

const Release = z.object({ key: z.string(), at: z.string() });

export type PublishedFiling = Filing & { publishedAt: string };

export type ReleaseBook = {
  /** What the feed shows, newest first. */
  published(): PublishedFiling[];
  all(): (Filing & { publishedAt: string | null })[];
  /** Publishes a filing now: `next` (default), a key, or a kind; null if there is none left or it is out already. */
  release(which?: string): PublishedFiling | null;
  reset(): void;
};

const BASELINE_KEY = '*baseline*';
const ONE_DAY_MS = 86_400_000;

/** Which filings are out, and since when. `next` leaves funds and other special kinds to be asked for by name. */
export function createReleaseBook(
  filingsSince: (startedAt: Date) => readonly Filing[],
  clock: Clock,
  dataDir: string | null,
): ReleaseBook {
  const journal = openJournal(dataDir === null ? null : join(dataDir, 'edgar-releases.jsonl'), Release);
  // Dates hang on the first start and outlive restarts: an old filing must not look new, nor a document change.
  const begin = (): readonly Filing[] => {
    if (journal.entries().length === 0) journal.append({ key: BASELINE_KEY, at: clock.now().toISOString() });
    return filingsSince(new Date(startedAt()));
  };
  const startedAt = (): number => Date.parse(journal.entries()[0]?.at ?? '');
  let filings = begin();
  const publishedAt = (filing: Filing): string | null => {
    if (filing.release === 'on demand')
      return journal.entries().find(({ key }) => key === filing.key)?.at ?? null;
    const age = 8 + filings.filter(({ release }) => release === 'baseline').indexOf(filing);
    return new Date(startedAt() - age * ONE_DAY_MS).toISOString();
  };
  const all = (): (Filing & { publishedAt: string | null })[] =>
    filings.map((filing) => ({ ...filing, publishedAt: publishedAt(filing) }));
  return {
    all,
    published: () =>
      all()
        .flatMap((filing) =>
          filing.publishedAt === null ? [] : [{ ...filing, publishedAt: filing.publishedAt }],
        )
        .toSorted((a, b) => b.publishedAt.localeCompare(a.publishedAt)),
    release(which = 'next') {
      const waiting = all().filter((filing) => filing.publishedAt === null);
      const chosen = chooseFiling(waiting, which);
      if (chosen === undefined) return null;
      const at = clock.now().toISOString();
      journal.append({ key: chosen.key, at });
      return { ...chosen, publishedAt: at };
    },
    reset() {
      journal.clear();
      filings = begin();
    },
  };
}

function chooseFiling<Kind extends Filing>(waiting: readonly Kind[], which: string): Kind | undefined {
  if (which === 'next') return waiting.find(({ key }) => key === 'first' || key.startsWith('round-'));
  const named = waiting.find(({ key }) => key === which);
  // Without the reference folder an invented round stands in for the real one.
  return named ?? (which === 'notion' ? waiting.find(({ key }) => key === 'first') : undefined);
}
