import type { ProviderFault } from '@penstock/kernel/provider-error';

/** Faults that pass by themselves: asking again later may help. */
export const PASSING_FAULTS: ReadonlySet<ProviderFault> = new Set([
  'rate_limited',
  'unavailable',
  'unreachable',
  'not_sent',
]);
