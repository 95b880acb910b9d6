import { z } from 'zod';

/** Read first: everything arrives with HTTP 200. */
export const Envelope = z.object({ status: z.string() });

/** Old accounts answer with the number of the result. */
export const CheckReply = z.object({ result: z.union([z.string(), z.int()]) });

export const AccountReply = z.object({
  credits_info: z.object({
    paid_credits_remaining: z.coerce.number().nullish(),
    free_credits_remaining: z.coerce.number().nullish(),
  }),
});
