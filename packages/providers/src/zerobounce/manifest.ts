import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const ZEROBOUNCE_ID = 'zerobounce';
export const VALIDATE = 'validate';

/** One credit per verdict, nothing for `unknown`. The key travels in the query: nothing may log the URL. */
export const zeroBounceManifest: ProviderManifest = {
  id: ZEROBOUNCE_ID,
  name: 'ZeroBounce',
  host: 'api.zerobounce.net',
  credential: { in: 'query', name: 'api_key' },
  capabilities: [
    {
      id: VALIDATE,
      kind: 'verify_email',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['email']],
      // An upper estimate for small packages: the vendor shows prices to customers only. Set your own.
      price: priceOf(1, 10_000, { charged: 'on_call', bills: ['hit', 'catch_all', 'invalid'] }),
      // It waits for slow mail servers itself, for up to half a minute.
      timeoutMs: 45_000,
    },
  ],
  limits: [limitOf(80_000, 10 * SECOND_MS)],
  region: 'global',
  lawfulUse: 'Verification of addresses you hold already.',
  retentionDays: null,
  notes: [
    'Going over the limit blocks the key for minutes, asking earlier prolongs it.',
    'The key travels in the query.',
  ],
};
