import { z } from 'zod';

import { Said } from '../reply-reading.ts';

export const StartedReply = z.object({ enrichment_id: z.string() });

export const ResultReply = z.object({
  id: z.string().nullish(),
  status: z.string(),
  cost: z.object({ credits: z.number() }).nullish(),
  data: z.array(
    z.object({
      custom: z.object({ ref: z.string() }),
      contact_info: z
        .object({
          most_probable_work_email: z.object({ email: Said, status: Said }).nullish(),
          most_probable_phone: z.object({ number: Said, region: Said }).nullish(),
        })
        .nullish(),
      profile: z
        .object({
          first_name: Said,
          last_name: Said,
          employment: z
            .object({
              current: z.object({ title: Said, company: z.object({ domain: Said }).nullish() }).nullish(),
            })
            .nullish(),
        })
        .nullish(),
    }),
  ),
});
export type Result = z.infer<typeof ResultReply>;

export const CreditsReply = z.object({ balance: z.number() });

export const ErrorReply = z.object({ code: z.string(), message: z.string().nullish() });
