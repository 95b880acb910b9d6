import { z } from 'zod';

import { lenientList, Said } from '../reply-reading.ts';

const Flag = z.boolean().nullish();

export const PreviewReply = z.object({
  matchScore: z.number().nullish(),
  results: z.array(
    z.object({
      redeemId: z.string().nullish(),
      fullName: Said,
      firstName: Said,
      lastName: Said,
      hasEmail: Flag,
      hasMobilePhoneNumbers: Flag,
      hasDirectPhoneNumbers: Flag,
      hasLinkedinUrl: Flag,
      jobTitle: Said,
    }),
  ),
});

const Phone = z.object({ number: z.string(), dnc: z.boolean().nullish(), numberType: Said });

export const RedeemedReply = z.object({
  results: z.array(
    z.object({
      redeemId: z.string().nullish(),
      firstName: Said,
      lastName: Said,
      jobTitle: Said,
      managementLevel: Said,
      linkedinUrl: Said,
      email: z.object({ address: Said, quality: Said }).nullish(),
      mobilePhoneNumbers: lenientList(Phone),
      directPhoneNumbers: lenientList(Phone),
      account: z
        .object({
          domain: Said,
          website: Said,
          headcount: z.number().nullish(),
          industry: z.unknown().optional(),
          technologies: z.unknown().optional(),
        })
        .nullish(),
    }),
  ),
});

export const ErrorReply = z.object({ message: Said, error: Said, code: Said });
