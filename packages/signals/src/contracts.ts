import { Instant, InstantInput, plainText } from '@penstock/kernel/contract';
import { z } from 'zod';

import { askingFault } from './model/asking-fault.ts';
import { newsRuleFaults } from './model/news-rule-faults.ts';
import { OPENING_RANKS } from './model/opening-ranks.ts';
import { KINDS_OF_SOURCES } from './model/signal-kind.ts';
import { DEFAULT_SYNONYMS } from './model/synonyms.ts';
import { NewsRulesBody } from './news-contract.ts';

/** An address on the open web: neither a port, a password nor a bare address; where its name leads is checked at each look. */
export const PublicAddress = z
  .url({ protocol: /^https$/, error: 'has to be an address that begins with https://' })
  .max(2_000)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { hostname, port, username, password } = new URL(text);
    return (
      port === '' &&
      username === '' &&
      password === '' &&
      /^(?=.*[a-z])[a-z0-9.-]+\.[a-z0-9-]*[a-z][a-z0-9-]*$/i.test(hostname)
    );
  }, 'has to name a public host, without port or password');

/** What makes a source that a workspace adds. */
export const SourceSettingsInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('press'), url: PublicAddress }),
  z.strictObject({
    kind: z.literal('warn'),
    url: PublicAddress,
    region: z.string().regex(/^[A-Z]{2}$/, 'is no state in two capital letters, such as CA'),
  }),
]);

const Pointer = z
  .string()
  .trim()
  .max(200)
  .regex(/^(\/[^/]*)*$/, 'is no JSON pointer, such as /company/name');
const FieldPointer = Pointer.pipe(z.string().min(1, 'is no JSON pointer, such as /company/name'));
/** Headers that the product sets itself, or that would move the request elsewhere. */
const RESERVED =
  /^(host|authorization|cookie|connection|content-.*|transfer-encoding|upgrade|user-agent|accept|if-.*|proxy-.*)$/i;
const HeaderName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9-]+$/, 'is no name of a header')
  .refine((name) => !RESERVED.test(name), 'is a header that may not be set here');

const MOST_PAGES = 20;
const PageName = z
  .string()
  .trim()
  .max(60)
  .regex(/^[\w.[\]-]*$/, 'is no name in an address');
const most = z.int().min(2, 'is at least 2').max(MOST_PAGES, `is at most ${MOST_PAGES}`).default(5);
const DescribedPagesInput = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('link'), at: Pointer, most }),
  z.strictObject({ by: z.literal('cursor'), at: FieldPointer, as: PageName, most }),
  z.strictObject({
    by: z.literal('number'),
    as: PageName,
    first: z.int().min(0).max(1).default(1),
    most,
  }),
  z.strictObject({
    by: z.literal('offset'),
    as: PageName,
    size: z.int().min(1, 'is at least 1').max(1_000),
    most,
  }),
]);

/** A source that RevOps describes: JSON over HTTP. */
export const DescribedSettingsInput = z
  .strictObject({
    kind: z.literal('described'),
    url: PublicAddress,
    headers: z
      .record(
        HeaderName,
        z
          .string()
          .max(500)
          .regex(/^[\x20-\x7e]*$/, 'is no plain text'),
      )
      .refine((headers) => Object.keys(headers).length <= 20, 'has more than 20 headers')
      .default({}),
    secret: z
      .discriminatedUnion('in', [
        z.strictObject({ in: z.literal('header'), name: HeaderName }),
        z.strictObject({ in: z.literal('query'), name: z.string().min(1).max(60) }),
        z.strictObject({ in: z.literal('bearer') }),
      ])
      .nullable(),
    method: z.enum(['GET', 'POST']).default('GET'),
    body: z.string().max(8_000).default(''),
    pages: DescribedPagesInput.nullable().default(null),
    everyMinutes: z.int().min(5, 'is at least 5 minutes').max(10_080, 'is at most a week'),
    items: Pointer,
    at: z.strictObject({
      key: FieldPointer.optional(),
      company: FieldPointer.optional(),
      domain: FieldPointer.optional(),
      cik: FieldPointer.optional(),
      kind: FieldPointer.optional(),
      title: FieldPointer,
      date: FieldPointer.optional(),
      link: FieldPointer.optional(),
    }),
    tells: z.strictObject({
      byWord: z.record(z.string().trim().toLowerCase().min(1).max(80), z.enum(KINDS_OF_SOURCES)).default({}),
      always: z.enum(KINDS_OF_SOURCES).nullable(),
    }),
    strength: z.number().gt(0).max(1).default(0.5),
  })
  .superRefine(({ at, tells, ...asked }, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const problem = askingFault(asked);
    if (problem !== null) refuse(problem.path, problem.message);
    if (at.company === undefined && at.domain === undefined)
      refuse(['at', 'company'], 'or the domain has to be somewhere in an item');
    if (tells.always === null && Object.keys(tells.byWord).length === 0)
      refuse(['tells', 'always'], 'or a word for each kind is needed: else nothing would be told');
    if (Object.keys(tells.byWord).length > 0 && at.kind === undefined)
      refuse(['at', 'kind'], 'is needed where words say the kind');
  });

/** What was asked of a source today (UTC), and its limit of the day. */
const SourceUsage = z.object({
  requests: z.int(),
  costMicros: z.int(),
  mostRequests: z.int().nullable(),
  mostMicros: z.int().nullable(),
  /** Why nothing more is asked today; null while something may be. */
  resting: z.string().nullable(),
});

export const SourceRow = z.object({
  id: z.string(),
  source: z.string(),
  name: z.string(),
  /** Where a source that the workspace added is read; null for those of the product. */
  url: z.string().nullable(),
  active: z.boolean(),
  health: z.enum(['new', 'healthy', 'failing']),
  lastSuccessAt: Instant.nullable(),
  dueAt: Instant,
  lastFault: z.string(),
  /** The beginning of the reply that could not be read. */
  sample: z.string(),
  /** How often it was looked at, and how often nothing had changed. */
  looks: z.int(),
  unchanged: z.int(),
  items: z.int(),
  signals: z.int(),
  /** Of its signals, those that somebody judged, and those called useful or known. */
  judged: z.int(),
  right: z.int(),
  today: SourceUsage,
  /** What is looked at one by one; null for a source that is one thing. */
  staleness: z
    .object({
      watched: z.int(),
      /** Looked at before, and not for longer than they should be. */
      overdue: z.int(),
      /** Not looked at yet, and by when they will have been; null where nothing limits how many are looked at in a day. */
      waiting: z.int(),
      firstLooksEndAt: Instant.nullable(),
      oldestLookAt: Instant.nullable(),
    })
    .nullable(),
});

/** The job boards of a vendor. */
export const BoardsRow = z.object({
  source: z.string(),
  name: z.string(),
  watched: z.int(),
  failing: z.int(),
  /** Not looked at for longer than their interval, and since when the one that waits longest. */
  overdue: z.int(),
  /** Not looked at yet. */
  waiting: z.int(),
  oldestLookAt: Instant.nullable(),
  lastSuccessAt: Instant.nullable(),
  dueAt: Instant,
  lastFault: z.string(),
  looks: z.int(),
  signals: z.int(),
  /** Of those watched, how many were found on the companies' own sites. */
  found: z.int(),
  today: SourceUsage,
});

export const WebhookRow = z.object({
  id: z.string(),
  name: z.string(),
  active: z.boolean(),
  path: z.string(),
});

/** What a signed webhook may report. The domain or the name says which account is meant. */
export const WebhookSignal = z.strictObject({
  kind: z.enum(KINDS_OF_SOURCES),
  company: z
    .strictObject({ name: plainText(200).default(''), domain: z.string().trim().max(253).nullish() })
    .refine((company) => company.name !== '' || Boolean(company.domain), 'needs a name or a domain'),
  summary: plainText(300).pipe(z.string().min(3, 'is too short to be understood')),
  strength: z.number().gt(0).max(1).default(0.5),
  occurredAt: InstantInput,
  /** The sender's own id of the event: the same event is told once. */
  eventId: z.string().min(1).max(200),
  /**
   * What the event is about, so that it is recognised when other sources tell it too: `round` for funding, `lay-offs` for a budget cut,
   * `country de` for an expansion, an office for a leadership change. Left out, the signal stands alone.
   */
  about: plainText(80).pipe(z.string().min(1).toLowerCase()).optional(),
  evidence: z
    .strictObject({ url: z.url({ protocol: /^https?$/ }).max(2_000), quote: plainText(2_000) })
    .nullish(),
});

/** Several signals in one delivery: all of them are taken, or none. */
export const WebhookBatch = z.strictObject({
  signals: z.array(WebhookSignal).min(1, 'holds no signal').max(100, 'holds more than 100 signals'),
});

const Phrases = z.array(plainText(80).pipe(z.string().min(2, 'is too short'))).max(60);
const RuleName = plainText(80).pipe(z.string().min(1, 'is missing'));

/** Hits are counted by the names of rules. */
const namedOnce = (rules: readonly { name: string }[]): boolean =>
  new Set(rules.map(({ name }) => name.toLowerCase())).size === rules.length;

/** What counts; see `model/watch-rules.ts`. */
const WatchRulesShape = z.strictObject({
  jobs: z
    .array(
      z.strictObject({
        name: RuleName,
        titles: Phrases.min(1, 'needs at least one phrase'),
        notTitles: Phrases.default([]),
        departments: Phrases.default([]),
        countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'is no ISO country code')).default([]),
        seniority: z.enum(OPENING_RANKS).default('any'),
        strength: z.number().gt(0).max(1).default(0.5),
      }),
    )
    .max(50)
    .refine(namedOnce, 'has two rules of one name: rename one'),
  team: z.strictObject({ name: RuleName, titles: Phrases }),
  /** Groups of phrases that mean the same. Documents from before they could be changed mean the usual ones. */
  synonyms: z
    .array(Phrases.min(2, 'needs at least two phrases'))
    .max(100)
    .default(() => DEFAULT_SYNONYMS.map((group) => [...group])),
  competitors: z
    .array(
      z.strictObject({
        name: RuleName,
        mentions: Phrases.default([]),
        records: z
          .array(
            plainText(120).pipe(z.string().min(4, 'is too short to be a part of a record').toLowerCase()),
          )
          .max(20)
          .default([]),
      }),
    )
    .max(50)
    .refine(namedOnce, 'has two tools of one name: rename one')
    .default([]),
  news: NewsRulesBody,
});

export const WatchRulesBody = WatchRulesShape.superRefine(({ news, synonyms }, context) => {
  if (!namedOnce(news.rules))
    context.addIssue({
      code: 'custom',
      path: ['news', 'rules'],
      message: 'has two rules of one name: rename one',
    });
  for (const { path, message } of newsRuleFaults(news, synonyms))
    context.addIssue({ code: 'custom', path: ['news', ...path], message });
});
