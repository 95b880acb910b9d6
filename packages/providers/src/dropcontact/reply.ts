import { z } from 'zod';

import { lenientList, Said } from '../reply-reading.ts';

export const SubmittedReply = z.object({
  request_id: z.string(),
  success: z.literal(true).optional(),
  error: z.literal(false).optional(),
});

export const NotReady = z.object({ success: z.literal(false), reason: z.string() });

export const EnrichedRecord = z.object({
  first_name: Said,
  last_name: Said,
  website: Said,
  job: Said,
  linkedin: Said,
  mobile_phone: Said,
  nb_employees: Said,
  industry: Said,
  email: lenientList(z.object({ email: z.string(), qualification: z.string() })),
});
export type EnrichedRecord = z.infer<typeof EnrichedRecord>;

export const ResultReply = z.object({ success: z.literal(true), data: z.array(EnrichedRecord) });

export const CreditsReply = z.object({ credits_left: z.number() });

export const ErrorReply = z.object({ reason: Said, error: z.unknown().optional() });
