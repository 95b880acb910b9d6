import { z } from 'zod';

import { lenientList, Said } from '../reply-reading.ts';

export const EmailFinderReply = z.object({
  data: z.object({
    first_name: Said,
    last_name: Said,
    email: Said,
    score: z.number().min(0).max(100).nullish(),
    domain: Said,
    accept_all: z.boolean().nullish(),
    position: Said,
    linkedin_url: Said,
    verification: z.object({ status: Said }).nullish(),
  }),
});

export const EmailVerifierReply = z.object({ data: z.object({ email: z.string(), status: z.string() }) });

export const DomainSearchReply = z.object({
  data: z.object({
    emails: lenientList(
      z.object({
        value: z.string(),
        first_name: z.string().nullish(),
        last_name: z.string().nullish(),
        position: Said,
        linkedin: Said,
      }),
    ),
  }),
  meta: z.object({ results: z.number().nullish() }).nullish(),
});

export const CompanyFindReply = z.object({
  data: z.object({
    domain: Said,
    location: Said,
    category: z.object({ industry: Said }).nullish(),
    metrics: z.object({ employees: Said }).nullish(),
    tech: z.unknown().optional(),
  }),
});

const Allowance = z.object({ available: z.number(), used: z.number() });

/** Plans of 2025 and later count credits; older ones searches. */
export const AccountReply = z.object({
  data: z.object({
    requests: z.object({ credits: Allowance.optional(), searches: Allowance.optional() }),
  }),
});

export const ErrorReply = z.object({
  errors: z.array(z.object({ id: z.string().nullish(), code: z.number().nullish() })).min(1),
});
