import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const EMAIL_CHECK_ID = 'email-check';
export const CHECK = 'check';

export const emailCheckManifest: ProviderManifest = {
  id: EMAIL_CHECK_ID,
  name: 'E-mail check without a vendor',
  host: 'dns.invalid',
  credential: { in: 'none' },
  capabilities: [
    {
      id: CHECK,
      kind: 'verify_email',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['email']],
      price: priceOf(0, 0, { bills: [], again: 'free' }),
      timeoutMs: 5_000,
    },
  ],
  limits: [limitOf(50, SECOND_MS)],
  region: 'global',
  lawfulUse:
    'Looks at the address and the mail servers of its domain; no mail server is ever asked about a person.',
  retentionDays: null,
  notes: [
    'Tells addresses that can’t work, throw-away ones and shared ones.',
    'It never says valid: only a vendor that asks the mail server can.',
  ],
};
