import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const BUILTWITH_ID = 'builtwith';
export const TECHNOLOGIES = 'technologies';

/** api.builtwith.com/domain-api: a credit for each domain that is looked up, whether anything is new or not. */
export const builtWithManifest: ProviderManifest = {
  id: BUILTWITH_ID,
  name: 'BuiltWith',
  host: 'api.builtwith.com',
  credential: { in: 'query', name: 'KEY' },
  capabilities: [
    {
      id: TECHNOLOGIES,
      kind: 'watch_company',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['companyDomain']],
      // $295 for 2,000 credits a month, the smallest plan with the API.
      price: priceOf(1, 147_500, { charged: 'on_call', bills: ['hit', 'miss'] }),
      timeoutMs: 30_000,
      watch: {
        name: 'BuiltWith: technologies',
        everyDays: 14,
        licence: 'For own use; no resale.',
        canKnow: 'Tools that a company’s website embeds or runs on: added, and no longer found.',
        cannotKnow:
          'Tools that leave no trace on the website. What pages are written in (scripts, frameworks, headers) is no news.',
      },
    },
  ],
  limits: [limitOf(8, SECOND_MS)],
  region: 'us',
  lawfulUse: 'Facts about websites; addresses and names of people are left out of the answer.',
  retentionDays: null,
  notes: ['The key is part of the address: addresses are never logged.', 'Faults come with HTTP 200.'],
};
