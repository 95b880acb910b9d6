/** Name in its forms: `acme-data`, `acmeData`, `ACME_DATA`. */
export type Names = { id: string; camel: string; constant: string };

/** Forms of a vendor's id; null unless it is lower-case words joined by hyphens. */
export function namesOf(id: string): Names | null {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) return null;
  return {
    id,
    camel: id.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase()),
    constant: id.replaceAll('-', '_').toUpperCase(),
  };
}

const manifest = ({
  id,
  camel,
  constant,
}: Names): string => `import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const ${constant}_ID = '${id}';
export const FIND_EMAIL = 'find-email';

/** Where the price was read, and on which day: \`READ_ON\` of manifest-parts.ts, or a date of its own. */
export const ${camel}Manifest: ProviderManifest = {
  id: ${constant}_ID,
  name: '${id}',
  host: 'api.${id}.example',
  credential: { in: 'header', name: 'X-Api-Key' },
  capabilities: [
    {
      id: FIND_EMAIL,
      kind: 'find_person',
      mode: 'sync',
      batchMax: 1,
      gives: ['work_email'],
      needs: [['givenName', 'familyName', 'companyDomain']],
      price: priceOf(1, 10_000),
      timeoutMs: 20_000,
    },
  ],
  limits: [limitOf(60, MINUTE_MS)],
  region: 'global',
  lawfulUse: '',
  retentionDays: null,
  notes: [],
};
`;

const request =
  (): string => `import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest } from '../vendor-calls.ts';

export const findEmailRequest = (known: KnownFacts): ProviderRequest =>
  getRequest('/v1/find-email', {
    first_name: known.givenName,
    last_name: known.familyName,
    domain: known.companyDomain,
  });
`;

const reply = (): string => `import { z } from 'zod';

import { Said } from '../reply-reading.ts';

export const FindEmailReply = z.object({ first_name: Said, last_name: Said, email: z.string().nullable() });
`;

const adapter = ({ camel, constant }: Names): string => `import type {
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';

import { answerAboutPerson } from '../person-answer.ts';
import { failWith, faultOfStatus, readAs } from '../reply-reading.ts';
import { syncCalls } from '../vendor-calls.ts';
import { ${camel}Manifest, ${constant}_ID, FIND_EMAIL } from './manifest.ts';
import { FindEmailReply } from './reply.ts';
import { findEmailRequest } from './request.ts';

export const ${camel}: ProviderAdapter = {
  manifest: ${camel}Manifest,
  ...syncCalls(${constant}_ID, refuseFaults, { [FIND_EMAIL]: { build: findEmailRequest, read: readEmail } }),
};

function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault !== undefined) failWith(${constant}_ID, fault, reply);
}

function readEmail(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const found = readAs(${constant}_ID, FindEmailReply, reply);
  if (found.email === null) return { outcome: 'miss', reason: 'no record', vendorCredits: 0 };
  const { first_name: givenName, last_name: familyName, email } = found;
  return answerAboutPerson(asked, { givenName, familyName, emails: [email] }, 1);
}
`;

const cases = ({ id, camel }: Names): string => `import { commonFaults, json } from './cases.ts';
import type { VendorCases } from './cases.ts';
import { ada } from './people.ts';

/** Replies as the vendor's documentation shows them, about \`ada\`. */
const hit = json(200, {});

export const ${camel}Cases: VendorCases = {
  provider: '${id}',
  capability: 'find-email',
  asked: ada,
  hit,
  misses: {
    'its way of saying that it knows nobody': json(200, {}),
    'a masked address': json(200, {}),
    'another person': json(200, {}),
  },
  faults: commonFaults(hit, {
    'no credits left': { reply: json(402, {}), fault: 'quota_exhausted' },
    'HTTP 429 without Retry-After': { reply: json(429, {}), fault: 'rate_limited' },
  }),
};
`;

/** Files of a new vendor by their paths below \`src\`. Their tests fail until they are true. */
export function filesOf(names: Names): Record<string, string> {
  return {
    [`${names.id}/manifest.ts`]: manifest(names),
    [`${names.id}/request.ts`]: request(),
    [`${names.id}/reply.ts`]: reply(),
    [`${names.id}/adapter.ts`]: adapter(names),
    [`conformance/${names.id}-cases.ts`]: cases(names),
  };
}

/** `registry.ts` with the vendor in it. */
export function registered(registry: string, { id, camel }: Names): string {
  return registry
    .replace('\n\nconst ADAPTERS', `\nimport { ${camel} } from './${id}/adapter.ts';\n\nconst ADAPTERS`)
    .replace('\n];', `\n  ${camel},\n];`);
}

/** `all-cases.ts` with the vendor's cases in it. */
export function withCases(allCases: string, { id, camel }: Names): string {
  return allCases
    .replace(
      '\n\n/** Every vendor',
      `\nimport { ${camel}Cases } from './${id}-cases.ts';\n\n/** Every vendor`,
    )
    .replace('  ...companyCases,\n];', `  ...companyCases,\n  ${camel}Cases,\n];`);
}
