import { z } from 'zod';

import { lenientList, Said } from '../reply-reading.ts';

export const Person = z.object({
  person_id: Said,
  first_name: Said,
  last_name: Said,
  full_name: Said,
  linkedin_url: Said,
  current_job_title: Said,
  job_title: Said,
  seniority: Said,
  email: z.object({ status: Said, revealed: z.boolean().nullish(), email: Said }).nullish(),
  mobile: z
    .object({ status: Said, revealed: z.boolean().nullish(), mobile: Said, mobile_international: Said })
    .nullish(),
  location: z.object({ city: Said, state: Said, country: Said }).nullish(),
});
export type Person = z.infer<typeof Person>;

export const Company = z.object({
  domain: Said,
  website: Said,
  industry: Said,
  employee_count: Said,
  employee_range: Said,
  revenue_range_printed: Said,
  location: z.object({ city: Said, state: Said, country: Said }).nullish(),
  technology: z.object({ technology_names: z.unknown().optional() }).nullish(),
});
export type Company = z.infer<typeof Company>;

export const PersonReply = z.object({
  error: z.literal(false),
  free_enrichment: z.boolean().nullish(),
  person: Person,
  company: Company.nullish(),
});

export const CompanyReply = z.object({
  error: z.literal(false),
  free_enrichment: z.boolean().nullish(),
  company: Company,
});

export const BulkReply = z.object({
  error: z.literal(false),
  total_cost: z.number().nullish(),
  matched: z.array(
    z.object({
      identifier: z.string(),
      person: Person,
      company: Company.nullish(),
      free_enrichment: z.boolean().nullish(),
    }),
  ),
  not_matched: z.array(z.unknown()).nullish(),
  invalid_datapoints: z.array(z.unknown()).nullish(),
});

export const SearchReply = z.object({
  error: z.literal(false),
  results: lenientList(z.object({ person: Person })),
  pagination: z.object({ total_count: z.number().nullish() }).nullish(),
});

export const AccountReply = z.object({
  error: z.literal(false).optional(),
  response: z.object({ remaining_credits: z.number() }),
});

export const ErrorReply = z.object({ error: z.literal(true), error_code: z.string() });
