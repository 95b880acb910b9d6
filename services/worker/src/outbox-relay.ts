import type { Store } from '@penstock/store/store';
import type { Logger } from '@penstock/telemetry/logger';

const BATCH = 1_000;
const BUSY_MS = 10;
const IDLE_MS = 50;
const DOWN_MS = 500;

/**
 * Numbers committed events and wakes whoever listens, coalesced: once per round, not once per transaction. Several relays may run;
 * one at a time numbers.
 */
export function startOutboxRelay(store: Store, log: Logger): { stop: () => Promise<void> } {
  let stopped = false;
  const loop = async () => {
    while (!stopped) {
      let pauseMs = IDLE_MS;
      try {
        const { numbered } = await store.dueWork.numberEvents(BATCH);
        if (numbered > 0) {
          await store.dueWork.notifyEvents();
          pauseMs = numbered === BATCH ? 0 : BUSY_MS;
        }
      } catch (error) {
        log.warn({ error }, 'outbox relay waits for the database');
        pauseMs = DOWN_MS;
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const running = loop();
  return {
    async stop() {
      stopped = true;
      await running;
    },
  };
}
