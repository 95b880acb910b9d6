import type { Capability, ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const ROCKETREACH_ID = 'rocketreach';
export const PERSON_LOOKUP = 'person-lookup';
export const PERSON_LOOKUP_PHONE = 'person-lookup-phone';
export const COMPANY_LOOKUP = 'company-lookup';
export const PERSON_SEARCH = 'person-search';
export const PROFILES_ASKED = 25;

const NEEDS: Capability['needs'] = [
  ['linkedinUrl'],
  ['email'],
  ['givenName', 'familyName', 'companyName'],
  ['givenName', 'familyName', 'companyDomain'],
];

/** Pro plan, about $0.30 a lookup (rocketreach.co/pricing). Looking up the same again is usually free; not relied on. */
const MICROS_PER_CREDIT = 300_000;

export const rocketReachManifest: ProviderManifest = {
  id: ROCKETREACH_ID,
  name: 'RocketReach',
  host: 'api.rocketreach.co',
  credential: { in: 'header', name: 'Api-Key' },
  capabilities: [
    {
      id: PERSON_LOOKUP,
      kind: 'find_person',
      mode: 'submit_poll',
      batchMax: 1,
      gives: ['work_email', 'title', 'linkedin_url', 'location'],
      needs: NEEDS,
      price: priceOf(1, MICROS_PER_CREDIT),
      timeoutMs: 20_000,
    },
    {
      id: PERSON_LOOKUP_PHONE,
      kind: 'find_person',
      mode: 'submit_poll',
      batchMax: 1,
      gives: ['mobile', 'direct_dial', 'work_email', 'title', 'linkedin_url', 'location'],
      needs: NEEDS,
      // A premium credit, for a good address or any phone.
      price: priceOf(1, 2 * MICROS_PER_CREDIT),
      timeoutMs: 20_000,
    },
    {
      id: COMPANY_LOOKUP,
      kind: 'find_company',
      mode: 'sync',
      batchMax: 1,
      gives: ['company_size', 'industry', 'revenue_range', 'location'],
      needs: [['companyDomain'], ['companyName']],
      price: priceOf(1, MICROS_PER_CREDIT),
      timeoutMs: 20_000,
    },
    {
      id: PERSON_SEARCH,
      kind: 'search_people',
      mode: 'sync',
      batchMax: 1,
      gives: ['title', 'linkedin_url'],
      needs: [['companyName']],
      // Searching is free; a lookup of whoever was found is not.
      price: priceOf(0, MICROS_PER_CREDIT, { bills: [], again: 'free' }),
      timeoutMs: 20_000,
    },
  ],
  limits: [
    limitOf(10, SECOND_MS),
    limitOf(15, MINUTE_MS, { scope: 'endpoint', capabilities: [PERSON_LOOKUP] }),
    limitOf(15, MINUTE_MS, { scope: 'endpoint', capabilities: [PERSON_SEARCH] }),
  ],
  region: 'us',
  lawfulUse: 'Business contact data; people in the EU and the UK have to be told where it came from.',
  retentionDays: null,
  notes: ['Callbacks are registered in the vendor’s own settings, and signed with a secret from there.'],
};
