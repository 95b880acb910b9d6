import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const COGNISM_ID = 'cognism';
export const CONTACT = 'contact';

export const cognismManifest: ProviderManifest = {
  id: COGNISM_ID,
  name: 'Cognism',
  host: 'app.cognism.com',
  credential: { in: 'bearer' },
  capabilities: [
    {
      id: CONTACT,
      kind: 'find_person',
      mode: 'preview_redeem',
      batchMax: 20,
      gives: [
        'work_email',
        'mobile',
        'direct_dial',
        'title',
        'seniority',
        'linkedin_url',
        'company_size',
        'industry',
        'tech_stack',
      ],
      needs: [['email'], ['linkedinUrl'], ['givenName', 'familyName', 'companyDomain']],
      // Contracts differ; an estimate to be replaced by your own.
      price: priceOf(1, 500_000, { charged: 'on_reveal', again: 'free' }),
      timeoutMs: 20_000,
    },
  ],
  limits: [limitOf(1_000, MINUTE_MS, { counts: 'records' })],
  region: 'eu',
  lawfulUse:
    'Checked against do-not-call registers; numbers that are on one are dropped. People were notified by the vendor.',
  retentionDays: null,
  notes: [
    'Looking is free and tells what there is; having costs a credit once.',
    'Keys end after six months.',
  ],
};
