import { z } from 'zod';

import { lenientList, Said } from '../reply-reading.ts';

/** Documentation and wire mix snake and camel case; both are read, snake case wins. */
const eitherCase = <Shape extends z.ZodType>(schema: Shape) =>
  z.preprocess(
    (value) =>
      isRecord(value) && Object.keys(value).some(isCamelCase) ? { ...snakeCased(value), ...value } : value,
    schema,
  );

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCamelCase = (name: string): boolean => /[A-Z]/.test(name);

const snakeCased = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => isCamelCase(name))
      .map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );

/** Numbers may come as text, and null where the call cost nothing. */
const Credits = z.coerce.number().nonnegative().nullish();

export const EmailFinderReply = eitherCase(
  z.object({
    email: z.union([z.string(), z.boolean()]).nullish(),
    status: z.string(),
    credits_consumed: Credits,
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    is_domain_catch_all: z.boolean().nullish(),
    company_size: z.string().nullish(),
    company_industry: z.string().nullish(),
  }),
);

/** On a miss `mobile_number` is null or left out; `message` is what makes it a reply of this endpoint. */
export const MobileFinderReply = eitherCase(
  z.object({
    message: z.string(),
    mobile_number: z.union([z.string(), z.boolean()]).nullish(),
    credits_consumed: Credits,
    work_email: z.string().nullish(),
    profile_url: z.string().nullish(),
  }),
);

export const EmailValidationReply = eitherCase(
  z.object({ email: z.string(), email_status: z.string(), credits_consumed: Credits }),
);

export const CreditsReply = eitherCase(
  z.object({
    credits: z.number(),
    is_frozen: z.boolean().nullish(),
    credits_liquid: z.number().nullish(),
  }),
);

/** problem+json, or the older `{ message, error }`. */
export const ErrorReply = eitherCase(
  z.object({
    code: z.string().nullish(),
    type: z.string().nullish(),
    title: z.string().nullish(),
    error: z.string().nullish(),
    message: z.string().nullish(),
  }),
);

const Place = z.object({ city: Said, region: Said, country: Said }).nullish();

/** Old answers say `companyName`, new ones `company_name`; a company that is not known has none. */
export const CompanyReply = eitherCase(
  z.object({
    credits_consumed: Credits,
    message: z.string().nullish(),
    company_name: Said,
    website_url: Said,
    company_domain: Said,
    industry: Said,
    employee_count: Said,
    employee_range: Said,
    revenue: Said,
    headquarter: Place,
  }),
);

const Position = z.object({
  title: Said,
  company: Said,
  company_name: Said,
  company_website: Said,
  start_date: Said,
});

/** Statuses are added now and then: one that is not known says nothing. */
export const JobChangeReply = eitherCase(
  z.object({
    job_change_detected: z.boolean(),
    status: z.string().nullish(),
    employee_name: Said,
    expected_company: Said,
    current_company: Said,
    current_position: eitherCase(Position).nullish(),
    work_history: lenientList(eitherCase(Position)),
    profile_found: z.boolean().nullish(),
    profile_url: Said,
    credits_consumed: Credits,
  }),
);

/** Of a company that is not known there is a message alone. */
export const EmployeesReply = eitherCase(
  z.object({
    message: z.string(),
    credits_consumed: Credits,
    total_count: z.number().int().nonnegative().nullish(),
    data: lenientList(
      eitherCase(
        z.object({ first_name: Said, last_name: Said, title: Said, website: Said, profile_url: Said }),
      ),
    ),
  }),
);
