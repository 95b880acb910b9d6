import type { Store } from '@penstock/store/store';
import { maybeOne, one } from '@penstock/store/tx';

import { chunksAtOnce } from '../model/list-run.ts';
import * as sql from './list-run-statements.ts';
import { finishRun } from './tally-chunk.ts';

export type OpenWork = { chunks: number[]; atOnce: number; halted: boolean };
const NONE: OpenWork = { chunks: [], atOnce: 0, halted: true };
const AT_A_TIME = 200;

/** What is left of a run: the next open chunks, or none, in which case a running run is finished. */
export async function openListWork(
  store: Store,
  request: { workspaceId: string; runId: string },
  now: Date,
): Promise<OpenWork> {
  return store.inWorkspace(request.workspaceId, async (tx) => {
    const run = await maybeOne(tx, sql.readListRun, request.runId);
    if (!run || run.state !== 'running') return NONE;
    const open = await tx.rows(sql.openChunks, request.runId, AT_A_TIME);
    if (open.length > 0)
      return { chunks: open.map(({ chunk }) => chunk), atOnce: chunksAtOnce(run.records), halted: false };
    const { done } = await one(tx, sql.sumChunks, request.runId);
    if (done === run.records) await finishRun(tx, request.runId, now);
    return NONE;
  });
}
