/** Where every time in the product comes from; tests and chaos move it, SQL takes it as a parameter. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

export type MovableClock = Clock & { advanceMs(ms: number): void; set(at: Date): void };

/** A clock that stands still until it is moved. */
export function movableClock(start: Date): MovableClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advanceMs: (ms) => {
      at += ms;
    },
    set: (next) => {
      at = next.getTime();
    },
  };
}
