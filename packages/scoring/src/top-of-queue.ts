import type { Tx } from '@penstock/store/tx';

import { exactPage, type Ranked } from './model/exact-page.ts';
import type { IntentModel } from './model/intent.ts';
import { exactPriority } from './queue-item-view.ts';
import { rankQueue } from './queue-statements.ts';

const RANKED_BAND = 1;

/** The first `limit` open items of everybody's ranked queue with their priorities, exact at this moment; fewer if fewer are open. */
export async function readTop(tx: Tx, intent: IntentModel, now: Date, limit: number): Promise<Ranked[]> {
  const { rows } = await exactPage({
    limit,
    after: null,
    readBatch: async (offset) => {
      const down = [null, 'all', '', '', false, offset, limit * 2, null] as const;
      const batch = await tx.rows(rankQueue, RANKED_BAND, ...down, RANKED_BAND, false);
      return batch.map(({ id, bound, ...row }) => ({
        id,
        bound,
        exact: exactPriority(intent, { id, bound, ...row }, now).priority,
      }));
    },
  });
  return rows;
}
