import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const SNOV_ID = 'snov';
export const EMAIL_BY_NAME = 'email-by-name';
export const EMAIL_VERIFICATION = 'email-verification';

/** Starter plan, $39 for 1,000 credits (snov.io/pricing). */
const MICROS_PER_CREDIT = 39_000;

export const snovManifest: ProviderManifest = {
  id: SNOV_ID,
  name: 'Snov.io',
  host: 'api.snov.io',
  credential: { in: 'oauth2', tokenPath: '/v1/oauth/access_token' },
  capabilities: [
    {
      id: EMAIL_BY_NAME,
      kind: 'find_person',
      mode: 'submit_poll',
      batchMax: 10,
      gives: ['work_email'],
      needs: [['givenName', 'familyName', 'companyDomain']],
      price: priceOf(1, MICROS_PER_CREDIT, { bills: ['hit', 'unknown', 'catch_all'] }),
      timeoutMs: 20_000,
    },
    {
      id: EMAIL_VERIFICATION,
      kind: 'verify_email',
      mode: 'submit_poll',
      batchMax: 10,
      gives: [],
      needs: [['email']],
      price: priceOf(1, MICROS_PER_CREDIT, {
        charged: 'on_call',
        bills: ['hit', 'catch_all', 'invalid', 'unknown'],
      }),
      timeoutMs: 20_000,
    },
  ],
  limits: [limitOf(60, MINUTE_MS)],
  region: 'eu',
  lawfulUse: 'Business contact data; a legitimate interest has to be shown for people in the EU and the UK.',
  retentionDays: null,
  notes: ['Addresses that it calls unknown are charged too.', 'The key is a pair, user id:secret.'],
};
