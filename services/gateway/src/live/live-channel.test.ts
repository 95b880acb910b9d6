import type { Store } from '@penstock/store/store';
import { createLogger } from '@penstock/telemetry/logger';
import { createMetrics } from '@penstock/telemetry/metrics';
import { expect, it, vi } from 'vitest';

import { openLiveChannel } from './live-channel.ts';

/** A channel on a database of which only the connection that listens is looked at. */
function channelOn(listen: Store['dueWork']['listen']) {
  const dueWork = { listen, lastPosition: async () => 0, eventsAfter: async () => [] };
  // Safe: nothing else is asked by a channel that nobody joins.
  const store = { dueWork } as unknown as Store;
  return openLiveChannel({
    store,
    log: createLogger({ service: 'gateway', level: 'silent' }),
    metrics: createMetrics(),
  });
}

it('gives back a connection that comes while it closes', async () => {
  const connected = Promise.withResolvers<() => Promise<void>>();
  const live = channelOn(() => connected.promise);
  const closed = live.close();
  const unlisten = vi.fn(async () => undefined);
  connected.resolve(unlisten);
  await closed;
  expect(unlisten).toHaveBeenCalledOnce();
});

it('closes while it waits for a database that is away, and doesn’t try again', async () => {
  const listen = vi.fn(() => Promise.reject(new Error('away')));
  const live = channelOn(listen);
  await vi.waitFor(() => expect(listen).toHaveBeenCalledOnce());
  await live.close();
  expect(listen).toHaveBeenCalledOnce();
});

it('listens again when its connection is lost, and gives back the one it has then', async () => {
  const lost: (() => void)[] = [];
  const unlisten = vi.fn(async () => undefined);
  const live = channelOn(async (_, onLost) => {
    lost.push(onLost);
    return unlisten;
  });
  await vi.waitFor(() => expect(lost).toHaveLength(1));
  lost[0]?.();
  await vi.waitFor(() => expect(lost).toHaveLength(2), { timeout: 30_000 });
  await live.close();
  expect(unlisten).toHaveBeenCalledOnce();
});
