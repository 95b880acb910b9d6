import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const PEOPLE_DATA_LABS_ID = 'people-data-labs';
export const PERSON_ENRICH = 'person-enrich';
export const COMPANY_ENRICH = 'company-enrich';
export const PERSON_SEARCH = 'person-search';
export const PERSON_JOB = 'person-job';

/** docs.peopledatalabs.com: one credit per matched profile, also for the same profile again; a 404 is free. */
export const peopleDataLabsManifest: ProviderManifest = {
  id: PEOPLE_DATA_LABS_ID,
  name: 'People Data Labs',
  host: 'api.peopledatalabs.com',
  credential: { in: 'header', name: 'X-Api-Key' },
  capabilities: [
    {
      id: PERSON_ENRICH,
      kind: 'find_person',
      mode: 'sync',
      batchMax: 100,
      gives: [
        'work_email',
        'mobile',
        'title',
        'seniority',
        'linkedin_url',
        'company_size',
        'industry',
        'location',
      ],
      needs: [
        ['email'],
        ['linkedinUrl'],
        ['givenName', 'familyName', 'companyDomain'],
        ['givenName', 'familyName', 'companyName'],
      ],
      // Smallest monthly tier, $0.28 a credit.
      price: priceOf(1, 280_000),
      timeoutMs: 10_000,
    },
    {
      id: COMPANY_ENRICH,
      kind: 'find_company',
      mode: 'sync',
      batchMax: 1,
      gives: ['company_size', 'industry', 'revenue_range', 'location', 'growth_stage', 'business_model'],
      needs: [['companyDomain'], ['companyName']],
      // Company records have a price of their own, $0.10.
      price: priceOf(1, 100_000),
      timeoutMs: 10_000,
    },
    {
      id: PERSON_SEARCH,
      kind: 'search_people',
      mode: 'sync',
      batchMax: 1,
      gives: ['title', 'linkedin_url', 'work_email'],
      needs: [['companyDomain']],
      // A credit for each record that is returned, of five.
      price: priceOf(5, 280_000),
      timeoutMs: 10_000,
    },
    {
      id: PERSON_JOB,
      kind: 'check_employment',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [
        ['email', 'companyDomain'],
        ['linkedinUrl', 'companyDomain'],
        ['givenName', 'familyName', 'companyDomain'],
      ],
      price: priceOf(1, 280_000),
      timeoutMs: 10_000,
    },
  ],
  limits: [
    limitOf(100, MINUTE_MS, { window: 'fixed' }),
    limitOf(10, MINUTE_MS, { window: 'fixed', capabilities: [PERSON_SEARCH] }),
  ],
  region: 'us',
  lawfulUse:
    'Compiled from public sources in the US; people in the EU and the UK have to be told where it came from.',
  retentionDays: null,
  notes: [
    'The same profile is charged again each time.',
    'Whether a record has changed since the last monthly release is told for free.',
    'Small plans answer true or false instead of contact data.',
  ],
};
