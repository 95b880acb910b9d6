import type { OutboxEvent } from '@penstock/store/due-work';
import type { Store } from '@penstock/store/store';
import { describeError, type Logger } from '@penstock/telemetry/logger';
import type { Metrics } from '@penstock/telemetry/metrics';

export type Listener = {
  workspaceId: string;
  send: (events: OutboxEvent[]) => void;
  resync: (position: number) => void;
};

type Joined = Listener & { seen: number };

/** Hands committed events to open consoles, in order. One connection to the database for all of them. */
export type LiveChannel = {
  /** Events after `position` first, then everything as it comes. Returns the way to leave. */
  join(listener: Listener, position: number | null): Promise<() => void>;
  position(): number;
  close(): Promise<void>;
};

const BATCH = 1_000;
const MOST_REPLAYED = 2_000;
const RELISTEN_MS = 1_000;
/** Also looked for without a notification, in case one was lost with its connection. */
const POLL_MS = 5_000;

export function openLiveChannel(deps: { store: Store; log: Logger; metrics: Metrics }): LiveChannel {
  const { store, log, metrics } = deps;
  const listeners = new Set<Joined>();
  let position = -1;
  let closed = false;
  let unlisten: (() => Promise<void>) | null = null;
  let pumping: Promise<void> | null = null;
  let again = false;

  const pump = async (): Promise<void> => {
    if (position < 0) position = await store.dueWork.lastPosition();
    for (;;) {
      const events = await store.dueWork.eventsAfter(position, BATCH);
      if (events.length === 0) return;
      position = events.at(-1)?.position ?? position;
      for (const event of events) metrics.events.inc({ kind: event.kind });
      for (const listener of listeners) deliver(listener, events);
    }
  };
  const wake = (): void => {
    if (closed) return;
    if (pumping) {
      again = true;
      return;
    }
    pumping = pump()
      .catch((error: unknown) =>
        log.warn({ error: describeError(error) }, 'live channel waits for the database'),
      )
      .finally(() => {
        pumping = null;
        if (again) {
          again = false;
          wake();
        }
      });
  };
  const listen = async (): Promise<void> => {
    while (!closed) {
      try {
        unlisten = await store.dueWork.listen(wake, () => {
          unlisten = null;
          setTimeout(() => void listen(), RELISTEN_MS).unref();
        });
        wake();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RELISTEN_MS));
      }
    }
  };
  void listen();
  const poll = setInterval(wake, POLL_MS);
  poll.unref();

  return {
    position: () => Math.max(0, position),
    async join(listener, from) {
      if (position < 0) position = await store.dueWork.lastPosition();
      // A client may come from another gateway that has read further.
      if (from !== null && from > position) await pump();
      const joined: Joined = { ...listener, seen: from ?? position };
      if (joined.seen > position || position - joined.seen > MOST_REPLAYED) {
        joined.seen = position;
        listener.resync(position);
      }
      // Again until nothing came while the missed ones were read; from then on it hears everything.
      while (joined.seen < position) {
        const missed = await store.dueWork.eventsAfter(joined.seen, MOST_REPLAYED);
        if (missed.length === 0) break;
        deliver(joined, missed);
      }
      listeners.add(joined);
      metrics.liveConnections.set(listeners.size);
      wake();
      return () => {
        listeners.delete(joined);
        metrics.liveConnections.set(listeners.size);
      };
    },
    async close() {
      closed = true;
      clearInterval(poll);
      await unlisten?.();
      await pumping;
    },
  };
}

/** Each listener gets each event once, whichever way it was read. */
function deliver(listener: Joined, events: readonly OutboxEvent[]): void {
  const fresh = events.filter((event) => event.position > listener.seen);
  const last = fresh.at(-1);
  if (!last) return;
  listener.seen = last.position;
  const own = fresh.filter((event) => event.workspaceId === listener.workspaceId);
  if (own.length > 0) listener.send(own);
}
