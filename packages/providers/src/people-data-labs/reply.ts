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
  job_title_levels: z.unknown().optional(),
  location_name: Field,
  emails: z.union([z.array(z.object({ address: Field, type: Field })), z.boolean()]).nullish(),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

export const Experience = z.object({
  company: z.object({ name: Field, website: Field }).nullish(),
  end_date: Field,
});
export const JobRecord = z.object({
  id: z.string().nullish(),
  first_name: Field,
  last_name: Field,
  linkedin_url: Field,
  job_title: Field,
  job_company_name: Field,
  job_company_website: Field,
  job_start_date: Field,
  experience: z.union([z.array(z.unknown()), z.boolean()]).nullish(),
  version_status: z.object({ current_version: Field }).nullish(),
});
export type JobRecord = z.infer<typeof JobRecord>;
export const JobReply = z.object({
  status: z.int(),
  likelihood: z.number().min(0).max(10).nullish(),
  data: JobRecord,
});

export const PersonReply = z.object({
  status: z.int(),
  likelihood: z.number().min(0).max(10).nullish(),
  data: PersonRecord,
});

export const ErrorReply = z.object({
  status: z.int().optional(),
  error: z.object({ type: z.union([z.string(), z.array(z.string())]), message: z.string().optional() }),
});

/** In the order of what was asked; one that was not found has its 404 here. */
export const BulkReply = z.array(
  z.object({
    status: z.int(),
    likelihood: z.number().min(0).max(10).nullish(),
    data: PersonRecord.nullish(),
    metadata: z.object({ ref: z.string() }).nullish(),
  }),
);

export const CompanyReply = z.object({
  status: z.int().nullish(),
  likelihood: z.number().nullish(),
  name: Field,
  website: Field,
  size: Field,
  employee_count: z.number().nullish(),
  industry: Field,
  inferred_revenue: Field,
  latest_funding_stage: Field,
  type: Field,
  location: z.object({ name: Field }).nullish(),
});

export const SearchReply = z.object({
  total: z.number().nullish(),
  data: z.array(PersonRecord),
});
