import { z } from 'zod';

import { WANTED_FIELDS } from './provider-port.ts';

export const Field = z.enum(WANTED_FIELDS);
const Days = z.int().min(1).max(3_650);
const Choice = z.array(z.string().trim().min(1).max(60)).max(100);
export const Input = z.enum([
  'givenName',
  'familyName',
  'companyName',
  'companyDomain',
  'email',
  'linkedinUrl',
  'phone',
]);

const Condition = z.union([
  z.object({
    about: z.enum(['country', 'seniority', 'industry']),
    is: z.enum(['one_of', 'none_of']),
    values: Choice,
    ifUnknown: z.boolean(),
  }),
  z.object({
    about: z.literal('company_size'),
    min: z.int().min(0).max(100_000_000).nullable(),
    max: z.int().min(0).max(100_000_000).nullable(),
    ifUnknown: z.boolean(),
  }),
  z.object({ about: z.literal('input'), has: z.array(Input).max(7) }),
]);

/** The body of a waterfall version. What later versions of the product have added has a default that changes nothing. */
export const WaterfallBody = z.object({
  wanted: z.array(Field).min(1),
  steps: z
    .array(
      z.object({
        provider: z.string().min(1).max(60),
        capability: z.string().min(1).max(60),
        only: z.array(Field).min(1).nullable().default(null),
        when: z.array(Condition).max(10).default([]),
      }),
    )
    .min(1)
    .max(60),
  policy: z.object({
    acceptCatchAll: z.boolean(),
    mobileLineTypes: z.array(z.enum(['mobile', 'landline', 'voip', 'unknown'])),
    checkPhones: z.boolean().default(false),
    leastConfidence: z.partialRecord(Field, z.number().min(0).max(1)).default({}),
  }),
  enough: z.array(Field).default([]),
  ceilingMicros: z.int().positive().max(1_000_000_000),
  timeToLiveDays: Days,
  timeToLiveOf: z
    .object({
      fields: z.partialRecord(Field, Days).default({}),
      seniorities: z.record(z.string().min(1).max(40), Days).default({}),
    })
    .default({ fields: {}, seniorities: {} }),
  deadlineSeconds: z.int().min(1).max(86_400).nullable().default(null),
  race: z
    .object({ atOnce: z.int().min(2).max(6), afterSeconds: z.number().min(0).max(30) })
    .nullable()
    .default(null),
  /** What becomes of a record whose provider can't be asked just now: the next one is asked, or the record waits for it. */
  whenLimited: z.enum(['pass_over', 'wait']).default('pass_over'),
  bulk: z.boolean().default(false),
  otherOrderShare: z.number().min(0).max(0.5).default(0),
});
