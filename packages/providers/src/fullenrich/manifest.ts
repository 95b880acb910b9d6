import type { Capability, ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const FULLENRICH_ID = 'fullenrich';
export const CONTACT_EMAIL = 'contact-email';
export const CONTACT_PHONE = 'contact-phone';

/** Starter plan, $29 for 500 credits (fullenrich.com/pricing). */
const MICROS_PER_CREDIT = 58_000;

const NEEDS: Capability['needs'] = [
  ['linkedinUrl'],
  ['givenName', 'familyName', 'companyDomain'],
  ['givenName', 'familyName', 'companyName'],
];

export const fullEnrichManifest: ProviderManifest = {
  id: FULLENRICH_ID,
  name: 'FullEnrich',
  host: 'app.fullenrich.com',
  credential: { in: 'bearer' },
  capabilities: [
    {
      id: CONTACT_EMAIL,
      kind: 'find_person',
      mode: 'webhook',
      batchMax: 100,
      gives: ['work_email', 'title'],
      needs: NEEDS,
      price: priceOf(1, MICROS_PER_CREDIT, { bills: ['hit', 'catch_all'] }),
      timeoutMs: 20_000,
    },
    {
      id: CONTACT_PHONE,
      kind: 'find_person',
      mode: 'webhook',
      batchMax: 100,
      gives: ['mobile', 'title'],
      needs: NEEDS,
      price: priceOf(10, MICROS_PER_CREDIT),
      timeoutMs: 20_000,
    },
  ],
  limits: [limitOf(60, MINUTE_MS, { window: 'fixed' })],
  region: 'eu',
  lawfulUse:
    'A waterfall of other vendors; a legitimate interest has to be shown for people in the EU and the UK.',
  retentionDays: 90,
  notes: [
    'A catch-all address is charged.',
    'The same person twice, within a bulk or at the same time, is charged twice: the ledger keeps them apart.',
    'Polling counts against the limit; callbacks are signed with the key itself.',
  ],
};
