/** When calls of one credential came in at a vendor. */
export type Arrivals = {
  vendor: string;
  credential: string;
  count: number;
  /** Milliseconds since 1970. */
  firstMs: number;
  lastMs: number;
  /** Most arrivals in any window of the length that was asked for, wherever it begins. */
  mostInWindow: number;
};

export type ArrivalBook = {
  record(vendor: string, credential: string, atMs: number): void;
  within(windowMs: number): Arrivals[];
  clear(): void;
};

const MOST_KEPT = 200_000;

/** Counts what really came in, so that a limit can be checked by somebody else than the one who keeps it. */
export function createArrivalBook(): ArrivalBook {
  const books = new Map<string, { vendor: string; credential: string; times: number[] }>();
  return {
    record(vendor, credential, atMs) {
      const key = JSON.stringify([vendor, credential]);
      const book = books.get(key) ?? { vendor, credential, times: [] };
      books.set(key, book);
      if (book.times.length < MOST_KEPT) book.times.push(atMs);
    },
    within: (windowMs) =>
      [...books.values()].map(({ vendor, credential, times }) => {
        const sorted = times.toSorted((a, b) => a - b);
        return {
          vendor,
          credential,
          count: sorted.length,
          firstMs: sorted[0] ?? 0,
          lastMs: sorted.at(-1) ?? 0,
          mostInWindow: mostInWindow(sorted, windowMs),
        };
      }),
    clear: () => books.clear(),
  };
}

function mostInWindow(sorted: readonly number[], windowMs: number): number {
  let most = 0;
  let from = 0;
  for (const [to, at] of sorted.entries()) {
    while (at - (sorted[from] ?? at) >= windowMs) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
