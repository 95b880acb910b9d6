import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { one, type Tx } from '@penstock/store/tx';
import type { Clock } from '@penstock/kernel/clock';
import { lowestIdAt } from '@penstock/kernel/ids';

import { breaksEven } from '../model/list-run.ts';
import * as sql from './list-run-statements.ts';

/** Ids begin with the clock of whoever makes them: none of them is wrong by more than a day, so that calls of other months needn't be looked through. */
const CLOCKS_AGREE_MS = 86_400_000;

/**
 * Brings a chunk's figures up to date, stops the run when a usable contact has become too dear, and ends it with its last chunk. Should it not come to
 * this, the chunk stays open and is counted by whoever takes it up.
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
      lowestIdAt(new Date(run.createdAt.getTime() - CLOCKS_AGREE_MS)),
      lowestIdAt(new Date(now.getTime() + CLOCKS_AGREE_MS)),
    );
    const figures = await one(tx, sql.sumChunks, request.runId);
    const { guardMicros: perUsableMicros, guardAfter: afterRecords } = run;
    const verdict = perUsableMicros === null ? null : breaksEven(figures, { perUsableMicros, afterRecords });
    if (verdict !== null) await pauseRun(tx, request.runId, verdict, now);
    // The last two at once don't see each other: then whoever looks for open work finds that there is none.
    else if (figures.openChunks === 0) await finishRun(tx, request.runId, now);
  });
}

/** Everything is done. */
export async function finishRun(tx: Tx, runId: string, now: Date): Promise<void> {
  const moved = await tx.rows(sql.moveListRun, runId, 'finished', '', now, ['running']);
  if (moved.length > 0) await emitEvents(tx, now, [{ kind: 'list_run.changed', payload: { runId } }]);
}

/** A run that is under way stands still from here on, with the reason. */
export async function pauseRun(tx: Tx, runId: string, reason: string, now: Date): Promise<void> {
  await tx.rows(sql.moveListRun, runId, 'paused', reason, now, ['running']);
}
