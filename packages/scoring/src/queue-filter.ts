import { z } from 'zod';

import { IcpCriterion } from './contracts.ts';

const Score = z.number().min(0).max(100).nullable();

const DEALS = ['any', 'without_open', 'with_open'] as const;

/** Which items a queue holds. */
export const QueueFilterBody = z.object({
  band: z.enum(['any', 'inbound', 'ranked']).default('any'),
  /** `reactivating`: a deal stands still for longer than is usual, and its account shows new intent since (R026). */
  deals: z.enum([...DEALS, 'reactivating']).default('any'),
  minSignal: Score.default(null),
  minRisk: Score.default(null),
  kinds: z.array(z.string().max(40)).max(30).default([]),
  newWithinDays: z.int().min(1).max(365).nullable().default(null),
  owners: z.array(z.string().max(100)).max(50).default([]),
  teams: z.array(z.uuid()).max(50).default([]),
  countries: z
    .array(
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z]{2}$/, 'is not a two-letter country code'),
    )
    .max(250)
    .default([]),
  lists: z.array(z.uuid()).max(50).default([]),
});

/** A list asks for the same of an account as a queue does of an item, for a fit, for what an ICP may ask, and for files it is named in. */
export const ListFilterBody = QueueFilterBody.omit({ band: true, lists: true }).extend({
  deals: z.enum(DEALS).default('any'),
  minFit: Score.default(null),
  criteria: z.array(IcpCriterion).max(20).default([]),
  files: z.array(z.uuid()).max(20).default([]),
});
