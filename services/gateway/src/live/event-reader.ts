import type { OutboxEvent } from '@penstock/store/due-work';
import type { Store } from '@penstock/store/store';
import type { Logger } from '@penstock/telemetry/logger';

/** Reads committed events in the order of their positions, one reading at a time. */
export type EventReader = {
  /** Position read up to. */
  position(): number;
  /** Reads what is new; resolves when it is handed on. */
  read(): Promise<void>;
  /** The same, without waiting; a call during a reading causes one more after it. */
  wake(): void;
  close(): Promise<void>;
};

const BATCH = 1_000;

export function openEventReader(
  deps: { store: Store; log: Logger },
  onEvents: (events: OutboxEvent[]) => void,
): EventReader {
  let position = -1;
  let closed = false;
  let wanted = false;
  let reading: Promise<void> = Promise.resolve();

  const readOnce = async (): Promise<void> => {
    if (position < 0) position = await deps.store.dueWork.lastPosition();
    for (;;) {
      const events = await deps.store.dueWork.eventsAfter(position, BATCH);
      if (events.length === 0) return;
      position = events.at(-1)?.position ?? position;
      onEvents(events);
    }
  };
  const read = (): Promise<void> => {
    const next = reading.then(readOnce);
    reading = next.catch(() => undefined);
    return next;
  };
  return {
    position: () => position,
    read,
    wake() {
      if (closed || wanted) return;
      wanted = true;
      reading = reading
        .then(() => {
          wanted = false;
          return closed ? undefined : readOnce();
        })
        .catch((error: unknown) => deps.log.warn({ error }, 'live channel waits for the database'));
    },
    async close() {
      closed = true;
      await reading;
    },
  };
}
