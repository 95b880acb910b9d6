import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { newId } from '@penstock/kernel/ids';
import type { NewSignal } from '@penstock/signals/record-signals';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/**
 * Rows a second that COPY brings into one table with a primary key and nothing else: no policies, no scores, no events, one
 * transaction. The best that this database does with the same rows.
 */
export async function bareCopy(url: string, rows: readonly NewSignal[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      'drop table if exists bench_copy; create table bench_copy (id uuid primary key, account_id uuid, kind text, strength float8, summary text, facts jsonb, source text, event_key text, occurred_at timestamptz, url text, quote text, hash text)',
    );
    const now = new Date();
    const start = performance.now();
    await pipeline(
      Readable.from(rows.map((row) => lineOf(newId(now), row))),
      client.query(copyFrom('copy bench_copy from stdin')),
    );
    return rows.length / ((performance.now() - start) / 1_000);
  } finally {
    await client.query('drop table if exists bench_copy');
    await client.end();
  }
}

const lineOf = (id: string, row: NewSignal): string =>
  `${[id, row.accountId, row.kind, row.strength, row.summary, JSON.stringify(row.facts), row.source, row.eventKey, row.occurredAt.toISOString(), row.evidence?.url ?? '', row.evidence?.quote ?? '', row.evidence?.contentHash ?? ''].join('\t')}\n`;
