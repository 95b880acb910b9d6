import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const COMPANY_SITE_ID = 'company-site';
export const SITE = 'site';

export const companySiteManifest: ProviderManifest = {
  id: COMPANY_SITE_ID,
  name: 'The company’s own site and DNS',
  host: 'site.invalid',
  credential: { in: 'none' },
  capabilities: [
    {
      id: SITE,
      kind: 'find_company',
      mode: 'sync',
      batchMax: 1,
      gives: ['company_size', 'location', 'tech_stack', 'hierarchy'],
      needs: [['companyDomain']],
      price: priceOf(0, 0, { bills: [], again: 'free' }),
      timeoutMs: 10_000,
    },
  ],
  limits: [limitOf(5, SECOND_MS)],
  region: 'global',
  lawfulUse:
    'One page that the company publishes about itself, if its robots.txt allows it, and its public DNS records.',
  retentionDays: null,
  notes: ['A mail or verification record shows that a service is used, not by how many.'],
};
