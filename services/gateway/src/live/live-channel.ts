import { setTimeout as sleep } from 'node:timers/promises';

import type { OutboxEvent } from '@penstock/store/due-work';
import type { Store } from '@penstock/store/store';
import type { Logger } from '@penstock/telemetry/logger';
import type { Metrics } from '@penstock/telemetry/metrics';

import { openEventReader, type EventReader } from './event-reader.ts';

export type Listener = {
  workspaceId: string;
  send: (events: OutboxEvent[]) => void;
  resync: (position: number) => void;
};

type Joined = Listener & { seen: number };

/** Hands committed events to open consoles, in order. One connection to the database for all of them. */
export type LiveChannel = {
  /** Events after `from` first, then everything as it comes. Returns the way to leave. */
  join(listener: Listener, from: number | null): Promise<() => void>;
  position(): number;
  close(): Promise<void>;
};

const MOST_REPLAYED = 2_000;
const RELISTEN_MS = 1_000;
/** Also looked for without a notification, in case one was lost with its connection. */
const POLL_MS = 5_000;

export function openLiveChannel(deps: { store: Store; log: Logger; metrics: Metrics }): LiveChannel {
  const { store, metrics } = deps;
  const listeners = new Set<Joined>();
  const reader = openEventReader(deps, (events) => {
    for (const event of events) metrics.events.inc({ kind: event.kind });
    for (const listener of listeners) deliver(listener, events);
  });
  const stopListening = listenForEver(store, reader);
  const poll = setInterval(() => reader.wake(), POLL_MS);
  poll.unref();
  return {
    position: () => Math.max(0, reader.position()),
    async join(listener, from) {
      const joined = await caughtUp(store, reader, listener, from);
      listeners.add(joined);
      metrics.liveConnections.set(listeners.size);
      reader.wake();
      return () => {
        listeners.delete(joined);
        metrics.liveConnections.set(listeners.size);
      };
    },
    async close() {
      clearInterval(poll);
      await stopListening();
      await reader.close();
    },
  };
}

/** Gives a listener what it missed, until nothing came meanwhile; from then on it hears everything. */
async function caughtUp(
  store: Store,
  reader: EventReader,
  listener: Listener,
  from: number | null,
): Promise<Joined> {
  // A client may come from another gateway that has read further; and at first nothing has been read.
  if (reader.position() < 0 || (from !== null && from > reader.position())) await reader.read();
  const joined: Joined = { ...listener, seen: from ?? reader.position() };
  if (joined.seen > reader.position() || reader.position() - joined.seen > MOST_REPLAYED) {
    joined.seen = reader.position();
    listener.resync(joined.seen);
  }
  while (joined.seen < reader.position()) {
    const missed = await store.dueWork.eventsAfter(joined.seen, MOST_REPLAYED);
    if (missed.length === 0) break;
    deliver(joined, missed);
  }
  return joined;
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

/** Wakes the reader at each notification; a lost connection is made anew. Stopping waits for a connection that is being made, and gives it back. */
function listenForEver(store: Store, reader: EventReader): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let unlisten: (() => Promise<void>) | null = null;
  const pause = () => sleep(RELISTEN_MS, undefined, { signal, ref: false }).catch(() => undefined);
  const listen = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        unlisten = await store.dueWork.listen(
          () => reader.wake(),
          () => {
            unlisten = null;
            listening = pause().then(listen);
          },
        );
        reader.wake();
        return;
      } catch {
        await pause();
      }
    }
  };
  let listening = listen();
  return async () => {
    stopping.abort();
    await listening;
    await unlisten?.();
  };
}
