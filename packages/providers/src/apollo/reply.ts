import { z } from 'zod';

import { lenientList, Said } from '../reply-reading.ts';

const Organization = z.object({
  primary_domain: Said,
  website_url: Said,
  industry: Said,
  estimated_num_employees: z.number().nullish(),
  organization_revenue: z.number().nullish(),
  latest_funding_stage: Said,
  city: Said,
  state: Said,
  country: Said,
  technology_names: z.unknown().optional(),
});
export type Organization = z.infer<typeof Organization>;

const Phone = z.object({ sanitized_number: Said, raw_number: Said, type: Said, type_cd: Said });

/** A miss is a person too: an id, and nothing known. */
export const Person = z.object({
  id: Said,
  first_name: Said,
  last_name: Said,
  name: Said,
  title: Said,
  seniority: Said,
  email: Said,
  email_status: Said,
  email_domain_catchall: z.boolean().nullish(),
  linkedin_url: Said,
  city: Said,
  state: Said,
  country: Said,
  organization: Organization.nullish(),
  phone_numbers: lenientList(Phone),
});
export type Person = z.infer<typeof Person>;

export const MatchReply = z.object({ person: Person.nullish() });

export const BulkReply = z.object({
  status: z.string().nullish(),
  matches: z.array(Person.nullable()),
  credits_consumed: z.number().nullish(),
});

const Waterfall = z.object({ status: z.string().nullish() });
export const WaterfallStarted = z.object({
  matches: z.array(Person.nullable()).nullish(),
  waterfall: Waterfall.nullish(),
});

/** What the waterfall found, per person of the vendor. */
export const WaterfallResult = z.object({
  status: z.string().nullish(),
  credits_consumed: z.number().nullish(),
  people: z.array(
    z.object({
      id: Said,
      emails: lenientList(z.union([z.string(), z.object({ email: Said }).transform(({ email }) => email)])),
      phone_numbers: lenientList(Phone),
    }),
  ),
});

export const Pending = z.object({ error_code: z.string(), retry_after_seconds: z.number().nullish() });

export const OrganizationReply = z.object({ organization: Organization.nullish() });

export const SearchReply = z.object({
  total_entries: z.number().nullish(),
  people: lenientList(
    z.object({ id: z.string(), first_name: z.string(), last_name_obfuscated: Said, title: Said }),
  ),
});

export const ErrorReply = z.object({ error: Said, error_code: Said, message: Said });
