import type { ProviderFault } from '@penstock/kernel/provider-error';

/**
 * Why a credential, or one of its capabilities, is not asked for a while. `failing` is an open circuit breaker, `probing` a half-open one:
 * one call is under way to see whether the vendor works again.
 */
export type BlockReason = 'rate_limited' | 'quota_exhausted' | 'unauthorized' | 'failing' | 'probing';

const DEFAULT_LIMITED_MS = 10_000;
const QUOTA_MS = 5 * 60_000;
/** Faults in a row after which a capability is left alone. */
export const FAULTS_TO_OPEN = 5;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** While a probe is under way nobody else asks; longer than any vendor's time-out. */
export const PROBE_MS = 60_000;

const FAILING: ReadonlySet<ProviderFault> = new Set(['unavailable', 'unreachable', 'timeout', 'malformed']);

/** True for faults that say that the vendor does not work, rather than that it does not want to. */
export const saysFailing = (fault: ProviderFault): boolean => FAILING.has(fault);

/** How long a capability is left alone after so many faults in a row; 0 while they are few. Milliseconds. */
export function pauseAfterFaults(faults: number): number {
  if (faults < FAULTS_TO_OPEN) return 0;
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (faults - FAULTS_TO_OPEN));
}

/** Block of the whole credential that a refusal asks for, or null. Milliseconds. */
export function blockAfterRefusal(
  fault: ProviderFault,
  retryAfterMs: number | undefined,
): { reason: BlockReason; forMs: number } | null {
  if (fault === 'rate_limited') return { reason: fault, forMs: retryAfterMs ?? DEFAULT_LIMITED_MS };
  // Every further call would be refused too, until somebody pays or mends the key; saving a key lifts the block.
  if (fault === 'quota_exhausted' || fault === 'unauthorized') return { reason: fault, forMs: QUOTA_MS };
  return null;
}

/** The fault that a call withheld for this reason ends with; nothing left, so nothing was charged. */
export const FAULT_OF_BLOCK: Record<BlockReason, ProviderFault> = {
  rate_limited: 'rate_limited',
  quota_exhausted: 'quota_exhausted',
  unauthorized: 'unauthorized',
  failing: 'unavailable',
  probing: 'unavailable',
};
