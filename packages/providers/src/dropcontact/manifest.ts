import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const DROPCONTACT_ID = 'dropcontact';
export const ENRICH = 'enrich';

export const dropcontactManifest: ProviderManifest = {
  id: DROPCONTACT_ID,
  name: 'Dropcontact',
  host: 'api.dropcontact.com',
  credential: { in: 'header', name: 'X-Access-Token' },
  capabilities: [
    {
      id: ENRICH,
      kind: 'find_person',
      mode: 'submit_poll',
      batchMax: 250,
      gives: ['work_email', 'mobile', 'title', 'linkedin_url', 'company_size', 'industry'],
      needs: [
        ['givenName', 'familyName', 'companyDomain'],
        ['givenName', 'familyName', 'companyName'],
        ['linkedinUrl'],
      ],
      // Starter plan, €79 for 1,500 credits, in dollars at 1.1 (dropcontact.com/pricing).
      price: priceOf(1, 58_000, { charged: 'on_submit_refund', bills: ['hit', 'catch_all'] }),
      timeoutMs: 20_000,
    },
  ],
  limits: [limitOf(60, SECOND_MS)],
  region: 'eu',
  lawfulUse:
    'No database of people: addresses are worked out and tested while asked. Results are kept 30 days at most.',
  retentionDays: 30,
  notes: [
    'A credit is taken for every record handed in, and given back where nothing was found.',
    'Handing in is refused unless the credits cover all of it.',
    'Not ready and unknown get the same answer, with 200.',
  ],
};
