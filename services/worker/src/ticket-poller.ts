import { pollDueTickets } from '@penstock/enrichment/later/poll-tickets';
import type { Logger } from '@penstock/telemetry/logger';

const IDLE_MS = 1_000;
const DOWN_MS = 5_000;

/** Asks vendors that answer later about what is due, every second. Several replicas may: each ticket is asked about by one of them. */
export function startTicketPoller(
  deps: Parameters<typeof pollDueTickets>[0],
  log: Logger,
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      let pauseMs = IDLE_MS;
      try {
        await pollDueTickets(deps);
      } catch (error) {
        log.warn({ error }, 'tickets of vendors are asked about later');
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
