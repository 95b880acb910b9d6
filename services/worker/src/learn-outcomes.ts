import type { Clock } from '@penstock/kernel/clock';
import { learnIfDue } from '@penstock/pipeline/learn-win-model';
import type { Store } from '@penstock/store/store';

const LOOK_EVERY_MS = 60 * 60_000;

/** Looks once an hour, and when the worker begins, whether a workspace has decided deals that it has not learned from yet. */
export function outcomeLearner({ store, clock }: { store: Store; clock: Clock }): () => Promise<number> {
  const lookedAt = new Map<string, number>();
  return async () => {
    const now = clock.now();
    let learned = 0;
    for (const { workspaceId } of await store.dueWork.workspaces()) {
      if (now.getTime() - (lookedAt.get(workspaceId) ?? 0) < LOOK_EVERY_MS) continue;
      lookedAt.set(workspaceId, now.getTime());
      if (await store.inWorkspace(workspaceId, (tx) => learnIfDue(tx, now))) learned += 1;
    }
    return learned;
  };
}
