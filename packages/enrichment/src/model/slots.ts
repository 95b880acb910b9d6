import type { RateLimit } from '../provider-port.ts';

/**
 * How long a call may be under way between its slot and its arrival at the vendor, in milliseconds: a call that is not written 30 ms
 * after its slot gives it up, and the network and a busy vendor take a little more.
 */
const SKEW_MS = 120;
/** Windows up to this are spaced evenly; longer ones let a tenth go at once, else a day's limit would make the first calls wait. */
const EVEN_WINDOW_MS = 60_000;
const BURST_SHARE = 0.1;

/** A limit as spacing: `spacingMs` between slots in the long run, `burst` slots at once after a quiet time. */
export type Lane = { id: string; spacingMs: number; burst: number };

/**
 * A limit of N calls in any W milliseconds as a lane: at most burst + (W + skew − 1 slot) / spacing calls arrive in any window, which is
 * never above N (generic cell rate algorithm, ITU-T I.371).
 */
export function laneOf(limit: RateLimit, capability: string): Lane {
  const burst = limit.windowMs <= EVEN_WINDOW_MS ? 1 : Math.max(1, Math.floor(limit.requests * BURST_SHARE));
  const spacingMs = (limit.windowMs + SKEW_MS) / (limit.requests - burst + 1);
  const of = limit.scope === 'endpoint' ? capability : (limit.capabilities?.join('+') ?? 'all');
  return { id: `${of} ${limit.requests}/${limit.windowMs}`, spacingMs, burst };
}

/** Lanes that a call of this capability passes, in a fixed order. */
export function lanesOf(limits: readonly RateLimit[], capability: string): Lane[] {
  return limits
    .filter((limit) => counts(limit, capability))
    .map((limit) => laneOf(limit, capability))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether calls of this capability pass any lane. */
export const isLimited = (limits: readonly RateLimit[], capability: string): boolean =>
  limits.some((limit) => counts(limit, capability));

const counts = (limit: RateLimit, capability: string): boolean =>
  limit.capabilities === undefined || limit.capabilities.includes(capability);

/** `nextMs` is the time of the next evenly spaced slot of each lane, as kept between leases. */
export type LaneTimes = ReadonlyMap<string, number>;

/**
 * Up to `most` slots that obey every lane, none later than `untilMs`. Times are milliseconds of one clock.
 * @returns the slots in order, the lanes' next times to keep, and when the slot after them comes
 */
export function takeSlots(
  lanes: readonly Lane[],
  times: LaneTimes,
  request: { nowMs: number; untilMs: number; most: number },
): { slots: number[]; times: Map<string, number>; nextMs: number } {
  const next = new Map(times);
  const slots: number[] = [];
  for (;;) {
    const slot = Math.max(
      request.nowMs,
      ...lanes.map(({ id, spacingMs, burst }) => (next.get(id) ?? 0) - (burst - 1) * spacingMs),
    );
    if (slots.length >= request.most || slot > request.untilMs) return { slots, times: next, nextMs: slot };
    slots.push(slot);
    for (const { id, spacingMs } of lanes) next.set(id, Math.max(next.get(id) ?? 0, slot) + spacingMs);
  }
}
