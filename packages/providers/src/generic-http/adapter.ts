import type {
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderManifest,
  ProviderReply,
  ProviderRequest,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';

import { answerAboutCompany } from '../company-answer.ts';
import { limitOf, MINUTE_MS } from '../manifest-parts.ts';
import { answerAboutPerson } from '../person-answer.ts';
import { failWith, faultOfStatus, jsonOf } from '../reply-reading.ts';
import { syncCalls } from '../vendor-calls.ts';
import { GenericProvider } from './definition.ts';
import { valueAt } from '@penstock/kernel/json-pointer';

export const ASK = 'ask';

/** An adapter from a description. It can do no more than one request and one reply over https to the described host. */
export function genericAdapter(definition: GenericProvider): ProviderAdapter {
  return {
    manifest: manifestOf(definition),
    ...syncCalls(definition.id, (reply) => refuseFaults(definition, reply), {
      [ASK]: {
        build: (known) => requestOf(definition, known),
        read: (reply, asked) => readReply(definition, reply, asked),
      },
    }),
  };
}

/** The adapter of a stored description; null for one that this release does not take. */
export function describedAdapter(definition: unknown): ProviderAdapter | null {
  const parsed = GenericProvider.safeParse(definition);
  return parsed.success ? genericAdapter(parsed.data) : null;
}

function manifestOf(definition: GenericProvider): ProviderManifest {
  const { id, name, host, credential, kind, needs, price, timeoutMs, region, lawfulUse } = definition;
  const gives = kind === 'verify_email' ? [] : fieldsOf(definition);
  return {
    id,
    name,
    host,
    credential,
    capabilities: [
      {
        id: ASK,
        kind,
        mode: 'sync',
        batchMax: 1,
        gives,
        needs,
        price: { ...price, bills: price.charged === 'on_call' ? ['hit', 'miss'] : ['hit'], again: 'charged' },
        timeoutMs,
      },
    ],
    limits: [limitOf(definition.requestsPerMinute, MINUTE_MS)],
    region,
    lawfulUse,
    retentionDays: null,
    notes: ['Configured in this workspace.'],
  };
}

// Safe: the keys are those of the schema.
const fieldsOf = ({ values }: GenericProvider) => Object.keys(values) as (keyof typeof values)[];

const PLACEHOLDER = /\{(\w+)\}/g;

/** The text with what is known in it; null if something that it names is not. */
function filled(template: string, known: KnownFacts, escape: (text: string) => string): string | null {
  const facts: Record<string, string | undefined> = known;
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  if (names.some((name) => !Object.hasOwn(facts, name) || !facts[name])) return null;
  return template.replace(PLACEHOLDER, (_all, name: string) => escape(facts[name] ?? ''));
}

const asItIs = (text: string): string => text;

function filledAll(templates: Record<string, string>, known: KnownFacts): [string, string][] {
  return Object.entries(templates).flatMap(([name, template]): [string, string][] => {
    const text = filled(template, known, asItIs);
    return text === null ? [] : [[name, text]];
  });
}

function requestOf(definition: GenericProvider, known: KnownFacts): ProviderRequest {
  const path = filled(definition.path, known, encodeURIComponent);
  if (path === null) throw new ProviderError(definition.id, 'rejected');
  const query = new URLSearchParams(filledAll(definition.query, known)).toString();
  return {
    method: definition.method,
    path: query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`,
    headers: { accept: 'application/json', ...definition.headers },
    ...(definition.method === 'POST' && { body: Object.fromEntries(filledAll(definition.body, known)) }),
  };
}

function refuseFaults(definition: GenericProvider, reply: ProviderReply): void {
  const { id, missStatuses, quotaStatuses, throttleStatuses } = definition;
  if (throttleStatuses.includes(reply.status)) failWith(id, 'rate_limited', reply);
  if (quotaStatuses.includes(reply.status)) failWith(id, 'quota_exhausted', reply);
  const fault = missStatuses.includes(reply.status) ? undefined : faultOfStatus(reply.status);
  if (fault !== undefined) failWith(id, fault, reply);
}

function readReply(definition: GenericProvider, reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const value = jsonOf(reply);
  if (typeof value !== 'object' || value === null) throw new ProviderError(definition.id, 'malformed');
  const said = definition.creditsAt === undefined ? undefined : Number(valueAt(value, definition.creditsAt));
  const vendorCredits = said !== undefined && Number.isFinite(said) && said >= 0 ? said : null;
  if (definition.kind === 'verify_email') return verdictOf(definition, value, vendorCredits);
  if (definition.missStatuses.includes(reply.status) || !isHit(definition, value))
    return { outcome: 'miss', reason: 'no record', vendorCredits };
  return answerOf(definition, value, asked, vendorCredits);
}

function isHit({ hit }: GenericProvider, value: unknown): boolean {
  const found = valueAt(value, hit.at);
  if (hit.equals !== undefined) return hit.equals.includes(String(found));
  return found !== undefined && found !== null && found !== false && found !== '';
}

function verdictOf(
  { id, verdict }: GenericProvider,
  value: unknown,
  vendorCredits: number | null,
): ProviderAnswer {
  const word = verdict === undefined ? undefined : String(valueAt(value, verdict.at));
  const result =
    verdict !== undefined && word !== undefined && Object.hasOwn(verdict.words, word)
      ? verdict.words[word]
      : undefined;
  if (word === undefined || result === undefined) throw new ProviderError(id, 'malformed');
  return { outcome: 'verified', result, detail: word.slice(0, 60), vendorCredits };
}

function answerOf(
  { kind, values, about }: GenericProvider,
  value: unknown,
  asked: KnownFacts,
  vendorCredits: number | null,
): ProviderAnswer {
  const read = (pointer: string | undefined): unknown =>
    pointer === undefined ? undefined : valueAt(value, pointer);
  const { work_email, mobile, direct_dial, linkedin_url, ...texts } = values;
  const facts = Object.fromEntries(Object.entries(texts).map(([field, pointer]) => [field, read(pointer)]));
  if (kind === 'find_company')
    return answerAboutCompany(asked, { website: read(about.website), facts }, vendorCredits);
  return answerAboutPerson(
    asked,
    {
      givenName: read(about.givenName),
      familyName: read(about.familyName),
      employer: read(about.website),
      linkedinUrl: read(linkedin_url),
      emails: [read(work_email)],
      mobile: read(mobile),
      directDial: read(direct_dial),
      facts,
    },
    vendorCredits,
  );
}
