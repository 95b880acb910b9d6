import { z } from 'zod';

import type { RateLimit } from './provider-port.ts';

/** Limits of the plan behind a key; an empty list for one without any. */
export const KeyLimits = z
  .array(
    z.object({
      requests: z.int().min(1).max(1_000_000),
      windowSeconds: z.int().min(1).max(86_400),
    }),
  )
  .max(5);
type KeyLimits = z.output<typeof KeyLimits>;

export const toRateLimits = (limits: KeyLimits): RateLimit[] =>
  limits.map(({ requests, windowSeconds }) => ({
    requests,
    windowMs: windowSeconds * 1_000,
    window: 'rolling',
    scope: 'credential',
    counts: 'requests',
  }));

/** Those that hold for everything the key is asked; limits of single capabilities stay with the vendor's manifest. */
export const toKeyLimits = (limits: readonly RateLimit[]): KeyLimits =>
  limits
    .filter(({ capabilities }) => capabilities === undefined)
    .map(({ requests, windowMs }) => ({
      requests,
      windowSeconds: Math.max(1, Math.round(windowMs / 1_000)),
    }));
