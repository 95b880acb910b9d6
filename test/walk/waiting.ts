import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until there is something; errors count as "not yet", because processes are killed meanwhile. */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | null | undefined | false>,
  timeoutMs = 60_000,
  everyMs = 50,
): Promise<Found> {
  const giveUpAtMs = performance.now() + timeoutMs;
  let last: unknown;
  while (performance.now() < giveUpAtMs) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await sleep(everyMs);
  }
  throw new Error(`${what}: not within ${timeoutMs / 1_000} s`, { cause: last });
}

export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
