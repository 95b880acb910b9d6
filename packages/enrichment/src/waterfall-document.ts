import { z } from 'zod';

const Field = z.enum([
  'work_email',
  'mobile',
  'direct_dial',
  'title',
  'seniority',
  'linkedin_url',
  'reporting_line',
  'company_size',
  'industry',
  'revenue_range',
  'business_model',
  'growth_stage',
  'location',
  'hierarchy',
  'tech_stack',
]);

export const WaterfallBody = z.object({
  wanted: z.array(Field).min(1),
  steps: z.array(z.object({ provider: z.string(), capability: z.string() })).min(1),
  policy: z.object({
    acceptCatchAll: z.boolean(),
    mobileLineTypes: z.array(z.enum(['mobile', 'landline', 'voip', 'unknown'])),
  }),
  ceilingMicros: z.int().positive(),
  timeToLiveDays: z.int().positive(),
});
