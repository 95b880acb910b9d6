import { z } from 'zod';

export const VerifyReply = z.object({
  email: z.string(),
  result: z.string(),
  subresult: z.string().nullish(),
  role: z.boolean().nullish(),
  error: z.string().nullish(),
});

/** All that an error is sure to have. */
export const ErrorReply = z.object({ error: z.string().min(1) });

export const CreditsReply = z.object({ credits: z.coerce.number() });
