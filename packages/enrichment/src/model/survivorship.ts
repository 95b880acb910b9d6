/** Which of several observations of a field is shown. One rule, explained on screen. */

export type ObservedValue = {
  id: string;
  field: string;
  value: string;
  provider: string;
  confidence: number | null;
  verification: string | null;
  lineType: string | null;
  usable: boolean;
  occurredAt: Date;
  expiresAt: Date | null;
};

export type Survivor = ObservedValue & { chosenBecause: string };

const isFresh = (observed: Pick<ObservedValue, 'expiresAt'>, at: Date): boolean =>
  observed.expiresAt === null || observed.expiresAt > at;

const rank = (observed: ObservedValue, at: Date): number[] => [
  observed.provider === 'manual' ? 1 : 0,
  observed.usable ? 1 : 0,
  isFresh(observed, at) ? 1 : 0,
  observed.verification === null ? 1 : 0,
  observed.confidence ?? 0.5,
  observed.occurredAt.getTime(),
];

const REASONS = [
  'entered by a person',
  'the only usable value',
  'the other values have expired',
  'the other values were checked and are not usable',
  'the most confident',
  'the newest',
];

/**
 * Observations with each value's verdict in place of the value before it was checked: a finder's report says nothing more once a verifier
 * has spoken of the same value, until the verdict expires.
 */
export function withVerdicts<Observed extends Pick<ObservedValue, 'value' | 'verification' | 'expiresAt'>>(
  observations: readonly Observed[],
  at: Date,
): Observed[] {
  const checked = new Set(
    observations
      .filter((observed) => observed.verification !== null && isFresh(observed, at))
      .map((observed) => observed.value.toLowerCase()),
  );
  return observations.filter(
    (observed) => observed.verification !== null || !checked.has(observed.value.toLowerCase()),
  );
}

/**
 * The surviving observation: a person's entry wins, then what is usable, then what has not expired, then what no check has refuted (it may
 * still become usable), then confidence, then the newest; equal ones by id. The order in which observations arrived does not matter.
 */
export function survivor(observations: readonly ObservedValue[], at: Date): Survivor | null {
  const [only] = observations;
  if (only && observations.length === 1) return { ...only, chosenBecause: 'the only value' };
  const [best, second] = observations.toSorted(
    (a, b) => compare(rank(b, at), rank(a, at)) || (a.id < b.id ? -1 : 1),
  );
  if (!best || !second) return null;
  const decisive = rank(best, at).findIndex((part, index) => part !== rank(second, at)[index]);
  return { ...best, chosenBecause: REASONS[decisive] ?? 'several sources agree' };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, part] of a.entries()) {
    const difference = part - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
