import { useSyncExternalStore } from 'react';

/** One timer for every clock on the page; it rests while the page is hidden. */
function ticking(everyMs: number) {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    if (document.hidden) return;
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    read: () => now,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      if (timer === undefined) {
        now = Date.now();
        timer = setInterval(tick, everyMs);
        document.addEventListener('visibilitychange', tick);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        document.removeEventListener('visibilitychange', tick);
      };
    },
  };
}

const second = ticking(1_000);
const slow = ticking(15_000);

/** Milliseconds now, renewed every second or every 15. */
export function useNow(pace: 'second' | 'slow' = 'slow'): number {
  const source = pace === 'second' ? second : slow;
  return useSyncExternalStore(source.subscribe, source.read);
}
