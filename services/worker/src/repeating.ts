import type { Logger } from '@penstock/telemetry/logger';

const DOWN_MS = 5_000;

/** Does `work` again and again in this process, `everyMs` after it has ended; what goes wrong is told, and tried again. */
export function startRepeating(
  work: () => Promise<unknown>,
  { everyMs, what, log }: { everyMs: number; what: string; log: Logger },
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      let pauseMs = everyMs;
      try {
        await work();
      } catch (error) {
        log.warn({ error }, `${what}: later`);
        pauseMs = DOWN_MS;
      }
      await pause(pauseMs, signal);
    }
  };
  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
