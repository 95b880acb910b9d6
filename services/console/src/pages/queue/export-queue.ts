import { ask } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import type { QueryInput } from '../../api/procedures.ts';
import type { QueueItem, QueuePage } from '../../api/records.ts';
import { csv, download } from '../../format/csv.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';

/** More is not worked in a day by anybody; who wants more takes it through the API. */
const MOST_ROWS = 5_000;

const COLUMNS: Readonly<Record<string, (item: QueueItem) => string | number | null>> = {
  Account: ({ account }) => account.name,
  Domain: ({ account }) => account.domain,
  Band: ({ band }) => band,
  'Why it is here': ({ reason }) => reason,
  Priority: ({ priority }) => priority,
  Signal: ({ signalScore }) => signalScore,
  Fit: ({ fit }) => fit,
  'Mostly because': ({ contributions }) => contributions.map(({ label }) => label).join('; '),
  Contact: ({ contact }) => contact?.name ?? null,
  Title: ({ contact }) => contact?.title ?? null,
  'E-mail': ({ contact }) => contact?.email ?? null,
  'Not to be called': ({ contact }) => (contact?.doNotCall ? 'yes' : ''),
  Owner: ({ owner }) => owner?.name ?? null,
  'Claimed by': ({ claim }) => claim?.name ?? null,
  'Asked at': ({ lead }) => lead?.receivedAt ?? null,
  'In the queue since': ({ createdAt }) => createdAt,
};

/** A file of exactly what the list shows, in its order, also what was not scrolled to. */
export async function exportQueue(view: QueryInput<'queue.list'>): Promise<void> {
  try {
    const rows: QueueItem[] = [];
    let cursor: string | null = null;
    do {
      const page: QueuePage = await ask('queue.list', { ...view, limit: 100, cursor });
      rows.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null && rows.length < MOST_ROWS);
    const lines = rows.map((item) => Object.values(COLUMNS).map((of) => of(item)));
    download(`queue-${new Date().toISOString().slice(0, 10)}.csv`, csv(Object.keys(COLUMNS), lines));
    say.done(
      cursor === null
        ? `Exported ${plural(rows.length, 'item')}`
        : `Exported the first ${plural(rows.length, 'item')}`,
    );
  } catch (error) {
    say.failure(toFailure(error));
  }
}
