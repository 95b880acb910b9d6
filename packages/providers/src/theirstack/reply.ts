import { z } from 'zod';

import { lenientList, Said } from '../reply-reading.ts';

const Job = z.object({
  id: z.union([z.number(), z.string()]),
  job_title: z.string().min(1),
  url: Said,
  final_url: Said,
  source_url: Said,
  location: Said,
  country_code: Said,
  country_codes: lenientList(z.string()),
  date_posted: Said,
  discovered_at: Said,
  company_domain: Said,
  company_object: z.object({ domain: Said }).nullish(),
});
export type Job = z.infer<typeof Job>;
export const JobsReply = z.object({ data: lenientList(Job) }).refine(hasData);

const Technology = z.object({
  technology: z.object({ name: z.string().min(1), slug: Said }),
  first_date_found: Said,
  jobs: z.number().nullish(),
  confidence: Said,
});
export type Technology = z.infer<typeof Technology>;
export const TechnologiesReply = z.object({ data: lenientList(Technology) }).refine(hasData);

export const BalanceReply = z.object({ api_credits: z.number(), used_api_credits: z.number() });

/** How many records were returned, those that can't be read among them: each of them costs. */
export const Returned = z.object({ data: z.array(z.unknown()) });

function hasData(value: { data: unknown }): boolean {
  return Array.isArray(value.data);
}
