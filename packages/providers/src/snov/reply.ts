import { z } from 'zod';

/** `task_hash` lies in `data` by the documentation, in `meta` in some answers. */
export const StartedReply = z
  .object({
    data: z.object({ task_hash: z.string() }).optional().catch(undefined),
    meta: z.object({ task_hash: z.string() }).optional().catch(undefined),
  })
  .transform(({ data, meta }) => data?.task_hash ?? meta?.task_hash)
  .pipe(z.string());

export const StatusOf = z.object({ status: z.string() });

export const FoundReply = z.object({
  data: z.array(
    z.object({
      people: z.string().nullish(),
      result: z.array(z.object({ email: z.string(), smtp_status: z.string() })),
    }),
  ),
});

export const VerifiedReply = z.object({
  data: z.array(
    z.object({
      email: z.string(),
      result: z.object({
        smtp_status: z.string(),
        is_disposable: z.boolean().nullish(),
        unknown_status_reason: z.string().nullish(),
      }),
    }),
  ),
});

export const BalanceReply = z.object({ data: z.object({ balance: z.coerce.number() }) });

export const ErrorReply = z.object({
  message: z.string().nullish(),
  errors: z.unknown().optional(),
  error: z.unknown().optional(),
});
