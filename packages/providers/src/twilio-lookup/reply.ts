import { z } from 'zod';

export const LookupReply = z.object({
  phone_number: z.string().nullish(),
  valid: z.boolean(),
  validation_errors: z.array(z.string()).nullish(),
  line_type_intelligence: z
    .object({ type: z.string().nullish(), error_code: z.number().nullish() })
    .nullish(),
});

export const ErrorReply = z.object({ code: z.number(), message: z.string().nullish() });
