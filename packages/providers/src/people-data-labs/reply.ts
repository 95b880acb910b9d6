import { z } from 'zod';

/** A field holds its value, null where nothing is known, or `true`/`false` where the plan does not include it. */
const Field = z.union([z.string(), z.boolean()]).nullish();

export const PersonRecord = z.object({
  id: z.string().nullish(),
  first_name: Field,
  last_name: Field,
  work_email: Field,
  mobile_phone: Field,
  job_title: Field,
  linkedin_url: Field,
  industry: Field,
  job_company_website: Field,
  job_company_size: Field,
  job_company_industry: Field,
  emails: z.union([z.array(z.object({ address: Field, type: Field })), z.boolean()]).nullish(),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

export const PersonReply = z.object({
  status: z.int(),
  likelihood: z.number().min(0).max(10).nullish(),
  data: PersonRecord,
});

export const ErrorReply = z.object({
  status: z.int().optional(),
  error: z.object({ type: z.union([z.string(), z.array(z.string())]), message: z.string().optional() }),
});
