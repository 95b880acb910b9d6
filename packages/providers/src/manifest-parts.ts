import type { Price, RateLimit } from '@penstock/enrichment/provider-port';

/** The day on which the prices and limits of the manifests were read. */
export const READ_ON = '2026-11-23';

/** A price read on `READ_ON`: charged for a hit and charged again for the same, unless said otherwise. */
export function priceOf(
  credits: number,
  microsPerCredit: number,
  terms: Partial<Pick<Price, 'charged' | 'bills' | 'again'>> = {},
): Price {
  return {
    credits,
    microsPerCredit,
    charged: 'on_hit',
    bills: ['hit'],
    again: 'charged',
    readOn: READ_ON,
    ...terms,
  };
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** A rolling limit of requests per credential, unless said otherwise. */
export function limitOf(requests: number, windowMs: number, terms: Partial<RateLimit> = {}): RateLimit {
  return { requests, windowMs, window: 'rolling', scope: 'credential', counts: 'requests', ...terms };
}
