import type { ListRecord } from './list-record.ts';

/**
 * Remembers records as they are now; the answer puts them back, for a transaction that is tried again. Lists and sets of a
 * record only ever grow: how long they were says what they were.
 */
export function snapshot(records: readonly ListRecord[]): () => void {
  const kept = records.map((record) => ({
    record,
    lengths: {
      observations: record.observations.length,
      calls: record.calls.length,
      trace: record.trace.length,
    },
    failed: [...record.failed],
    refusedKeys: [...record.refusedKeys],
    retryAfterMs: record.retryAfterMs,
    lookAfterMs: record.lookAfterMs,
    waits: record.waits,
  }));
  return () => {
    for (const { record, lengths, failed, refusedKeys, ...plain } of kept) {
      record.observations.length = lengths.observations;
      record.calls.length = lengths.calls;
      record.trace.length = lengths.trace;
      if (record.failed.size > failed.length) record.failed = new Set(failed);
      if (record.refusedKeys.size > refusedKeys.length) record.refusedKeys = new Set(refusedKeys);
      Object.assign(record, plain);
    }
  };
}
