import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const HUNTER_ID = 'hunter';
export const EMAIL_FINDER = 'email-finder';
export const EMAIL_VERIFIER = 'email-verifier';
export const DOMAIN_SEARCH = 'domain-search';
export const COMPANY_FIND = 'company-find';

/** Starter plan, $49 for 2,000 credits (hunter.io/pricing). */
const MICROS_PER_CREDIT = 24_500;

export const hunterManifest: ProviderManifest = {
  id: HUNTER_ID,
  name: 'Hunter',
  host: 'api.hunter.io',
  credential: { in: 'header', name: 'X-API-KEY' },
  capabilities: [
    {
      id: EMAIL_FINDER,
      kind: 'find_person',
      mode: 'sync',
      batchMax: 1,
      gives: ['work_email', 'title', 'linkedin_url'],
      needs: [
        ['givenName', 'familyName', 'companyDomain'],
        ['givenName', 'familyName', 'companyName'],
      ],
      price: priceOf(1, MICROS_PER_CREDIT, { bills: ['hit', 'catch_all'] }),
      timeoutMs: 25_000,
    },
    {
      id: EMAIL_VERIFIER,
      kind: 'verify_email',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['email']],
      price: priceOf(0.5, MICROS_PER_CREDIT, {
        charged: 'on_call',
        bills: ['hit', 'catch_all', 'invalid', 'unknown'],
      }),
      timeoutMs: 25_000,
    },
    {
      id: DOMAIN_SEARCH,
      kind: 'search_people',
      mode: 'sync',
      batchMax: 1,
      gives: ['work_email', 'title', 'linkedin_url'],
      needs: [['companyDomain'], ['companyName']],
      // One credit for each ten addresses, of which one page is asked.
      price: priceOf(1, MICROS_PER_CREDIT),
      timeoutMs: 15_000,
    },
    {
      id: COMPANY_FIND,
      kind: 'find_company',
      mode: 'sync',
      batchMax: 1,
      gives: ['company_size', 'industry', 'location', 'tech_stack'],
      needs: [['companyDomain']],
      price: priceOf(0.2, MICROS_PER_CREDIT),
      timeoutMs: 15_000,
    },
  ],
  limits: [
    limitOf(15, SECOND_MS, { scope: 'endpoint' }),
    limitOf(500, MINUTE_MS, { scope: 'endpoint' }),
    limitOf(10, SECOND_MS, { scope: 'endpoint', capabilities: [EMAIL_VERIFIER] }),
    limitOf(300, MINUTE_MS, { scope: 'endpoint', capabilities: [EMAIL_VERIFIER] }),
  ],
  region: 'eu',
  lawfulUse: 'Addresses found on public pages; people who opted out are answered with 451 and never stored.',
  retentionDays: null,
  notes: ['403 means rate limited and 429 quota exhausted, the other way round than elsewhere.'],
};
