import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const FINDYMAIL_ID = 'findymail';
export const SEARCH_NAME = 'search-name';
export const SEARCH_LINKEDIN = 'search-linkedin';
export const SEARCH_PHONE = 'search-phone';
export const VERIFY = 'verify';
export const SEARCH_COMPANY = 'search-company';
export const SEARCH_EMPLOYEES = 'search-employees';

/** Basic plan, $49 for 1,000 credits (findymail.com/pricing). */
const MICROS_PER_CREDIT = 49_000;

const sync = { mode: 'sync', batchMax: 1, timeoutMs: 60_000 } as const;

export const findymailManifest: ProviderManifest = {
  id: FINDYMAIL_ID,
  name: 'Findymail',
  host: 'app.findymail.com',
  credential: { in: 'bearer' },
  capabilities: [
    {
      ...sync,
      id: SEARCH_NAME,
      kind: 'find_person',
      gives: ['work_email', 'title', 'linkedin_url'],
      needs: [
        ['givenName', 'familyName', 'companyDomain'],
        ['givenName', 'familyName', 'companyName'],
      ],
      price: priceOf(1, MICROS_PER_CREDIT),
    },
    {
      ...sync,
      id: SEARCH_LINKEDIN,
      kind: 'find_person',
      gives: ['work_email', 'title'],
      needs: [['linkedinUrl']],
      price: priceOf(1, MICROS_PER_CREDIT),
    },
    {
      ...sync,
      id: SEARCH_PHONE,
      kind: 'find_person',
      gives: ['mobile'],
      needs: [['linkedinUrl']],
      price: priceOf(10, MICROS_PER_CREDIT),
    },
    {
      ...sync,
      id: VERIFY,
      kind: 'verify_email',
      gives: [],
      needs: [['email']],
      price: priceOf(1, MICROS_PER_CREDIT, { charged: 'on_call', bills: ['hit', 'catch_all', 'invalid'] }),
    },
    {
      ...sync,
      id: SEARCH_COMPANY,
      kind: 'find_company',
      gives: ['company_size', 'industry', 'location'],
      needs: [['companyDomain']],
      price: priceOf(1, MICROS_PER_CREDIT),
    },
    {
      ...sync,
      id: SEARCH_EMPLOYEES,
      kind: 'search_people',
      gives: ['title', 'linkedin_url'],
      needs: [['companyDomain', 'titles']],
      // A credit for each person named, of five.
      price: priceOf(5, MICROS_PER_CREDIT),
    },
  ],
  // The vendor counts requests in flight (300); this keeps well below it.
  limits: [limitOf(300, MINUTE_MS)],
  region: 'eu',
  lawfulUse: 'Business contact data; a legitimate interest has to be shown for people in the EU and the UK.',
  retentionDays: null,
  notes: ['A miss is answered with 200 and nothing, or with 404: both are read.'],
};
