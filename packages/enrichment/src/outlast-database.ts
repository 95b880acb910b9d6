import { setTimeout as sleep } from 'node:timers/promises';

import { isConnectionFault } from '@penstock/kernel/database-fault';

const LONGEST_MS = 120_000;
const PAUSE_MS = 500;

/**
 * Does `work` again while the database is away, for up to two minutes: what a vendor has answered exists only in this process, and would
 * be of unknown charge without it. `work` must be safe to repeat even if an earlier attempt was committed and only its answer was lost.
 */
export async function outlastDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
  const startedMs = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionFault(error) || performance.now() - startedMs > LONGEST_MS) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
