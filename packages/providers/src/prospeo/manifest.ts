import type { Capability, ProviderManifest } from '@penstock/enrichment/provider-port';

import { DAY_MS, limitOf, MINUTE_MS, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const PROSPEO_ID = 'prospeo';
export const ENRICH_PERSON = 'enrich-person';
export const ENRICH_MOBILE = 'enrich-mobile';
export const ENRICH_COMPANY = 'enrich-company';
export const SEARCH_PERSON = 'search-person';

/** Starter plan, $39 for 1,000 credits (prospeo.io/pricing). */
const MICROS_PER_CREDIT = 39_000;

const NEEDS: Capability['needs'] = [
  ['linkedinUrl'],
  ['email'],
  ['givenName', 'familyName', 'companyDomain'],
  ['givenName', 'familyName', 'companyName'],
];

/** The same record twice is free for as long as the account lives. */
const price = (credits: number) => priceOf(credits, MICROS_PER_CREDIT, { again: 'free' });

export const prospeoManifest: ProviderManifest = {
  id: PROSPEO_ID,
  name: 'Prospeo',
  host: 'api.prospeo.io',
  credential: { in: 'header', name: 'X-KEY' },
  capabilities: [
    {
      id: ENRICH_PERSON,
      kind: 'find_person',
      mode: 'sync',
      batchMax: 50,
      gives: ['work_email', 'title', 'seniority', 'linkedin_url', 'company_size', 'industry', 'location'],
      needs: NEEDS,
      price: price(1),
      timeoutMs: 30_000,
    },
    {
      id: ENRICH_MOBILE,
      kind: 'find_person',
      mode: 'sync',
      batchMax: 50,
      gives: ['mobile', 'work_email', 'title', 'seniority', 'linkedin_url'],
      needs: NEEDS,
      price: price(10),
      timeoutMs: 30_000,
    },
    {
      id: ENRICH_COMPANY,
      kind: 'find_company',
      mode: 'sync',
      batchMax: 1,
      gives: ['company_size', 'industry', 'revenue_range', 'location', 'tech_stack'],
      needs: [['companyDomain'], ['companyName']],
      price: price(1),
      timeoutMs: 20_000,
    },
    {
      id: SEARCH_PERSON,
      kind: 'search_people',
      mode: 'sync',
      batchMax: 1,
      gives: ['title', 'linkedin_url'],
      needs: [['companyDomain']],
      price: priceOf(1, MICROS_PER_CREDIT),
      timeoutMs: 20_000,
    },
  ],
  // Starter; each record of a bulk counts.
  limits: [
    limitOf(5, SECOND_MS, { counts: 'records' }),
    limitOf(300, MINUTE_MS, { counts: 'records' }),
    limitOf(2_000, DAY_MS, { counts: 'records' }),
  ],
  region: 'eu',
  lawfulUse: 'Business contact data; a legitimate interest has to be shown for people in the EU and the UK.',
  retentionDays: null,
  notes: [
    'An address that is not revealed is masked, and no hit.',
    'Asking for the same record again is free.',
  ],
};
