import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const NEVERBOUNCE_ID = 'neverbounce';
export const SINGLE_CHECK = 'single-check';

export const neverBounceManifest: ProviderManifest = {
  id: NEVERBOUNCE_ID,
  name: 'NeverBounce',
  host: 'api.neverbounce.com',
  credential: { in: 'query', name: 'key' },
  capabilities: [
    {
      id: SINGLE_CHECK,
      kind: 'verify_email',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['email']],
      // $0.008 a check in small packages (neverbounce.com/pricing).
      price: priceOf(1, 8_000, { charged: 'on_call', bills: ['hit', 'catch_all', 'invalid', 'unknown'] }),
      timeoutMs: 45_000,
    },
  ],
  // The vendor names no number for single checks and locks accounts that loop them over a list.
  limits: [limitOf(60, MINUTE_MS)],
  region: 'us',
  lawfulUse: 'Verification of addresses you hold already.',
  retentionDays: null,
  notes: [
    'Errors and throttling come with HTTP 200.',
    'Checking a list one by one can lock the account: for single leads only.',
    'The key travels in the query.',
  ],
};
