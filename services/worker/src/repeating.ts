import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from '@penstock/telemetry/logger';

const DOWN_MS = 5_000;

export type Repeating = { stop: () => Promise<void> };

/**
 * Does `work` again and again in this process, `everyMs` after it has ended, or as soon as it says (milliseconds); what goes wrong is
 * told, and tried again after `downMs`.
 */
export function startRepeating(
  work: () => Promise<number | void>,
  options: { everyMs: number; firstAfterMs?: number; downMs?: number; what: string; log: Logger },
): Repeating {
  const { everyMs, firstAfterMs = 0, downMs = DOWN_MS, what, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    if (firstAfterMs > 0) await sleep(firstAfterMs, undefined, { signal }).catch(() => undefined);
    while (!signal.aborted) {
      let pauseMs = everyMs;
      try {
        pauseMs = (await work()) ?? everyMs;
      } catch (error) {
        log.warn({ error }, `${what}: later`);
        pauseMs = downMs;
      }
      // Ends early only because it is to stop.
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
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
