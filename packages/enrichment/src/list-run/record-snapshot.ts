import type { ListRecord } from './list-record.ts';

/** Remembers records as they are now; the answer puts them back, for a transaction that is tried again. */
export function snapshot(records: readonly ListRecord[]): () => void {
  const kept = records.map((record) => ({ record, before: copyOf(record) }));
  return () => {
    for (const { record, before } of kept) Object.assign(record, copyOf(before));
  };
}

type Changing = Pick<
  ListRecord,
  'observations' | 'calls' | 'failed' | 'refusedKeys' | 'trace' | 'retryAfterMs' | 'lookAfterMs' | 'waits'
>;

const copyOf = (record: Changing): Changing => ({
  observations: [...record.observations],
  calls: [...record.calls],
  failed: new Set(record.failed),
  refusedKeys: new Set(record.refusedKeys),
  trace: [...record.trace],
  retryAfterMs: record.retryAfterMs,
  lookAfterMs: record.lookAfterMs,
  waits: record.waits,
});
