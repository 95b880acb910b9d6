import { Instant, Named, pageOf, plainText } from '@penstock/kernel/contract';
import { z } from 'zod';

import { ACCOUNT_TRAITS } from './model/account-trait.ts';
import { BUYING_ROLES, SENIORITIES } from './model/buying-role.ts';

/** A value with where it came from; `null` source means that a person or a form gave it. */
export const SourcedValue = z.object({
  field: z.string(),
  value: z.string(),
  source: z.string(),
  observedAt: Instant,
  expiresAt: Instant.nullable(),
  confidence: z.number().nullable(),
  verification: z.string().nullable(),
  lineType: z.string().nullable(),
  usable: z.boolean(),
  chosenBecause: z.string(),
});

export const PersonCard = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  country: z.string().nullable(),
  doNotCall: z.boolean(),
  /** Since when they are no longer there. */
  leftAt: Instant.nullable(),
  /** Whether they speak for us, and have objected to being watched. */
  champion: z
    .object({
      tier: z.enum(['key', 'standard', 'light']),
      state: z.enum(['watched', 'departed', 'ended', 'objected']),
    })
    .nullable(),
  values: z.array(SourcedValue),
});

export const ActivityKind = z.enum(['call', 'note', 'meeting', 'mail', 'task']);

export const AccountState = z.enum(['active', 'proposed', 'dismissed', 'merged']);

export const AccountRow = z.object({
  id: z.string(),
  name: z.string(),
  domain: z.string().nullable(),
  state: AccountState,
  industry: z.string().nullable(),
  employeeCount: z.int().nullable(),
  country: z.string().nullable(),
  owner: Named.nullable(),
  updatedAt: Instant,
});

export const AccountDetail = AccountRow.extend({
  region: z.string().nullable(),
  city: z.string().nullable(),
  annualRevenueUsd: z.int().nullable(),
  origin: z.string(),
  externalIds: z.array(z.object({ system: z.string(), kind: z.string(), value: z.string() })),
  /** Firmographic values that providers reported, with their source. */
  values: z.array(SourcedValue),
  people: z.array(PersonCard),
  /** What members have said of it; goes before what providers report. */
  traits: z.array(
    z.object({ trait: z.enum(ACCOUNT_TRAITS), words: z.array(z.string()), by: z.string(), at: Instant }),
  ),
});

/** One line of an account's timeline: a signal, a touch, a change or a cost. Newest first. */
export const TimelineEntry = z.object({
  id: z.string(),
  kind: z.enum(['signal', 'activity', 'lead', 'mail', 'deal', 'cost']),
  title: z.string(),
  detail: z.string(),
  occurredAt: Instant,
  /** Set for signals. */
  evidence: z
    .object({ url: z.string(), quote: z.string(), contentHash: z.string(), fetchedAt: Instant })
    .nullable(),
  link: z.object({ page: z.enum(['lead', 'deal', 'account']), id: z.string() }).nullable(),
});

export const Timeline = pageOf(TimelineEntry);

/** Words, not patterns: nothing that RevOps can write takes long to read. A star stands at an end of a word. */
const TitlePhrase = plainText(80).pipe(
  z
    .string()
    .min(2, 'is too short')
    .refine((phrase) => /[\p{L}\p{N}]/u.test(phrase), 'has no letter, so it would fit nothing')
    .refine(
      (phrase) => !/[^\s*]\*+[^\s*]|\*\*/.test(phrase),
      'has a * inside of a word: put it at the end or the beginning of one',
    ),
);
const TitlePhrases = z.array(TitlePhrase).max(60, 'has more than 60 phrases: make two rules of it');

/** How titles are read; see `model/title-rules.ts`. */
export const TitleRulesBody = z.strictObject({
  rules: z
    .array(
      z
        .strictObject({
          name: plainText(80).pipe(z.string().min(1, 'is missing')),
          says: TitlePhrases.min(1, 'needs at least one phrase'),
          saysNot: TitlePhrases.default([]),
          role: z.enum([...BUYING_ROLES, 'none']).nullable(),
          seniority: z.enum(SENIORITIES).nullable(),
        })
        .refine(({ role, seniority }) => role !== null || seniority !== null, {
          path: ['role'],
          message: 'says neither a part in buying nor a rank: choose at least one',
        }),
    )
    .max(200, 'has more than 200 rules: a rule may have 60 phrases')
    .refine(
      (rules) => new Set(rules.map(({ name }) => name.toLowerCase())).size === rules.length,
      'has two rules of one name: rename one',
    ),
});
