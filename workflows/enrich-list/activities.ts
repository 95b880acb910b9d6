import { cancellationSignal } from '@temporalio/activity';

import { whileAlive } from '../while-alive.ts';

export type EnrichListInput = { workspaceId: string; runId: string };
export type ChunkOutcome = { state: 'done' | 'halted' | 'later'; retryAfterMs: number | null };

export type EnrichListDeps = {
  openListWork: (run: EnrichListInput) => Promise<{ chunks: number[]; atOnce: number; halted: boolean }>;
  /** `stopping` is aborted when its worker is being stopped. */
  runChunk: (chunk: EnrichListInput & { chunk: number }, stopping: AbortSignal) => Promise<ChunkOutcome>;
};

export function createEnrichListActivities(deps: EnrichListDeps) {
  return {
    /** The next open chunks of a run; finishes it when there are none. */
    openListWork: (run: EnrichListInput) => deps.openListWork(run),
    /** A whole chunk; resumes from the ledger, never repeats a call that may have been charged. */
    runChunk: (chunk: EnrichListInput & { chunk: number }): Promise<ChunkOutcome> =>
      whileAlive(() => deps.runChunk(chunk, cancellationSignal())),
  };
}
