import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Calls whose answers nobody waits for any more: the deadline has passed, or something else came sooner. They go on in this process, and
 * what they tell is kept as if it had come in time.
 */
export type LateCalls = {
  add(call: Promise<unknown>): void;
  /** Resolves when all are settled, or after that many milliseconds. */
  settled(mostMs: number): Promise<void>;
};

/** @param onError hears of a call whose answer could not be kept */
export function createLateCalls(onError: (error: unknown) => void): LateCalls {
  const underWay = new Set<Promise<unknown>>();
  return {
    add(call) {
      const kept = call.catch(onError).finally(() => underWay.delete(kept));
      underWay.add(kept);
    },
    async settled(mostMs) {
      const timer = new AbortController();
      const longest = sleep(mostMs, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([Promise.all(underWay), longest]);
      timer.abort();
    },
  };
}
