import type { WantedField } from '../provider-port.ts';

/** So many of so many. */
export type Share = { hits: number; of: number };

/** What is known of a vendor's capability from this workspace's own calls. */
export type CallRates = {
  provider: string;
  capability: string;
  /** Answers with something in them, of all answers: asked first, and asked after others of its kind. */
  first: Share;
  later: Share;
  /** How many of the answers with something in them gave a field. */
  fields: Partial<Record<WantedField, number>>;
  chargedOnHitMicros: number;
  chargedOnMissMicros: number;
  /** A verifier's answers by verdict. */
  verdicts: Record<string, number>;
};

/** What came of the values that a provider gave, by the verifiers' verdicts and by line type. */
export type ValueQuality = {
  provider: string;
  field: string;
  verification: string;
  lineType: string;
  values: number;
};

export type History = { rates: readonly CallRates[]; qualities: readonly ValueQuality[] };

/**
 * What is assumed where this workspace has no calls of its own, worth so many calls: a provider alone knows 40 to 60 % of a well-defined
 * list, and 30 to 50 % of addresses that nobody verified bounce (published ranges; the middle is taken).
 */
export const ASSUMED = {
  weight: 4,
  hit: 0.5,
  fieldOfHit: 0.7,
  valid: 0.6,
  catchAll: 0.1,
  lineType: 0.8,
} as const;

/** A rate from fewer own calls than this is still mostly an assumption, and labelled so. */
export const ENOUGH_CALLS = 30;

const Z_95 = 1.959_964;

/** Wilson's interval of a share (E. B. Wilson, 1927), 95 %: right for few cases and for shares near 0 and 1. */
export function wilson({ hits, of }: Share): { low: number; mid: number; high: number } {
  if (of === 0) return { low: 0, mid: 0, high: 1 };
  const share = hits / of;
  const z2 = Z_95 ** 2;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z_95 / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return { low: Math.max(0, middle - half), mid: share, high: Math.min(1, middle + half) };
}
