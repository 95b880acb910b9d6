import { z } from 'zod';

/** Rules are tried on what was seen in so many days, the newest so many. */
export const TRIED_DAYS = 90;
export const MOST_TRIED = 20_000;

export const triedSince = (now: Date): Date => new Date(now.getTime() - TRIED_DAYS * 86_400_000);

/** What a rule would have told, and what of it the published ones would not have. */
export const RuleFigures = z.object({ name: z.string(), hits: z.int(), accounts: z.int(), gained: z.int() });

/** What all rules together would have told. */
export const TrialTotals = RuleFigures.omit({ name: true }).extend({
  looked: z.int(),
  /** There was more than is looked at: the newest of it was. */
  isCut: z.boolean(),
  lost: z.int(),
});

export const looked = (rows: readonly unknown[]) => ({
  looked: rows.length,
  isCut: rows.length === MOST_TRIED,
});
