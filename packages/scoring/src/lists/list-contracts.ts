import { Instant, Named, plainText } from '@penstock/kernel/contract';
import { Personas } from '@penstock/enrichment/people-search/make-search';
import { z } from 'zod';

import { ListFilterBody } from '../queue-filter.ts';

/** What follows when an account enters a list. */
export const FollowUp = z.object({
  /** Its members are worked from a queue of their own; null: they are only listed. */
  queue: z
    .object({
      /** Items a day for each person. */
      capacity: z.int().min(1).max(500).default(20),
      /** Minutes from entering to the first touch. */
      serviceLevelMinutes: z
        .int()
        .min(1)
        .max(60 * 24 * 30)
        .default(60 * 24),
    })
    .nullable()
    .default(null),
  /** Personas are searched for at each account that enters, by this provider. */
  people: z
    .object({ provider: z.string().min(1).max(60), personas: Personas })
    .nullable()
    .default(null),
  /** Its people are enriched with the published waterfall. */
  enrich: z.boolean().default(false),
  /** What all of that may cost, over all who ever enter. */
  budgetMicros: z.int().positive().max(1_000_000_000_000).nullable().default(null),
});
export const NO_FOLLOW_UP = { queue: null, people: null, enrich: false, budgetMicros: null };
export type FollowUp = z.output<typeof FollowUp>;

export const ListBody = z.object({
  name: plainText(80).pipe(z.string().min(1, 'is missing: give the list a name')),
  about: plainText(300).default(''),
  /** A member; left out for whoever makes it. */
  ownerId: z.string().max(100).nullish(),
  filter: ListFilterBody,
  followUp: FollowUp.default(NO_FOLLOW_UP),
});

export const AccountList = z.object({
  id: z.string(),
  name: z.string(),
  about: z.string(),
  state: z.enum(['active', 'paused']),
  owner: Named.nullable(),
  filter: ListFilterBody,
  followUp: FollowUp,
  members: z.int(),
  /** Within the last seven days. */
  entered: z.int(),
  left: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
  /** When all accounts were last looked through; null until that was done once. */
  sweptAt: Instant.nullable(),
  /** Accounts are being looked through as a whole. */
  sweeping: z.boolean(),
});
