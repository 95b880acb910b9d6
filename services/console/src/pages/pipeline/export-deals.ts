import { ask } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import type { QueryInput } from '../../api/procedures.ts';
import type { DealRow } from '../../api/records.ts';
import { csv, download } from '../../format/csv.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import type { DealColumn } from './deal-columns.tsx';

/** A file of exactly what the list shows: its filter, its order, its columns; all rows, not only those scrolled to. */
export async function exportDeals(
  view: QueryInput<'deals.list'>,
  columns: readonly DealColumn[],
): Promise<void> {
  try {
    const rows: DealRow[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof ask<'deals.list'>>> = await ask('deals.list', {
        ...view,
        limit: 100,
        cursor,
      });
      rows.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    const cells = columns.flatMap(({ file }) => Object.entries(file));
    const lines = rows.map((row) => cells.map(([, of]) => of(row)));
    download(
      `pipeline-${new Date().toISOString().slice(0, 10)}.csv`,
      csv(
        cells.map(([label]) => label),
        lines,
      ),
    );
    say.done(`Exported ${plural(rows.length, 'deal')}`);
  } catch (error) {
    say.failure(toFailure(error));
  }
}
