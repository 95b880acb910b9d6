import { WANTED_FIELDS } from '@penstock/enrichment/provider-port';
import { z } from 'zod';

const Pointer = z
  .string()
  .max(200)
  .regex(/^(\/[^/]*)*$/, 'a JSON pointer, like /data/email');

/** A public name: a vendor is never an address, and nothing of the own network. */
const Host = z
  .string()
  .toLowerCase()
  .max(253)
  .regex(/^(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/, 'a host name, like api.vendor.com')
  .refine(
    (host) => !/(^|\.)(localhost|local|internal|lan|home|invalid|test)$/.test(host),
    'a public host name',
  );

/** Headers that the product sets itself, or that would move the request elsewhere. */
const RESERVED =
  /^(host|authorization|cookie|connection|content-length|transfer-encoding|upgrade|proxy-.*)$/i;
const HeaderName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9-]+$/, 'letters, digits and hyphens')
  .refine((name) => !RESERVED.test(name), 'a header that may be set here');

const Known = z.enum([
  'givenName',
  'familyName',
  'companyName',
  'companyDomain',
  'email',
  'linkedinUrl',
  'phone',
]);
const Text = z.string().max(500);
const Described = z.object({
  id: z.string().regex(/^custom-[a-z0-9-]{1,40}$/, 'begins with custom-'),
  name: z.string().trim().min(1).max(60),
  host: Host,
  credential: z.discriminatedUnion('in', [
    z.object({ in: z.literal('header'), name: HeaderName }),
    z.object({ in: z.literal('query'), name: z.string().min(1).max(60) }),
    z.object({ in: z.literal('bearer') }),
    z.object({ in: z.literal('basic') }),
  ]),
  kind: z.enum(['find_person', 'find_company', 'verify_email']),
  method: z.enum(['GET', 'POST']),
  path: z
    .string()
    .max(500)
    .regex(/^\/(?!\/)[^\s#\\]*$/, 'a path that begins with one slash'),
  query: z.record(Text, Text).default({}),
  headers: z.record(HeaderName, Text.regex(/^[\x20-\x7e]*$/, 'plain text')).default({}),
  /** Sent as JSON with POST; a field whose placeholders are not all known is left out. */
  body: z.record(Text, Text).default({}),
  needs: z.array(z.array(Known).min(1)).min(1),
  /** A hit has something at the pointer; with `equals`, one of these words. */
  hit: z.object({ at: Pointer, equals: z.array(Text).optional() }),
  missStatuses: z.array(z.int().min(200).max(499)).default([404]),
  quotaStatuses: z.array(z.int().min(400).max(499)).default([402]),
  throttleStatuses: z.array(z.int().min(400).max(499)).default([429]),
  values: z.partialRecord(z.enum(WANTED_FIELDS), Pointer).default({}),
  /** Whose record it is: names and site, so that another one's is told apart. */
  about: z.object({ givenName: Pointer, familyName: Pointer, website: Pointer }).partial().default({}),
  verdict: z
    .object({
      at: Pointer,
      words: z.record(
        Text,
        z.enum(['valid', 'invalid', 'catch_all', 'unknown', 'disposable', 'do_not_mail']),
      ),
    })
    .optional(),
  creditsAt: Pointer.optional(),
  price: z.object({
    credits: z.number().nonnegative().max(10_000),
    microsPerCredit: z.int().nonnegative().max(1_000_000_000),
    charged: z.enum(['on_hit', 'on_call']),
    readOn: z.iso.date(),
  }),
  requestsPerMinute: z.int().min(1).max(100_000),
  timeoutMs: z.int().min(1_000).max(60_000).default(20_000),
  region: z.enum(['us', 'eu', 'global']),
  lawfulUse: z.string().trim().min(10).max(500),
});

/** A vendor that is described instead of programmed. `{companyDomain}` and the like stand for what is known. */
export const GenericProvider = Described.superRefine((described, context) => {
  const refuse = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  const { kind, needs, path, verdict, values } = described;
  if (kind === 'verify_email' && verdict === undefined)
    refuse('verdict', 'say where the verdict is, and what its words mean');
  if (kind === 'verify_email' && !needs.every((names) => names.includes('email')))
    refuse('needs', 'a verification needs the e-mail address');
  if (kind !== 'verify_email' && Object.keys(values).length === 0)
    refuse('values', 'say where at least one value is');
  const texts = [...Object.values(described.query), ...Object.values(described.body)];
  const unknown = texts.flatMap(namesIn).find((name) => !Known.safeParse(name).success);
  if (unknown !== undefined) refuse('query', `{${unknown}} stands for nothing that is known`);
  const missing = namesIn(path).find((name) => !needs.every((names) => names.some((need) => need === name)));
  if (missing !== undefined) refuse('path', `{${missing}} has to be among what is always needed`);
});
export type GenericProvider = z.infer<typeof GenericProvider>;

function namesIn(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
