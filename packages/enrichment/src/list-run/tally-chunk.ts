import type { Store } from '@penstock/store/store';
import { one, type Tx } from '@penstock/store/tx';
import type { Clock } from '@penstock/kernel/clock';

import { breaksEven } from '../model/list-run.ts';
import * as sql from './list-run-statements.ts';

/**
 * Brings a chunk's figures up to date and stops the run when a usable contact has become too dear. Should it not come to this, the
 * chunk stays open and is counted by whoever takes it up.
 */
export async function tallyChunk(
  deps: { store: Store; clock: Clock },
  request: { workspaceId: string; runId: string; chunk: number },
): Promise<void> {
  const now = deps.clock.now();
  await deps.store.inWorkspace(request.workspaceId, async (tx) => {
    const run = await one(tx, sql.readListRun, request.runId);
    const people = await tx.rows(sql.readChunkPeople, request.runId, request.chunk);
    await tx.rows(
      sql.countChunk,
      request.runId,
      request.chunk,
      now,
      people.map(({ id }) => id),
    );
    if (run.guardMicros === null) return;
    const figures = await one(tx, sql.sumChunks, request.runId);
    const verdict = breaksEven(figures, { perUsableMicros: run.guardMicros, afterRecords: run.guardAfter });
    if (verdict !== null) await pauseRun(tx, request.runId, verdict, now);
  });
}

/** A run that is under way stands still from here on, with the reason. */
export async function pauseRun(tx: Tx, runId: string, reason: string, now: Date): Promise<void> {
  await tx.rows(sql.moveListRun, runId, 'paused', reason, now, ['running']);
}
