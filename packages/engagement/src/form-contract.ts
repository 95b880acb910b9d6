import { plainText } from '@penstock/kernel/contract';
import { z } from 'zod';

/** What a form must send. Lenient where a person may be sloppy, strict where the product would suffer. */
export const LeadForm = z.object({
  email: z
    .string()
    .trim()
    .min(1, 'is missing: without an address nobody can answer')
    .max(254, 'is too long for an e-mail address')
    .regex(z.regexes.unicodeEmail, 'is not an e-mail address')
    .refine(
      (text) => /^[^@]{1,64}@[^@]+\.[^@.]+$/.test(text),
      'has no domain with a dot, or more than 64 characters before the @',
    )
    .refine((text) => !/[\p{Cc}<>"()[\]\\,;:\s]/u.test(text), 'holds characters that no address has')
    .transform((text) => text.toLowerCase()),
  givenName: plainText(100),
  familyName: plainText(100),
  company: plainText(200),
  phone: plainText(50),
  country: plainText(80),
  message: plainText(5_000),
});
export type LeadForm = z.output<typeof LeadForm>;
