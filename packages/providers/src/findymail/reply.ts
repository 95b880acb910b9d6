import { z } from 'zod';

import { lenientList, Said } from '../reply-reading.ts';

const Contact = z.object({
  name: Said,
  domain: Said,
  email: Said,
  job_title: Said,
  linkedin_url: Said,
});

/** `contact` is null on a miss, or holds no address. */
export const ContactReply = z
  .object({ contact: Contact.nullish() })
  .refine((reply) => 'contact' in reply, 'not an answer of this endpoint');

export const PhoneReply = z
  .object({ phone: Said, line_type: Said })
  .refine((reply) => 'phone' in reply, 'not an answer of this endpoint');

export const VerifyReply = z.object({ email: z.string(), verified: z.boolean(), provider: Said });

export const CompanyReply = z.object({
  name: z.string(),
  domain: Said,
  company_size: Said,
  industry: Said,
  city: Said,
  region: Said,
  country: Said,
});

const Employee = z.object({ name: z.string(), jobTitle: Said, linkedinUrl: Said });
/** A bare list, or one below `data`. */
export const EmployeesReply = z.preprocess(
  (value) => (Array.isArray(value) ? { data: value } : value),
  z.object({ data: z.array(z.unknown()).pipe(z.transform((values) => lenientList(Employee).parse(values))) }),
);

export const CreditsReply = z.object({ credits: z.number() });

export const ErrorReply = z.object({ error: z.string().nullish(), message: z.string().nullish() });
