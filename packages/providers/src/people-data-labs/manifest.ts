import type { ProviderManifest } from '@penstock/enrichment/provider-port';

export const PEOPLE_DATA_LABS_ID = 'people-data-labs';
export const PERSON_ENRICH = 'person-enrich';

/** docs.peopledatalabs.com: one credit per matched profile, also for the same profile again; a 404 is free. */
export const peopleDataLabsManifest: ProviderManifest = {
  id: PEOPLE_DATA_LABS_ID,
  name: 'People Data Labs',
  host: 'api.peopledatalabs.com',
  credential: { in: 'header', name: 'X-Api-Key' },
  capabilities: [
    {
      id: PERSON_ENRICH,
      kind: 'find',
      gives: ['work_email', 'mobile', 'title', 'linkedin_url', 'company_size', 'industry'],
      needs: [
        ['email'],
        ['linkedinUrl'],
        ['givenName', 'familyName', 'companyDomain'],
        ['givenName', 'familyName', 'companyName'],
      ],
      // Smallest monthly tier, $0.28 a credit.
      price: { credits: 1, microsPerCredit: 280_000, charged: 'on_hit', readOn: '2026-11-23' },
      timeoutMs: 10_000,
    },
  ],
  limits: [{ requests: 100, windowMs: 60_000 }],
  region: 'us',
};
