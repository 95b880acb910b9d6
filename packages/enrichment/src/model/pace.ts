import type { ProviderManifest } from '../provider-port.ts';
import type { Range } from './forecast.ts';

/** Calls a second where no run has shown the workspace's own pace yet. */
export const ASSUMED_CALLS_PER_SECOND = 20;

export type KeyPace = Pick<ProviderManifest, 'id' | 'limits'> & { share: number };

/**
 * Seconds that a run takes: its calls at the pace of earlier runs, and no sooner than each vendor's published limit lets its calls through.
 * @param byStep expected calls by `provider/capability`
 * @param keys limits of each key, and its part of its vendor's calls
 * @returns the vendor whose limit sets the pace, if one does
 * @param paces calls a second of earlier runs; empty where there are none
 */
export function secondsOf(
  calls: Range,
  byStep: ReadonlyMap<string, number>,
  paces: readonly number[],
  keys: readonly KeyPace[],
): { seconds: Range; heldBy: string | null } {
  const sorted = paces.filter((pace) => pace > 0).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? ASSUMED_CALLS_PER_SECOND;
  const [slowest] = keys
    .map(({ id, limits, share }) => ({ provider: id, seconds: secondsByLimits(id, limits, byStep, share) }))
    .toSorted((a, b) => b.seconds - a.seconds);
  const least = slowest?.seconds ?? 0;
  const seconds = {
    low: Math.max(least, calls.low / at(0.9)),
    mid: Math.max(least, calls.mid / at(0.5)),
    high: Math.max(least, calls.high / (sorted.length === 0 ? ASSUMED_CALLS_PER_SECOND / 4 : at(0.1))),
  };
  return { seconds, heldBy: slowest && least >= seconds.mid && least > 0 ? slowest.provider : null };
}

/** The first window is free at once: only what goes beyond it waits. A limit counts the capabilities that it names, else all. */
function secondsByLimits(
  provider: string,
  limits: ProviderManifest['limits'],
  byStep: ReadonlyMap<string, number>,
  share: number,
): number {
  const made = [...byStep]
    .filter(([key]) => key.startsWith(`${provider}/`))
    .map(([key, calls]) => ({ capability: key.slice(provider.length + 1), calls: calls * share }));
  return Math.max(
    0,
    ...limits.map(({ requests, windowMs, capabilities, scope }) => {
      const counted = made
        .filter(({ capability }) => capabilities?.includes(capability) ?? true)
        .map(({ calls }) => calls);
      const calls =
        scope === 'endpoint' ? Math.max(0, ...counted) : counted.reduce((sum, one) => sum + one, 0);
      return (Math.max(0, calls - requests) / requests) * (windowMs / 1_000);
    }),
  );
}
