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

const rank = (observed: ObservedValue, at: Date): number[] => [
  observed.provider === 'manual' ? 1 : 0,
  observed.usable ? 1 : 0,
  observed.expiresAt === null || observed.expiresAt > at ? 1 : 0,
  observed.confidence ?? 0.5,
  observed.occurredAt.getTime(),
];

const REASONS = [
  'entered by a person',
  'the only usable value',
  'the other values have expired',
  'the most confident',
  'the newest',
];

/**
 * The surviving observation: a person's entry wins, then what is usable, then what has not expired, then confidence, then the newest;
 * equal ones by id. The order in which observations arrived does not matter.
 */
export function survivor(observations: readonly ObservedValue[], at: Date): Survivor | null {
  const [best, second] = observations.toSorted(
    (a, b) => compare(rank(b, at), rank(a, at)) || (a.id < b.id ? -1 : 1),
  );
  if (!best) return null;
  if (!second) return { ...best, chosenBecause: 'the only value' };
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
