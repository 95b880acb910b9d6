import { z } from 'zod';

const Fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** What undoing a merge needs besides the rows that went over. */
export const Before = z.object({
  kept: Fields,
  other: Fields,
  /** What the record that is kept held right after it. */
  set: Fields,
  /** Hashes that were suppressed because of the merge alone. */
  suppressed: z.array(z.string()),
  closed: z.object({ id: z.uuid(), state: z.string() }).nullable(),
  spentMicros: z.int(),
});
export type Before = z.output<typeof Before>;

export const MovedRows = z.array(z.object({ column: z.string(), keys: z.array(z.array(z.string())) }));
