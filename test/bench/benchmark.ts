/** What a benchmark reports; the last line is made of it. */
export type BenchmarkResult = {
  /** Figures for the last line, in order: `p99=12.3 ms`. */
  figures: Record<string, string>;
  floor: string;
  goal: string;
  verdict: 'ok' | 'short' | 'below floor';
};

export type Benchmark = {
  name: string;
  /** One sentence for the list. */
  about: string;
  run(say: (line: string) => void): Promise<BenchmarkResult>;
};

/** Median of the samples; NaN if there are none. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
