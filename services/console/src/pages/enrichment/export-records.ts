import { ask } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import type { ListRecordFilter, QueryOutput } from '../../api/procedures.ts';
import type { ListRecord, ListRun } from '../../api/records.ts';
import { csv, download } from '../../format/csv.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { RECORD_COLUMNS } from './record-columns.tsx';

/** A file of exactly what the list shows: its filter, its columns; all rows, not only those scrolled to. */
export async function exportRecords(run: ListRun, filter: ListRecordFilter): Promise<void> {
  try {
    const records: ListRecord[] = [];
    let cursor: string | null = null;
    do {
      const page: QueryOutput<'enrichment.listRecords'> = await ask('enrichment.listRecords', {
        runId: run.id,
        filter,
        limit: 500,
        cursor,
      });
      records.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    const lines = records.map((record) => RECORD_COLUMNS.map(({ file }) => file(record)));
    download(
      `run-${run.id}-${filter}.csv`,
      csv(
        RECORD_COLUMNS.map(({ label }) => label),
        lines,
      ),
    );
    say.done(`Exported ${plural(records.length, 'record')}`);
  } catch (error) {
    say.failure(toFailure(error));
  }
}
