import type { Store } from '@penstock/store/store';
import type { Logger } from '@penstock/telemetry/logger';

import { startRepeating, type Repeating } from './repeating.ts';

const BATCH = 1_000;
const BUSY_MS = 10;
const IDLE_MS = 50;
const DOWN_MS = 500;

/**
 * Numbers committed events and wakes whoever listens, coalesced: once per round, not once per transaction. Several relays may run;
 * one at a time numbers.
 */
export const startOutboxRelay = (store: Store, log: Logger): Repeating =>
  startRepeating(
    async () => {
      const { numbered } = await store.dueWork.numberEvents(BATCH);
      if (numbered === 0) return IDLE_MS;
      await store.dueWork.notifyEvents();
      return numbered === BATCH ? 0 : BUSY_MS;
    },
    { everyMs: IDLE_MS, downMs: DOWN_MS, what: 'numbering events', log },
  );
