import { z } from 'zod';

import { lenientList, Said } from '../reply-reading.ts';

export const Profile = z.object({
  id: z.number(),
  status: z.string(),
  name: Said,
  linkedin_url: Said,
  current_title: Said,
  current_employer_domain: Said,
  current_employer_website: Said,
  location: Said,
  recommended_professional_email: Said,
  current_work_email: Said,
  emails: lenientList(z.object({ email: z.string(), type: Said, grade: Said, smtp_valid: Said })),
  phones: lenientList(
    z.object({ number: z.string(), type: Said, validity: Said, recommended: z.boolean().nullish() }),
  ),
});
export type Profile = z.infer<typeof Profile>;

export const StatusReply = z.array(Profile);

export const CompanyReply = z.object({
  name: z.string(),
  domain: Said,
  website_domain: Said,
  industry: Said,
  num_employees: z.number().nullish(),
  revenue: z.number().nullish(),
  address: z.object({ city: Said, region: Said, country_code: Said }).nullish(),
});

export const SearchReply = z.object({
  pagination: z.object({ total: z.number().nullish() }),
  profiles: lenientList(
    z.object({
      id: z.number(),
      name: z.string(),
      current_title: Said,
      current_employer_domain: Said,
      linkedin_url: Said,
    }),
  ),
});

export const AccountReply = z.object({
  credit_usage: z.array(z.object({ credit_type: z.string(), remaining: z.number().nullish() })),
});

export const ErrorReply = z.object({ detail: Said, error: Said, message: Said });
