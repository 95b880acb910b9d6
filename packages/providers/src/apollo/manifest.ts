import type { Capability, ProviderManifest } from '@penstock/enrichment/provider-port';

import { DAY_MS, limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const APOLLO_ID = 'apollo';
export const PEOPLE_MATCH = 'people-match';
export const PEOPLE_WATERFALL = 'people-waterfall';
export const ORGANIZATION_ENRICH = 'organization-enrich';
export const PEOPLE_SEARCH = 'people-search';

/** Additional credits, $0.20 each in the smallest package (apollo.io/pricing). */
const MICROS_PER_CREDIT = 200_000;

const PERSON_NEEDS: Capability['needs'] = [
  ['email'],
  ['linkedinUrl'],
  ['givenName', 'familyName', 'companyDomain'],
  ['givenName', 'familyName', 'companyName'],
];

const HOUR_MS = 60 * MINUTE_MS;

export const apolloManifest: ProviderManifest = {
  id: APOLLO_ID,
  name: 'Apollo',
  host: 'api.apollo.io',
  credential: { in: 'header', name: 'x-api-key' },
  capabilities: [
    {
      id: PEOPLE_MATCH,
      kind: 'find_person',
      mode: 'sync',
      batchMax: 10,
      gives: ['work_email', 'title', 'seniority', 'linkedin_url', 'company_size', 'industry', 'location'],
      needs: PERSON_NEEDS,
      price: priceOf(1, MICROS_PER_CREDIT),
      timeoutMs: 20_000,
    },
    {
      id: PEOPLE_WATERFALL,
      kind: 'find_person',
      mode: 'webhook',
      batchMax: 10,
      gives: ['work_email', 'mobile'],
      needs: PERSON_NEEDS,
      // What the vendor's own waterfall costs depends on its sources: 8 credits is a phone, and the most it has cost.
      price: priceOf(8, MICROS_PER_CREDIT),
      timeoutMs: 20_000,
    },
    {
      id: ORGANIZATION_ENRICH,
      kind: 'find_company',
      mode: 'sync',
      batchMax: 1,
      gives: ['company_size', 'industry', 'revenue_range', 'location', 'growth_stage', 'tech_stack'],
      needs: [['companyDomain']],
      price: priceOf(1, MICROS_PER_CREDIT),
      timeoutMs: 15_000,
    },
    {
      id: PEOPLE_SEARCH,
      kind: 'search_people',
      mode: 'sync',
      batchMax: 1,
      gives: ['title'],
      needs: [['companyDomain']],
      price: priceOf(0, MICROS_PER_CREDIT, { bills: [], again: 'free' }),
      timeoutMs: 15_000,
    },
  ],
  limits: [
    limitOf(200, MINUTE_MS, { window: 'fixed', scope: 'endpoint' }),
    limitOf(400, HOUR_MS, { window: 'fixed', scope: 'endpoint' }),
    limitOf(2_000, DAY_MS, { window: 'fixed', scope: 'endpoint' }),
  ],
  region: 'us',
  lawfulUse: 'Business contact data; people in the EU and the UK have to be told where it came from.',
  retentionDays: null,
  notes: [
    'Somebody unknown is answered with 200 and a person without values.',
    'Its own waterfall calls back unsigned: the address is the only secret.',
    'Limits count per team and endpoint; plans differ, and the x-rate-limit headers tell.',
  ],
};
