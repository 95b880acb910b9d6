import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const MILLIONVERIFIER_ID = 'millionverifier';
export const VERIFY = 'verify';

export const millionVerifierManifest: ProviderManifest = {
  id: MILLIONVERIFIER_ID,
  name: 'MillionVerifier',
  host: 'api.millionverifier.com',
  credential: { in: 'query', name: 'api' },
  capabilities: [
    {
      id: VERIFY,
      kind: 'verify_email',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['email']],
      // $37 for 10,000 (millionverifier.com). Refunds for catch-all and unknown are not counted on: one credit each.
      price: priceOf(1, 3_700, { charged: 'on_call', bills: ['hit', 'catch_all', 'invalid', 'unknown'] }),
      timeoutMs: 30_000,
    },
  ],
  limits: [limitOf(160, SECOND_MS)],
  region: 'eu',
  lawfulUse: 'Verification of addresses you hold already.',
  retentionDays: null,
  notes: [
    'A GET that is charged: never repeated by itself.',
    'A wrong key is answered with HTTP 200.',
    'The key travels in the query.',
  ],
};
