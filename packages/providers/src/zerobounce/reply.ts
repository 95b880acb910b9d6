import { z } from 'zod';

/** Every verdict arrives with HTTP 200; booleans and numbers may be text. */
export const ValidateReply = z.object({
  address: z.string(),
  status: z.string(),
  sub_status: z.string().nullish(),
});

export const ErrorReply = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

/** `-1` stands for a wrong key. */
export const CreditsReply = z.preprocess(
  (value) => (isRecord(value) ? { credits: value['Credits'] ?? value['credits'] } : value),
  z.object({ credits: z.coerce.number() }),
);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
